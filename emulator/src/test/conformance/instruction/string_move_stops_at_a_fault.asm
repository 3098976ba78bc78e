; REP MOVSB that runs into an absent page faults at itself, with RCX, RSI and RDI where the next byte would be;
; mapped, it goes on.
;
; manual: SDM 2B REP; 3A 6.5
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80001000
;   rcx=0x10
;   rsi=0x440ff0
;   rdi=0x80001000
;   moved=0x11

%include "runtime/conformance.inc"

        section .text
global  string_move_stops_at_a_fault
string_move_stops_at_a_fault:
        mov     al, 0x11
        mov     rdi, scratch
        mov     ecx, 2 * PAGE
        rep stosb
        MAP     0, scratch + 4 * PAGE, PTE_P | PTE_W
        mov     rsi, scratch + PAGE - 0x20
        mov     edi, WINDOW + PAGE - 0x10
        mov     ecx, 0x20
        CATCH   {rep movsb}
        FACT    "rcx", rcx
        FACT    "rsi", rsi
        FACT    "rdi", rdi
        MAP     1, scratch + 5 * PAGE, PTE_P | PTE_W
        rep movsb
        movzx   eax, byte [rel scratch + 5 * PAGE + 0xf]
        FACT    "moved", rax
        ret
