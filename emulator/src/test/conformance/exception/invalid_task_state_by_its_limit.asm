; A gate that asks for an IST beyond the limit of the TSS is a #TS with TR's selector.
;
; manual: SDM 3A 6.15 (interrupt 10), 7.7; 2A INT n
; expect:
;   #TS error=0x38 rip=+0x0
;   #TS error=0x38 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  invalid_task_state_by_its_limit
invalid_task_state_by_its_limit:
; IST1 is the last that the limit leaves
        mov     word [gdt + TASK], 0x2b
        mov     byte [gdt + TASK + 5], 0x89
        mov     eax, TASK
        ltr     ax
        mov     byte [idt + 0x40 * 16 + 4], 7
        mov     byte [idt + 0x40 * 16 + 5], 0xee
        CATCH   {int 0x40}
        CATCH_USER {int 0x40}
        ret
