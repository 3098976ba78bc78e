; LAR and LSL tell a descriptor's rights and limit where the level may see it, VERR and VERW whether it could be
; read or written.
;
; manual: SDM 2A LAR, LSL; 2B VERR
; expect:
;   rights=0xa09b00
;   limit=0xffffffff
;   limit=0x2068
;   ZF=0x0
;   ZF=0x0
;   read: ZF
;   write:
;   write: ZF

%include "runtime/conformance.inc"

        section .text
global  access_rights_and_limits_of_descriptors
access_rights_and_limits_of_descriptors:
        mov     ebx, KERNEL_CODE
        lar     eax, ebx
; bits 16 to 19 are undefined
        and     eax, 0xf0_ff00
        FACT    "rights", rax
        lsl     eax, ebx
        FACT    "limit", rax
        mov     ebx, TASK
        lsl     eax, ebx
        FACT    "limit", rax
; a null selector, and one behind the table
        xor     ebx, ebx
        call    .zero
        mov     ebx, GDT_SIZE
        call    .zero
        mov     ebx, KERNEL_CODE
        verr    bx
        pushfq
        pop     rax
        FLAGS   "read", rax, FLAG_ZF
        verw    bx
        pushfq
        pop     rax
        FLAGS   "write", rax, FLAG_ZF
        mov     ebx, KERNEL_DATA
        verw    bx
        pushfq
        pop     rax
        FLAGS   "write", rax, FLAG_ZF
        ret
.zero:
        lar     eax, ebx
        mov     ecx, 0
        setz    cl
        FACT    "ZF", rcx
        ret
