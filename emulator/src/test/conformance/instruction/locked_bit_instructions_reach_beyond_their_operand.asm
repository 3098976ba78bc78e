; BTS, BTR and BTC with a bit number in a register reach any bit from the address on, below it too.
;
; manual: SDM 2A BT, BTS
; expect:
;   CF=0x0
;   above=0x100
;   CF=0x1
;   above=0x0
;   below=0x8000000000000000

%include "runtime/conformance.inc"

        section .text
global  locked_bit_instructions_reach_beyond_their_operand
locked_bit_instructions_reach_beyond_their_operand:
        mov     rdi, scratch + 64
        mov     ecx, 64 + 8
        lock bts [rdi], rcx
        mov     eax, 0
        setc    al
        FACT    "CF", rax
        FACT    "above", qword [rdi + 8]
        lock btr [rdi], rcx
        mov     eax, 0
        setc    al
        FACT    "CF", rax
        FACT    "above", qword [rdi + 8]
        mov     rcx, -1
        lock btc [rdi], rcx
        FACT    "below", qword [rdi - 8]
        ret
