; Memory objects: pages that processes map. The table of their physical addresses is one
; page, so a call that makes or ends one takes a bounded time.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; memory_make - a memory object of zeros
;
;   in        rdi = Process that pays for it, rsi = pages, 1 to MEMORY_PAGES_LIMIT,
;             edx = order of the blocks that they are in; whole blocks
;   out       rax = Memory, without a handle; or 0, and edx = STATUS_QUOTA or STATUS_MEMORY
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  memory_make
memory_make:
        push    rbx
        push    r12
        push    r13
        push    r14
        push    rdx
        mov     r12, rdi
        mov     r13, rsi
        call    memory_begin
        pop     rcx
        jz      .none
        mov     [rbx + Memory_order], rcx
.next_block:
        mov     rdi, r12
        mov     rsi, [rbx + Memory_order]
        call    quota_block
        test    rax, rax
        jz      .no_room
        mov     rcx, DIRECT_BASE
        sub     rax, rcx
        call    memory_block_pages
        add     rdx, [rbx + Memory_pages]
        mov     rcx, [rbx + Memory_pages]
.next_page:
        mov     [r14 + rcx * PTE_SIZE], rax
        add     rax, PAGE_SIZE
        inc     rcx
        cmp     rcx, rdx
        jb      .next_page
        mov     [rbx + Memory_pages], rcx
        cmp     rcx, r13
        jb      .next_block
        mov     rax, rbx
        jmp     .none
.no_room:
        call    memory_undo
.none:
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; memory_begin - a memory object that has no pages so far
;
;   in        r12 = Process that pays for it
;   out       ZF clear, rbx = Memory, r14 = its table; or ZF set, rax = 0, and edx = why not
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  memory_begin
memory_begin:
        mov     edi, KIND_MEMORY
        mov     rsi, r12
        call    object_alloc
        test    rax, rax
        jz      .none
        mov     rbx, rax
        mov     rdi, r12
        call    quota_page
        mov     [rbx + Memory_table], rax
        mov     r14, rax
        test    rax, rax
        jz      memory_undo
.none:
        ret

; -----------------------------------------------------------------------------
; memory_undo - end a memory object that is half made
;
;   in        rbx = Memory, edx = status
;   out       ZF set, rax = 0, and edx as it was
;   clobbers  all caller-saved registers, flags
;   needs     it has no handle
;   probe     none
; -----------------------------------------------------------------------------
global  memory_undo
memory_undo:
        push    rdx
        mov     rdi, rbx
        call    memory_close
        mov     rdi, rbx
        call    object_free
        pop     rdx
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; memory_close - give back the pages of a memory object
;
;   in        rdi = Memory
;   out       it has none, its payer is paid back; who waited for a word of it learns it
;   clobbers  all caller-saved registers, flags
;   needs     no page of it is mapped; it may be half made, as memory_make leaves it
;   probe     waiters_dequeue, thread_wake
;
; Each memory object pays for each of its pages, whoever else has the page too.
; -----------------------------------------------------------------------------
global  memory_close
memory_close:
        push    rbx
        push    r12
        push    r13
        mov     rbx, rdi
        call    waiters_close
        xor     r12d, r12d
        mov     r13, [rbx + Memory_table]
        test    r13, r13
        jz      .no_table
.next_page:
        mov     rcx, [rbx + Memory_pages]
        test    rcx, rcx
        jz      .no_page
        call    memory_block_pages
        add     r12, rdx
        mov     rcx, [rbx + Memory_pages]
        sub     rcx, rdx
        mov     [rbx + Memory_pages], rcx
        mov     rdi, [r13 + rcx * PTE_SIZE]
        mov     rax, DIRECT_BASE
        add     rdi, rax
        call    frame_drop
        jmp     .next_page
.no_page:
        mov     rdi, r13
        call    frame_drop
        inc     r12
        mov     qword [rbx + Memory_table], 0
.no_table:
        mov     rdi, [rbx + Object_payer]
        mov     rsi, r12
        shl     rsi, PAGE_SHIFT
        pop     r13
        pop     r12
        pop     rbx
        jmp     quota_return

; rbx = Memory; out: rdx = pages of each of its blocks; clobbers rcx
memory_block_pages:
        mov     ecx, [rbx + Memory_order]
        mov     edx, 1
        shl     edx, cl
        ret

%assert MEMORY_PAGES_LIMIT * PTE_SIZE == PAGE_SIZE, "the table of a memory object is one page"
