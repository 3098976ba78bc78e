; 32-bit code at level 3 runs with 32-bit registers and addresses; its interrupts come to 64-bit handlers with a
; frame of 64 bits.
;
; manual: SDM 3A 5.2.1, 6.14
; expect:
;   #UD rip=+0x6 cpl=0x3
;   cs=0x1b
;   ss=0x23
;   rsp=0xfffffffffffffffc
;   eax=0x11

%include "runtime/conformance.inc"

        section .text
global  compatibility_mode_of_level_3
compatibility_mode_of_level_3:
        TRY     .caught
        ENTER_COMPAT FLAG_1
bits 32
        push    0x11
        pop     eax
        push    eax
        dec     eax
        inc     eax
        ud2
bits 64
        CAUGHT  .caught
        FACT    "cs", qword [rel last_cs]
        FACT    "ss", qword [rel last_ss]
        mov     rcx, [rel last_rsp]
        sub     rcx, user_stack_end + USER_BASE
        FACT    "rsp", rcx
        mov     eax, eax
        FACT    "eax", rax
        ret
