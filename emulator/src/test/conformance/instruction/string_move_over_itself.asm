; REP MOVSB with overlapping operands goes byte by byte: what it has written it reads again.
;
; manual: SDM 2B MOVS
; expect:
;   pattern=0x2211221122112211

%include "runtime/conformance.inc"

        section .text
global  string_move_over_itself
string_move_over_itself:
        mov     word [rel scratch], 0x2211
        mov     rsi, scratch
        mov     rdi, scratch + 2
        mov     ecx, 6
        rep movsb
        FACT    "pattern", qword [rel scratch]
        ret
