; PUSH, POP, CALL, RET and LEAVE access the stack and are a #AC where it is not aligned; the stack pointer stays.
;
; manual: SDM 3A 6.15 (interrupt 17)
; qemu: differs, TCG does not check alignment (SDM 3A 6.15)
; expect:
;   #AC error=0x0 rip=+0x4 cpl=0x3
;   stack=0x4
;   #AC error=0x0 rip=+0x4 cpl=0x3
;   #AC error=0x0 rip=+0x4 cpl=0x3
;   #AC error=0x0 rip=+0x4 cpl=0x3
;   #AC error=0x0 rip=+0x4 cpl=0x3
;   stack=0x4
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   no exception

%include "runtime/conformance.inc"

CHECKED         equ     FLAG_1 | FLAG_AC

; An instruction with the stack 4 bytes off.
%macro WITH_STACK_OFF instruction
        TRY     %%after
        ENTER_USER CHECKED
        sub     rsp, 4
        %instruction
        CAUGHT  %%after
%endmacro
%macro TELL_STACK
        mov     rcx, [rel last_rsp]
        neg     rcx
        and     ecx, 0xf
        FACT    "stack", rcx
%endmacro

        section .text
global  alignment_check_of_the_stack
alignment_check_of_the_stack:
        SET_CR  cr0, CR0_AM
        mov     rbp, user_stack_end + USER_BASE - 0x44
        WITH_STACK_OFF {push rax}
        TELL_STACK
        WITH_STACK_OFF {pop rax}
        WITH_STACK_OFF {pushfq}
        WITH_STACK_OFF {call rax}
        WITH_STACK_OFF {ret}
        TELL_STACK
        CATCH_USER_WITH CHECKED, {leave}
        CATCH_USER_WITH CHECKED, {push rax}
; push word 1: two bytes are aligned at 4
        WITH_STACK_OFF {db 0x66, 0x6a, 0x01}
        ret
