; Two threads of one address space or of two; the one that is resumed touches its pages.

%include "stand/stand.inc"

; What is kept of a thread that does not run; all else is on its stack.
CONTEXT_RSP     equ     0
CONTEXT_CR3     equ     8
CONTEXT_SHIFT   equ     6                       ; a line each

WORD            equ     8
THREAD_STACK    equ     4096
SAVED_BYTES     equ     48                      ; of the callee-saved registers
PAGES_BASE      equ     0x2000000               ; physical, where small pages are
PAGES_MOST      equ     128                     ; of a thread
PAGES_EACH      equ     PAGE_SIZE * PAGES_MOST  ; from one thread's pages to the other's
PAGES_STEP      equ     PAGE_SIZE + STAND_LINE  ; from one touch to the next: another page, another set of the cache
FIRST_SPACE     equ     1                       ; process-context identifiers

section .text

; -----------------------------------------------------------------------------
; workload_cpu - be the first of two threads that switch to each other
;
;   in        edi = CPU
;   out       each thread has switched ROUNDS times
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        call    pages_make
        lea     rdi, [rel contexts]
        lea     rsi, [rdi + (1 << CONTEXT_SHIFT)]
        mov     rax, stand_root
        mov     [rdi + CONTEXT_CR3], rax
%if SPACES > 1
        lea     rax, [rel second_root]
%endif
        mov     [rsi + CONTEXT_CR3], rax
%if KEEPS
        mov     rax, cr4
        or      rax, CR4_PCID
        mov     cr4, rax
        mov     eax, 1
        shl     rax, CR3_KEEP_BIT
        or      rax, FIRST_SPACE
        or      [rdi + CONTEXT_CR3], rax
%if SPACES > 1
        inc     rax
%endif
        or      [rsi + CONTEXT_CR3], rax
        mov     rax, [rdi + CONTEXT_CR3]
        mov     cr3, rax
%endif
        lea     rax, [rel second_stack]
        add     rax, THREAD_STACK - SAVED_BYTES - WORD
        lea     rcx, [rel second_main]
        mov     [rax + SAVED_BYTES], rcx
        mov     [rsi + CONTEXT_RSP], rax
        mov     ebp, PAGES_BASE
        TRIAL   0, 0, 0
        lea     rbx, [rel contexts]
        lea     r12, [rbx + (1 << CONTEXT_SHIFT)]
        call    thread_run
        TRIAL_END
        mov     rax, stand_root
        mov     cr3, rax
        ret

; The second thread; it does not return, because the first one ends before it.
second_main:
        mov     ebp, PAGES_BASE + PAGES_EACH
        lea     r12, [rel contexts]
        lea     rbx, [r12 + (1 << CONTEXT_SHIFT)]
        call    thread_run
        jmp     stand_check_failed

; rbx = own context, r12 = the other one, rbp = own pages
thread_run:
        mov     r13d, ROUNDS
.next:
        mov     rdi, rbx
        mov     rsi, r12
        OP_BEGIN
        call    switch_to
%if PAGES > 0
        mov     ecx, PAGES
        mov     rax, rbp
.touch:
        inc     qword [rax]
        add     rax, PAGES_STEP
        dec     ecx
        jnz     .touch
%endif
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        ret

; rdi = context of the one that runs, rsi = of the other one; clobbers what a call may
switch_to:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     [rdi + CONTEXT_RSP], rsp
        mov     rsp, [rsi + CONTEXT_RSP]
        mov     rax, [rsi + CONTEXT_CR3]
%if COMPARES
        cmp     rax, [rdi + CONTEXT_CR3]
        je      .same_space
%endif
        mov     cr3, rax
.same_space:
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

; Makes small pages, and a root of the same tables. Clobbers what a call may.
pages_make:
        lea     rdi, [rel small_pages]
        mov     eax, PAGES_BASE | PTE_PRESENT | PTE_WRITE
        mov     ecx, TABLE_ENTRIES
.next:
        mov     [rdi], rax
        add     rdi, PTE_SIZE
        add     eax, PAGE_SIZE
        dec     ecx
        jnz     .next
        mov     rsi, stand_root
        mov     rax, [rsi]
        call    .table
        mov     rax, [rax]
        call    .table
        lea     rdx, [rel small_pages]
        or      rdx, PTE_PRESENT | PTE_WRITE
        mov     [rax + (PAGES_BASE >> LARGE_PAGE_SHIFT) * PTE_SIZE], rdx
        lea     rdi, [rel second_root]
        mov     ecx, PAGE_SIZE
        rep movsb
        mov     rax, cr3
        mov     cr3, rax
        ret
; rax = an entry; out: the table that it names
.table:
        mov     rdx, PTE_ADDRESS
        and     rax, rdx
        ret

section .bss
align PAGE_SIZE
small_pages:
        resb    PAGE_SIZE
second_root:
        resb    PAGE_SIZE
second_stack:
        resb    THREAD_STACK
contexts:
        resb    2 << CONTEXT_SHIFT
