; Beside the clock's registers are cells that keep a byte; bit 7 of the index is no part of their number.
;
; manual: MC146818A data sheet, address map; IBM PC/AT Technical Reference, CMOS RAM
; expect:
;   cell=0xa5
;   by the upper index=0xa5
;   cell=0x5a

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

CELL            equ     0x77

        section .text
global  clock_has_memory
clock_has_memory:
        RTC_GET CELL
        mov     ebx, eax
        RTC_PUT CELL, 0xa5
        RTC_GET CELL
        FACT    "cell", rax
        RTC_GET CELL | 0x80
        FACT    "by the upper index", rax
        RTC_PUT CELL | 0x80, 0x5a
        RTC_GET CELL
        FACT    "cell", rax
        RTC_PUT CELL, bl
        ret
