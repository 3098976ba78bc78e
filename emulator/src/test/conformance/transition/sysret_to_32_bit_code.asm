; SYSRET with a 32-bit operand goes to compatibility mode: CS = STAR with RPL 3, and EIP from ECX.
;
; manual: SDM 2B SYSRET
; expect:
;   #UD rip=+0x1 cpl=0x3
;   cs=0x1b
;   ss=0x23
;   eax=0x8

%include "runtime/conformance.inc"

        section .text
global  sysret_to_32_bit_code
sysret_to_32_bit_code:
        TRY     .left
        mov     eax, 7
        mov     rcx, .user + USER_BASE
        mov     r11d, FLAG_1
        mov     qword [rel spot], .user
        db      0x0f, 0x07              ; sysret
bits 32
.user:
; inc eax
        db      0x40
        ud2
bits 64
        CAUGHT  .left
        FACT    "cs", qword [rel last_cs]
        FACT    "ss", qword [rel last_ss]
        FACT    "eax", rax
        ret
