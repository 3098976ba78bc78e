; A REP with RCX = 0 does nothing at all: no access, no change of flags or pointers.
;
; manual: SDM 2B REP
; expect:
;   no exception
;   no exception
;   rsi=0x8000000000000000
;   ZF

%include "runtime/conformance.inc"

        section .text
global  string_instruction_with_count_0
string_instruction_with_count_0:
        mov     rsi, 1 << 63
        mov     rdi, rsi
        xor     ecx, ecx
        CATCH   {rep movsq}
        CATCH   {rep stosb}
        FACT    "rsi", rsi
        xor     eax, eax
        repne cmpsb
        jnz     .lost
        SAY     "ZF"
.lost:
        ret
