; With an address-size prefix string instructions count in ECX and use ESI and EDI, and clear the upper halves.
;
; manual: SDM 2B REP, MOVS
; expect:
;   rcx=0x0
;   rsi=0x440008
;   rdi=0x441008

%include "runtime/conformance.inc"

        section .text
global  string_instruction_with_32_bit_addresses
string_instruction_with_32_bit_addresses:
        mov     rcx, 0xffff_ffff_0000_0008
        mov     rsi, 0xffff_ffff_0044_0000
        mov     rdi, 0xffff_ffff_0044_1000
; rep movsb with 32-bit addresses
        db      0x67, 0xf3, 0xa4
        FACT    "rcx", rcx
        FACT    "rsi", rsi
        FACT    "rdi", rdi
        ret
