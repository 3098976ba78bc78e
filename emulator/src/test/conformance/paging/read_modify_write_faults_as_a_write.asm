; An instruction that reads and writes memory asks for the right to write at once: its #PF has W/R, and nothing
; was read.
;
; manual: SDM 3A 4.7
; expect:
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   #PF error=0x3 rip=+0x0 cr2=0x80000000
;   #PF error=0x2 rip=+0x0 cr2=0x80001000
;   eax=0x5

%include "runtime/conformance.inc"

        section .text
global  read_modify_write_faults_as_a_write
read_modify_write_faults_as_a_write:
        MAP     0, scratch, PTE_P
        mov     ebx, WINDOW
        mov     eax, 5
        CATCH   {inc dword [rbx]}
        CATCH   {lock xadd [rbx], eax}
        CATCH   {xchg [rbx + PAGE], eax}
        FACT    "eax", rax
        ret
