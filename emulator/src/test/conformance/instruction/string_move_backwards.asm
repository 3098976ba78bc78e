; With DF set string instructions go downwards, from the address that they are given.
;
; manual: SDM 1 7.3.9; 2B MOVS
; expect:
;   first=0x8877665544332211
;   rsi=0x43ffff
;   rdi=0x44100f

%include "runtime/conformance.inc"

        section .text
global  string_move_backwards
string_move_backwards:
        mov     rax, 0x8877_6655_4433_2211
        mov     [rel scratch], rax
        mov     rsi, scratch + 7
        mov     rdi, scratch + PAGE + 0x17
        mov     ecx, 8
        std
        rep movsb
        cld
        FACT    "first", qword [rel scratch + PAGE + 0x10]
        FACT    "rsi", rsi
        FACT    "rdi", rdi
        ret
