; CMPXCHG on a read-only page is a #PF of a write although its comparison fails.
;
; manual: SDM 2A CMPXCHG
; expect:
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   eax=0x5

%include "runtime/conformance.inc"

        section .text
global  compare_and_exchange_writes_even_when_it_fails
compare_and_exchange_writes_even_when_it_fails:
        mov     dword [rel scratch], 7
        MAP     0, scratch, PTE_P
        mov     ebx, WINDOW
        mov     eax, 5
        mov     ecx, 9
        CATCH   {lock cmpxchg [rbx], ecx}
        FACT    "eax", rax
        ret
