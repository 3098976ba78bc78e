; Alignment is checked only where CR0.AM and RFLAGS.AC are both set, and at level 3; what the CPU itself writes, such
; as the frame of an interrupt, is not checked.
;
; manual: SDM 3A 2.5 (AM), 6.15 (interrupt 17)
; qemu: differs, TCG does not check alignment (SDM 3A 6.15)
; expect:
;   no exception
;   no exception
;   no exception
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #BP rip=+0x5 cpl=0x3
;   no exception

%include "runtime/conformance.inc"

CHECKED         equ     FLAG_1 | FLAG_AC

        section .text
global  alignment_check_asks_for_am_ac_and_level_3
alignment_check_asks_for_am_ac_and_level_3:
        mov     rbx, scratch + USER_BASE + 1
        CATCH_USER_WITH CHECKED, {mov rcx, [rbx]}
        SET_CR  cr0, CR0_AM
        CATCH_USER_WITH FLAG_1, {mov rcx, [rbx]}
        mov     rbx, scratch + 1
        TRY     .supervisor
        push    CHECKED
        popfq
        mov     rcx, [rbx]
        CAUGHT  .supervisor
        mov     rbx, scratch + USER_BASE + 1
        CATCH_USER_WITH CHECKED, {mov rcx, [rbx]}
        TRY     .trapped
        ENTER_USER CHECKED
        sub     rsp, 4
        int3
        CAUGHT  .trapped
        CLEAR_CR cr0, CR0_AM
        CATCH_USER_WITH CHECKED, {mov rcx, [rbx]}
        ret
