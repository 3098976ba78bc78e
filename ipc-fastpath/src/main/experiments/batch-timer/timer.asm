; Requests that come by the clock, and a server that serves them one by one or in batches.

%include "stand/stand.inc"

WAKE_LEAST      equ     50                      ; cycles: less is not slept

section .text

; Out: rax = the clock; clobbers rdx.
%macro NOW
        rdtsc
        shl     rdx, 32
        or      rax, rdx
%endmacro

; -----------------------------------------------------------------------------
; workload_cpu - REQUESTS requests
;
;   in        edi = CPU
;   out       all were served
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm, counts of cycles that requests waited,
;             of the longest wait, of services
;
;   rbx = requests that came   rbp = that were served   r12 = when the next one comes
;   r13 = when a batch is flushed   r14 = sum of waits   r15 = services
;   r8 = longest wait
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        push    rbx
        push    rbp
        CONTROL
        mov     edi, LAPIC_TIMER_VECTOR
        lea     rsi, [rel woken]
        call    stand_gate
        mov     rax, LAPIC_BASE
        mov     dword [rax + LAPIC_DIVIDE], LAPIC_DIVIDE_BY_1
        mov     dword [rax + LAPIC_TIMER], LAPIC_TIMER_VECTOR
        xor     ebx, ebx
        xor     ebp, ebp
        xor     r14d, r14d
        xor     r15d, r15d
        xor     r8d, r8d
        TRIAL   0, 0, 0
        NOW
        lea     r12, [rax + GAP]
.next:
        NOW
.came:
        cmp     ebx, REQUESTS
        je      .look
        cmp     rax, r12
        jb      .look
        lea     rcx, [rel times]
        mov     [rcx + rbx * 8], r12
        cmp     ebx, ebp
        jne     .others
        lea     r13, [r12 + FLUSH]
.others:
        inc     ebx
        add     r12, GAP
        jmp     .came
.look:
        mov     ecx, ebx
        sub     ecx, ebp
        jz      .idle
%if BATCHES
        cmp     ecx, FULL
        jae     .full
        cmp     rax, r13
        jb      .idle
        jmp     .serve
.full:
        mov     ecx, FULL
%else
        mov     ecx, 1
%endif
.serve:
        call    serve
        cmp     ebp, REQUESTS
        je      .done
        NOW
        lea     rcx, [rel times]
        mov     r13, [rcx + rbp * 8]
        add     r13, FLUSH
        jmp     .next
; Sleep until the next request or the flush; where the last request has come, the flush.
.idle:
        mov     rcx, r12
        cmp     ebx, REQUESTS
        je      .flush
%if BATCHES
        cmp     ebx, ebp
        je      .until
        cmp     r13, rcx
        cmovb   rcx, r13
%endif
        jmp     .until
.flush:
        mov     rcx, r13
.until:
        sub     rcx, rax
        jb      .next
        cmp     rcx, WAKE_LEAST
        jb      .next
        mov     rax, LAPIC_BASE
        mov     [rax + LAPIC_INITIAL], ecx
        sti
        hlt
        cli
        jmp     .next
.done:
        COUNT   latency, r14
        COUNT   longest, r8
        COUNT   served, r15
        TRIAL_END
        pop     rbp
        pop     rbx
        ret

; ecx = how many: serve them, and add what they waited. Clobbers rax, rcx, rdx, rsi, rdi, r9.
serve:
        mov     esi, ecx
        inc     r15
        OP_BEGIN
        mov     ecx, STEP / 2
.work:
        dec     ecx
        jnz     .work
        OP_END
        NOW
        lea     rdi, [rel times]
.next:
        mov     r9, rax
        sub     r9, [rdi + rbp * 8]
        add     r14, r9
        cmp     r8, r9
        cmovb   r8, r9
        inc     ebp
        dec     esi
        jnz     .next
        ret

; The timer: the sleep is over.
woken:
        push    rax
        mov     rax, LAPIC_BASE
        mov     dword [rax + LAPIC_EOI], 0
        pop     rax
        iretq

section .bss
align STAND_LINE
times:
        resb    (REQUESTS + 1) * 8
