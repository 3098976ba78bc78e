; REP STOSQ whose next word crosses into an absent page has not written that word, nor counted it.
;
; manual: SDM 2B REP
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80001000
;   rcx=0x4
;   rdi=0x80000ffc
;   last=0x0

%include "runtime/conformance.inc"

        section .text
global  string_store_stops_at_a_fault_in_eight_bytes
string_store_stops_at_a_fault_in_eight_bytes:
        MAP     0, scratch, PTE_P | PTE_W
        mov     edi, WINDOW + PAGE - 0x1c
        mov     ecx, 7
        mov     rax, -1
        CATCH   {rep stosq}
        FACT    "rcx", rcx
        FACT    "rdi", rdi
        mov     eax, [rel scratch + PAGE - 4]
        FACT    "last", rax
        ret
