; Who does what in each scenario: for each thread base priority, arrival and script.

%include "thread.inc"

; -----------------------------------------------------------------------------
; scenarios - THREADS entries of base, arrival, script for each scenario
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
section .rodata
align 8
global  scenarios
scenarios:
; 0: the middle one comes while the most urgent one waits for the least urgent one.
        dq      1, 0, script_one_lock
        dq      2, 5, script_work
        dq      4, 3, script_urgent
        dq      0, 0, 0
; 1: the least urgent one gives the inner lock first, and somebody waits for the outer one.
        dq      1, 0, script_two_locks
        dq      2, 5, script_work
        dq      4, 3, script_urgent
        dq      0, 0, 0
; 2: the most urgent one needs two locks, and two others have one each.
        dq      1, 0, script_one_lock
        dq      2, 2, script_other_lock
        dq      4, 5, script_both_locks
        dq      0, 0, 0
; 3: two threads take two locks in opposite order.
        dq      1, 0, script_both_slowly
        dq      4, 2, script_opposite
        dq      0, 0, 0
        dq      0, 0, 0
; 4: the most urgent one gives up, and the middle one comes then.
        dq      1, 0, script_one_lock
        dq      2, 9, script_work
        dq      4, 3, script_impatient
        dq      0, 0, 0
scenarios_end:
%assert scenarios_end - scenarios == SCENARIOS * THREADS * ENTRY_BYTES

script_one_lock:
        db      STEP_TAKE, 0, STEP_WORK, 20, STEP_GIVE, 0, STEP_WORK, 5, STEP_END, 0
script_other_lock:
        db      STEP_TAKE, 1, STEP_WORK, 20, STEP_GIVE, 1, STEP_WORK, 5, STEP_END, 0
script_two_locks:
        db      STEP_TAKE, 0, STEP_TAKE, 1, STEP_WORK, 10, STEP_GIVE, 1
        db      STEP_WORK, 10, STEP_GIVE, 0, STEP_END, 0
script_work:
        db      STEP_WORK, 50, STEP_END, 0
script_urgent:
        db      STEP_TAKE, 0, STEP_WORK, 5, STEP_GIVE, 0, STEP_END, 0
script_both_locks:
        db      STEP_TAKE, 0, STEP_WORK, 1, STEP_TAKE, 1, STEP_WORK, 1, STEP_GIVE, 1, STEP_GIVE, 0, STEP_END, 0
script_both_slowly:
        db      STEP_TAKE, 0, STEP_WORK, 5, STEP_TAKE, 1, STEP_WORK, 5, STEP_GIVE, 1, STEP_GIVE, 0, STEP_END, 0
script_opposite:
        db      STEP_TAKE, 1, STEP_WORK, 5, STEP_TAKE, 0, STEP_WORK, 5, STEP_GIVE, 0, STEP_GIVE, 1, STEP_END, 0
script_impatient:
        db      STEP_TRY, 0, STEP_WORK, 1, STEP_GIVE, 0, STEP_END, 0
