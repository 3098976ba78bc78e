; A store to the very next instruction is seen by it, without a jump between them.
;
; manual: SDM 3A 11.6, 8.1.3
; expect:
;   eax=0x22

%include "runtime/conformance.inc"

        section .text
global  code_that_changes_its_next_instruction
code_that_changes_its_next_instruction:
        call    .prepare
        mov     eax, WINDOW
        call    rax
        FACT    "eax", rax
        ret
; copies a routine to memory that can be written: it turns its mov eax, 0x11 into mov eax, 0x22
.prepare:
        MAP     0, scratch, PTE_P | PTE_W
        mov     rsi, .routine
        mov     rdi, scratch
        mov     ecx, .routine_end - .routine
        rep movsb
        ret
.routine:
        mov     byte [rel .change + 1], 0x22
.change:
        mov     eax, 0x11
        ret
.routine_end:
        ret
