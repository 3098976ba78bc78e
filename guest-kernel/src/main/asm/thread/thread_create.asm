; Making threads, before the first one runs.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; thread_create - a ready thread with a stack of its own
;
;   in        rdi = Process, rsi = ThreadPlan
;   out       rax = Thread, last of its level; it starts with rdi = the argument
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     thread_create (Thread, entry, CR3)
;
; The stack is one page, with nothing mapped below it; stacks of all processes lie at
; different addresses, so that an address says whose it is.
; -----------------------------------------------------------------------------
global  thread_create
thread_create:
        push    rbx
        push    r12
        push    r13
        mov     r12, rdi
        mov     r13, rsi
        mov     rbx, [rel thread_table_used]
        lea     rax, [rel thread_table_end]
        cmp     rbx, rax
        jae     .too_many
        lea     rax, [rbx + Thread_size]
        mov     [rel thread_table_used], rax

        mov     rax, USER_LIMIT
        mov     rcx, [r13 + ThreadPlan_entry]
        cmp     rcx, rax
        jae     .bad_entry
        mov     [rbx + Thread_rip], rcx
        mov     [rbx + Thread_process], r12
        mov     rax, [r12 + Process_cr3]
        PROBE   thread_create, rbx, rcx, rax
        mov     [rbx + Thread_cr3], rax
        mov     rax, [r13 + ThreadPlan_argument]
        mov     [rbx + Thread_rdi], rax
        mov     rax, [r13 + ThreadPlan_user_flags]
        mov     [rbx + Thread_user_flags], rax
        mov     rcx, [r13 + ThreadPlan_priority]
        mov     [rbx + Thread_priority], ecx
        mov     rax, ~1
        shl     rax, cl
        mov     [rbx + Thread_levels_above], rax

        call    frame_alloc_zeroed
        test    rax, rax
        jz      paging_exhausted
        mov     rdx, rax
        mov     rcx, DIRECT_BASE
        sub     rdx, rcx
        lea     rcx, [rel thread_table]
        mov     rax, rbx
        sub     rax, rcx
        shr     rax, THREAD_SHIFT
        imul    rsi, rax, USER_STACK_STRIDE
        add     rsi, USER_STACKS
        lea     rax, [rsi + PAGE_SIZE]
        mov     [rbx + Thread_rsp], rax
        mov     rdi, [r12 + Process_cr3]
        mov     rcx, DIRECT_BASE
        add     rdi, rcx
        mov     rcx, PTE_PRESENT | PTE_WRITE | PTE_USER | (1 << PTE_NO_EXECUTE_BIT)
        mov     r8d, PAGE_SHIFT
        call    paging_map
        test    eax, eax
        jz      paging_exhausted

        mov     rdi, rbx
        call    scheduler_add_last
        mov     rax, rbx
        pop     r13
        pop     r12
        pop     rbx
        ret
.too_many:
        lea     rdi, [rel thread_too_many]
        jmp     panic_text
.bad_entry:
        lea     rdi, [rel thread_bad_entry]
        jmp     panic_text

section .rodata
thread_too_many:
        db      "the thread table is full", 0
thread_bad_entry:
        db      "a thread's entry lies above user memory", 0

section .data
align 8
global  thread_table_used
thread_table_used:
        dq      thread_table

section .bss
align CACHE_LINE
global  thread_table, thread_table_end
thread_table:
        resb    THREAD_LIMIT * Thread_size
thread_table_end:
