; Futexes: waiting until somebody says that a word of memory has changed. A word is known
; by its memory object and where it is in that, so processes meet that map it in different
; places, and copies of the object are other words. There is nothing to make: who can read
; the word may wait, who can write it may wake; the object has the queue.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

PAGE_MASK       equ     PAGE_SIZE - 1

section .text

; -----------------------------------------------------------------------------
; sys_futex_wait - wait until a word is woken, if it has a value
;
;   in        r15 = the running Thread; its rdi = address, esi = the value
;   out       its status; a thread is chosen
;   clobbers  everything but r15, rsp
;   needs     nothing
;   probe     block_futex (r15 = Thread, rbx = Memory, r12 = offset)
;
; Looking at the word and waiting are one step: who changes it and then wakes finds either
; the old value not yet looked at, or the waiter.
; -----------------------------------------------------------------------------
global  sys_futex_wait
sys_futex_wait:
        mov     esi, PTE_PRESENT
        call    futex_find
        jz      .refused
        mov     eax, [rax]
        cmp     eax, [r15 + Thread_rsi]
        jne     .changed
        PROBE   block_futex, r15, rbx, r12
        mov     dword [r15 + Thread_state], STATE_FUTEX
        mov     [r15 + Thread_badge], r12
        call    waiters_add
        jmp     scheduler_pick
.changed:
        mov     qword [r15 + Thread_rax], STATUS_CHANGED
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_futex_wake - wake threads that wait for a word
;
;   in        r15 = the running Thread; its rdi = address, rsi = how many at most
;   out       its status, its rdx = how many were woken; a thread is chosen
;   clobbers  everything but r15, rsp
;   needs     nothing
;   probe     futex_wake (rdi = Thread, rbx = Memory, r12 = offset), waiters_dequeue
;             (rbx = Memory, rdi = Thread), thread_wake (rdi = Thread)
;
; Who wakes must be able to write the word: a reader cannot disturb others.
; -----------------------------------------------------------------------------
global  sys_futex_wake
sys_futex_wake:
        mov     esi, PTE_PRESENT | PTE_WRITE
        call    futex_find
        jz      .refused
        xor     r13d, r13d
        lea     r14, [rbx + Memory_waiters]
.next:
        mov     rdi, [r14]
        test    rdi, rdi
        jz      .done
        cmp     r13, [r15 + Thread_rsi]
        jae     .done
        cmp     [rdi + Thread_badge], r12
        je      .wake
        lea     r14, [rdi + Thread_next]
        jmp     .next
.wake:
        PROBE   futex_wake, rdi, rbx, r12
        PROBE   waiters_dequeue, rbx, rdi
        PROBE   thread_wake, rdi
        mov     rax, [rdi + Thread_next]
        mov     [r14], rax
        inc     r13
        call    scheduler_add_last
        jmp     .next
.done:
        mov     [r15 + Thread_rdx], r13
        jmp     scheduler_preempt
.refused:
        ret

; r15 = the running Thread, its rdi = address; esi = bits that the mapping's access must have.
; Out: ZF clear, rbx = Memory, r12 = offset of the word in it, rax = the word, at DIRECT_BASE;
; or ZF set and the thread's status is STATUS_ADDRESS. A word that is not aligned is none.
futex_find:
        mov     r12, [r15 + Thread_rdi]
        test    r12d, FUTEX_SIZE - 1
        jnz     .no_word
        mov     rdx, [r15 + Thread_process]
        mov     rbx, [rdx + Process_mappings]
.next:
        test    rbx, rbx
        jz      .no_word
        mov     rax, r12
        sub     rax, [rbx + Mapping_address]
        jb      .other
        shr     rax, PAGE_SHIFT
        cmp     rax, [rbx + Mapping_pages]
        jb      .found
.other:
        mov     rbx, [rbx + Mapping_process_next]
        jmp     .next
.found:
        mov     ecx, [rbx + Mapping_access]
        and     ecx, esi
        cmp     ecx, esi
        jne     .no_word
        add     rax, [rbx + Mapping_first]
        mov     rbx, [rbx + Mapping_handle]
        mov     rbx, [rbx + Handle_object]
        mov     rcx, [rbx + Memory_table]
        mov     rcx, [rcx + rax * PTE_SIZE]
        and     r12d, PAGE_MASK
        shl     rax, PAGE_SHIFT
        add     rcx, r12
        add     r12, rax
        mov     rax, DIRECT_BASE
        add     rax, rcx
        ret
.no_word:
        mov     qword [r15 + Thread_rax], STATUS_ADDRESS
        xor     eax, eax
        ret
