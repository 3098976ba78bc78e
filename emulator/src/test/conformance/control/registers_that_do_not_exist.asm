; CR1, CR5, CR9 and with CR4.DE also DR4 and DR5 are a #UD.
;
; manual: SDM 2B MOV
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  registers_that_do_not_exist
registers_that_do_not_exist:
; mov rax, cr1; mov rax, cr5; mov rax, cr9
        CATCH   {db 0x0f, 0x20, 0xc8}
        CATCH   {db 0x0f, 0x20, 0xe8}
        CATCH   {db 0x44, 0x0f, 0x20, 0xc8}
        SET_CR  cr4, CR4_DE
; mov rax, dr4; mov dr5, rax
        CATCH   {db 0x0f, 0x21, 0xe0}
        CATCH   {db 0x0f, 0x23, 0xe8}
        ret
