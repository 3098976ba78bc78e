; A far call or jump in 64-bit mode to a TSS, an LDT or a descriptor of another level is a #GP with the selector.
;
; manual: SDM 2A CALL, JMP
; expect:
;   #GP error=0x38 rip=+0x0
;   #GP error=0x38 rip=+0x0
;   #GP error=0x28 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  far_call_and_far_jump_take_no_system_segment
far_call_and_far_jump_take_no_system_segment:
        mov     ebx, scratch
        mov     word [rbx + 4], TASK
        CATCH   {db 0xff, 0x1b}
        CATCH   {db 0xff, 0x2b}
        mov     word [rbx + 4], USER_CODE
        CATCH   {db 0xff, 0x2b}
        mov     word [rbx + 4], KERNEL_DATA
        CATCH   {db 0xff, 0x2b}
        mov     word [rbx + 4], 0
        CATCH   {db 0xff, 0x2b}
        ret
