; SS takes writable data of exactly this level, by RPL and by DPL; null is allowed at level 0 in 64-bit mode and
; not at level 3.
;
; manual: SDM 2B MOV; 3A 5.7.1
; expect:
;   #GP error=0x20 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   #GP error=0x58 rip=+0x0
;   #GP error=0x8 rip=+0x0
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  general_protection_by_stack_selector
general_protection_by_stack_selector:
        mov     eax, USER_DATA
        CATCH   {mov ss, eax}
        mov     eax, KERNEL_DATA | 3
        CATCH   {mov ss, eax}
; read-only
        mov     rax, 0x00cf_9100_0000_ffff
        mov     [gdt + SPARE], rax
        mov     eax, SPARE
        CATCH   {mov ss, eax}
        mov     eax, KERNEL_CODE
        CATCH   {mov ss, eax}
        xor     eax, eax
        CATCH   {mov ss, eax}
        CATCH_USER {mov ss, eax}
        ret
