; XADD leaves the sum in memory and the old value in the register, with the flags of the addition.
;
; manual: SDM 2D XADD
; expect:
;   register=0xffffffff
;   memory=0x4
;   flags: CF AF

%include "runtime/conformance.inc"

        section .text
global  exchange_and_add
exchange_and_add:
        mov     rdi, scratch
        mov     dword [rdi], -1
        mov     ecx, 5
        lock xadd [rdi], ecx
        pushfq
        pop     rbx
        FACT    "register", rcx
        mov     eax, [rdi]
        FACT    "memory", rax
        FLAGS   "flags", rbx, FLAG_CF | FLAG_ZF | FLAG_AF | FLAG_OF
        ret
