; The scenarios, one after the other, and what is counted in each.

%include "thread.inc"

THREAD_STACK    equ     4096
; What a switch leaves on a stack, from the RSP that is kept.
SAVED_SCRIPT    equ     24                      ; r12
SAVED_THREAD    equ     40                      ; rbx
SAVED_RETURN    equ     48

section .text

; -----------------------------------------------------------------------------
; workload_cpu - play all scenarios
;
;   in        edi = CPU
;   out       counters of each
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, the counters
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        xor     r12d, r12d
.next:
        call    scenario_make
        TRIAL   r12, 0, 0
        lea     rbx, [rel main_thread]
        OP_BEGIN
        call    reschedule
        OP_END
        CONTROL
        mov     rax, [rel counts + COUNTS_INVERSION]
        COUNT   inversion, rax
        mov     rax, [rel counts + COUNTS_EARLY]
        COUNT   early, rax
        mov     rax, [rel counts + COUNTS_STALE]
        COUNT   stale, rax
        mov     rax, [rel counts + COUNTS_BLOCKS]
        COUNT   blocks, rax
        mov     rax, [rel counts + COUNTS_DEADLOCK]
        COUNT   deadlock, rax
        mov     rax, [rel counts + COUNTS_RESPONSE]
        COUNT   response, rax
        TRIAL_END
        inc     r12d
        cmp     r12d, SCENARIOS
        jb      .next
        ret

; r12 = scenario: its threads and locks, none of which has begun. Clobbers what a call may, rbx.
scenario_make:
        imul    esi, r12d, THREADS * ENTRY_BYTES
        lea     rax, [rel scenarios]
        add     rsi, rax
        xor     eax, eax
        lea     rdi, [rel locks]
        mov     ecx, LOCKS_END
        rep stosb
        lea     rdi, [rel counts]
        mov     ecx, COUNTS_END
        rep stosb
        mov     [rel now], rax
        lea     rdi, [rel locks]
        mov     qword [rdi + LOCK_CEILING], PRIORITY_TOP
        mov     qword [rdi + (1 << LOCK_SHIFT) + LOCK_CEILING], PRIORITY_TOP
        lea     rbx, [rel threads]
        lea     rdi, [rel stacks]
        mov     ecx, THREADS
.next:
        add     rdi, THREAD_STACK
        mov     rax, [rsi + ENTRY_BASE]
        mov     [rbx + THREAD_BASE], rax
        mov     [rbx + THREAD_PRIORITY], rax
        mov     qword [rbx + THREAD_WAITS], 0
        mov     rdx, [rsi + ENTRY_ARRIVES]
        mov     [rbx + THREAD_ARRIVES], rdx
        lea     rdx, [rdi - WORD - SAVED_RETURN]
        mov     [rbx + THREAD_RSP], rdx
        mov     [rdx + SAVED_THREAD], rbx
        mov     rax, [rsi + ENTRY_SCRIPT]
        mov     [rdx + SAVED_SCRIPT], rax
        lea     rax, [rel thread_main]
        mov     [rdx + SAVED_RETURN], rax
        mov     dword [rbx + THREAD_STATE], STATE_ABSENT
        cmp     qword [rbx + THREAD_BASE], 0
        jne     .there
        mov     dword [rbx + THREAD_STATE], STATE_DONE
.there:
        add     rsi, ENTRY_BYTES
        add     rbx, 1 << THREAD_SHIFT
        dec     ecx
        jnz     .next
        jmp     arrivals

; -----------------------------------------------------------------------------
; account - count the step that a thread is about to take
;
;   in        rbx = Thread that runs
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  account
account:
        call    priority_due
        cmp     rax, [rbx + THREAD_PRIORITY]
        jae     .not_stale
        inc     qword [rel counts + COUNTS_STALE]
.not_stale:
        lea     rcx, [rel locks]
        cmp     [rcx + LOCK_HOLDER], rbx
        je      .done
        cmp     [rcx + (1 << LOCK_SHIFT) + LOCK_HOLDER], rbx
        je      .done
        mov     rdx, [rbx + THREAD_BASE]
        lea     rcx, [rel threads]
        lea     rax, [rcx + THREADS_END]
.next:
        cmp     dword [rcx + THREAD_STATE], STATE_WAITING
        jne     .other
        cmp     [rcx + THREAD_BASE], rdx
        ja      .inverted
.other:
        add     rcx, 1 << THREAD_SHIFT
        cmp     rcx, rax
        jb      .next
.done:
        ret
.inverted:
        inc     qword [rel counts + COUNTS_INVERSION]
        ret

section .bss
align STAND_LINE
; -----------------------------------------------------------------------------
; counts - what is counted in a scenario
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  counts
counts:
        resb    COUNTS_END
; -----------------------------------------------------------------------------
; main_thread - who runs when nobody else can
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  main_thread
main_thread:
        resb    1 << THREAD_SHIFT
align PAGE_SIZE
stacks:
        resb    THREADS * THREAD_STACK
