; REP OUTSB reads its byte before it writes the port: a fault leaves RCX and RSI at the byte that was not sent.
;
; manual: SDM 2B OUTS
; expect:
;   #PF error=0x0 rip=+0x0 cr2=0x80001000
;   rcx=0x3
;   rsi=0x80001000

%include "runtime/conformance.inc"

        section .text
global  string_output_stops_at_a_fault
string_output_stops_at_a_fault:
; both bytes go to the mask of the first PIC
        MAP     0, scratch, PTE_P | PTE_W
        mov     word [rel scratch + PAGE - 2], 0xffff
        mov     esi, WINDOW + PAGE - 2
        mov     ecx, 5
        mov     edx, PIC1 + 1
        CATCH   {rep outsb}
        FACT    "rcx", rcx
        FACT    "rsi", rsi
        ret
