; Threads that wait for a lock come and leave, and its holder asks for the highest of them.

%include "stand/stand.inc"

WORD            equ     8
NEWCOMERS       equ     4                       ; of an operation
PRIORITY_OLD    equ     100                     ; of the most urgent of those that stay
PRIORITY_NEW    equ     50                      ; of those that come
PRIORITY_LAST   equ     200                     ; of the last one of them

; The highest priority of those that wait; out: rax; clobbers rcx, rdx.
%macro LOOK_FOR
        xor     eax, eax
        lea     rdx, [rel waiting]
        mov     ecx, WAITERS + 1
%%next:
        cmp     rax, [rdx]
        cmovb   rax, [rdx]
        add     rdx, WORD
        dec     ecx
        jnz     %%next
%endmacro

; What the holder does to know; out: rax; clobbers rcx, rdx.
%macro ASK
%if TRACKED
        mov     rax, [rel most]
%else
        LOOK_FOR
%endif
%endmacro

section .text

; -----------------------------------------------------------------------------
; workload_cpu - let NEWCOMERS come and leave, ROUNDS times
;
;   in        edi = CPU
;   out       answers that were wrong are counted
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, wrong
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rbx, [rel waiting]
        mov     ecx, WAITERS
.fill:
        lea     rax, [rcx + PRIORITY_OLD - WAITERS]
        mov     [rbx + rcx * WORD - WORD], rax
        dec     ecx
        jnz     .fill
        mov     qword [rel most], PRIORITY_OLD
        mov     r12d, ROUNDS
        TRIAL   0, 0, 0
.next:
        lea     r14, [rel answers]
        mov     r13d, NEWCOMERS
        OP_BEGIN
.newcomer:
        mov     esi, PRIORITY_NEW
        mov     edi, PRIORITY_LAST
        cmp     r13d, 1
        cmove   esi, edi
        call    come
        ASK
        mov     [r14], rax
        call    leave_again
        ASK
        mov     [r14 + WORD], rax
        add     r14, WORD * 2
        dec     r13d
        jnz     .newcomer
        OP_END
        CONTROL
        xor     r8d, r8d
        lea     r14, [rel answers]
        lea     r9, [rel truth]
        mov     ecx, NEWCOMERS * 2
.compare:
        mov     rax, [r14]
        xor     edx, edx
        cmp     rax, [r9]
        setne   dl
        add     r8, rdx
        add     r14, WORD
        add     r9, WORD
        dec     ecx
        jnz     .compare
        COUNT   wrong, r8
        dec     r12d
        jnz     .next
        TRIAL_END
        ret

; rsi = priority of somebody who waits from now on; clobbers rax
come:
        mov     [rbx + WAITERS * WORD], rsi
%if TRACKED
        mov     rax, [rel most]
.more:
        cmp     rsi, rax
        jbe     .known
        lock cmpxchg [rel most], rsi
        jne     .more
.known:
%endif
        ret

; The last one that came leaves; clobbers rax, rcx, rdx, rsi.
leave_again:
        mov     rsi, [rbx + WAITERS * WORD]
        mov     qword [rbx + WAITERS * WORD], 0
%if MENDED
        cmp     rsi, [rel most]
        jne     .another
        LOOK_FOR
        xchg    [rel most], rax
.another:
%endif
        ret

section .rodata
align 8
; What is right after each coming and each leaving.
truth:
%rep NEWCOMERS - 1
        dq      PRIORITY_OLD, PRIORITY_OLD
%endrep
        dq      PRIORITY_LAST, PRIORITY_OLD

section .bss
align STAND_LINE
waiting:
        resb    (WAITERS + 1) * WORD
align STAND_LINE
most:
        resb    WORD
align STAND_LINE
answers:
        resb    NEWCOMERS * 2 * WORD
