; A selector beyond the GDT, of a system segment, of code that cannot be read or of too high a level is a #GP with
; its index and TI.
;
; manual: SDM 3A 6.13, 6.15 (interrupt 13); 2B MOV
; expect:
;   #GP error=0x98 rip=+0x0
;   #GP error=0x5c rip=+0x0
;   #GP error=0x38 rip=+0x0
;   #GP error=0x58 rip=+0x0
;   #GP error=0x10 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  general_protection_by_selector
general_protection_by_selector:
        mov     eax, GDT_SIZE | 3
        CATCH   {mov ds, eax}
; there is no LDT
        mov     eax, SPARE | 4
        CATCH   {mov es, eax}
        mov     eax, TASK
        CATCH   {mov fs, eax}
; execute-only
        mov     rax, 0x00cf_9900_0000_ffff
        mov     [gdt + SPARE], rax
        mov     eax, SPARE
        CATCH   {mov gs, eax}
        mov     eax, KERNEL_DATA
        CATCH_USER {mov ds, eax}
        ret
