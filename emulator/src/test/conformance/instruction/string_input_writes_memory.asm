; REP INSB fills memory from a port; a fault of the store comes with W/R.
;
; manual: SDM 2A INS
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80001000
;   rcx=0x2
;   rdi=0x80001000
;   stored=0xffff

%include "runtime/conformance.inc"

        section .text
global  string_input_writes_memory
string_input_writes_memory:
        MAP     0, scratch, PTE_P | PTE_W
        mov     edi, WINDOW + PAGE - 2
        mov     ecx, 4
        mov     edx, PIC1 + 1
        CATCH   {rep insb}
        FACT    "rcx", rcx
        FACT    "rdi", rdi
        movzx   eax, word [rel scratch + PAGE - 2]
        FACT    "stored", rax
        ret
