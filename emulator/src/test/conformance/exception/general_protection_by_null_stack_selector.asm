; At level 0 in 64-bit mode SS may be null, by a selector whose RPL is that level; others are a #GP(0), by MOV and LSS.
;
; manual: SDM 2B MOV; 2A LDS/LES/LFS/LGS/LSS
; qemu: differs, TCG takes any null selector at level 0 (SDM 2B MOV)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  general_protection_by_null_stack_selector
general_protection_by_null_stack_selector:
        xor     eax, eax
        mov     ss, eax
        mov     eax, 3
        CATCH   {mov ss, eax}
        mov     eax, 1
        CATCH   {mov ss, eax}
        mov     ebx, scratch
        mov     [rbx], rsp
        mov     word [rbx + 4], 2
        CATCH   {lss esp, [rbx]}
        mov     eax, KERNEL_DATA
        mov     ss, eax
        ret
