; Page tables of processes, made and given back. Tables are frames at DIRECT_BASE.
; The kernel's part of every root is the same two subtrees, so a switch never looks at it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; paging_new_root - a page table root for a process, with the kernel in it
;
;   in        nothing
;   out       rax = the root, at DIRECT_BASE; 0 when there is no memory
;   clobbers  all caller-saved registers, flags
;   needs     paging_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  paging_new_root
paging_new_root:
        call    frame_alloc_zeroed
        test    rax, rax
        jz      .none
        mov     rcx, [rel paging_root]
        mov     rdx, [rcx + PAGING_ROOT_DIRECT * PTE_SIZE]
        mov     [rax + PAGING_ROOT_DIRECT * PTE_SIZE], rdx
        mov     rdx, [rcx + PAGING_ROOT_KERNEL * PTE_SIZE]
        mov     [rax + PAGING_ROOT_KERNEL * PTE_SIZE], rdx
.none:
        ret

; -----------------------------------------------------------------------------
; paging_map - map one page of any size, making tables on the way
;
;   in        rdi = root, rsi = virtual, rdx = physical, rcx = bits of the entry,
;             r8d = shift of the entry's index: PAGE_SHIFT or LARGE_PAGE_SHIFT
;   out       eax = 1: mapped, an entry that was there is replaced;
;             eax = 0: there is no memory for a table
;   clobbers  all caller-saved registers, flags
;   needs     the address is not in use: nothing is flushed
;   probe     none
;
; Upper entries allow what any of their pages may be; the last one decides.
; -----------------------------------------------------------------------------
global  paging_map
paging_map:
        push    rbx
        push    r12
        push    r13
        push    r14
        push    r15
        mov     rbx, rdi
        mov     r12, rsi
        mov     r13, rdx
        mov     r14, rcx
        mov     r15d, r8d
        mov     r11d, PAGING_ROOT_SHIFT
.next_level:
        mov     ecx, r11d
        mov     rax, r12
        shr     rax, cl
        and     eax, PTE_INDEX
        lea     rbx, [rbx + rax * PTE_SIZE]
        cmp     r11d, r15d
        je      .last_level
        mov     rax, [rbx]
        test    eax, PTE_PRESENT
        jnz     .has_table
        call    frame_alloc_zeroed
        test    rax, rax
        jz      .done
        mov     rdx, DIRECT_BASE
        sub     rax, rdx
        mov     edx, r14d
        and     edx, PTE_USER
        or      edx, PTE_PRESENT | PTE_WRITE
        or      rax, rdx
        mov     [rbx], rax
.has_table:
        mov     rbx, PTE_ADDRESS
        and     rbx, rax
        mov     rax, DIRECT_BASE
        add     rbx, rax
        sub     r11d, PAGING_LEVEL_BITS
        jmp     .next_level
.last_level:
        or      r13, r14
        mov     [rbx], r13
        mov     eax, 1
.done:
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; paging_map_range - map whole pages that are contiguous in both worlds
;
;   in        rdi = root, rsi = virtual, rdx = physical, rcx = virtual end,
;             r8 = bits of the last-level entries
;   out       eax = 1: mapped; eax = 0: there is no memory for a table, some are mapped
;   clobbers  all caller-saved registers, flags
;   needs     rsi and rdx on page boundaries
;   probe     none
; -----------------------------------------------------------------------------
global  paging_map_range
paging_map_range:
        push    rbx
        push    r12
        push    r13
        push    r14
        push    r15
        mov     rbx, rsi
        mov     r12, rdx
        mov     r13, rcx
        mov     r14, r8
        mov     r15, rdi
.next:
        mov     eax, 1
        cmp     rbx, r13
        jae     .done
        mov     rdi, r15
        mov     rsi, rbx
        mov     rdx, r12
        mov     rcx, r14
        mov     r8d, PAGE_SHIFT
        call    paging_map
        test    eax, eax
        jz      .done
        add     rbx, PAGE_SIZE
        add     r12, PAGE_SIZE
        jmp     .next
.done:
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; paging_free - give back a root, its tables, and its share of every user page
;
;   in        rdi = root, at DIRECT_BASE
;   out       nothing of it is left
;   clobbers  all caller-saved registers, flags
;   needs     it is not in CR3, and will not be again
;   probe     none
; -----------------------------------------------------------------------------
global  paging_free
paging_free:
        mov     esi, PAGING_ROOT_SHIFT
        mov     ecx, PAGING_ROOT_USER_END

; rdi = table, esi = shift of its index, ecx = entries to look at. Four levels deep at most.
.table:
        push    rbx
        push    r12
        push    r13
        push    r14
        mov     rbx, rdi
        mov     r12d, esi
        mov     r14, rdi
        lea     r13, [rdi + rcx * PTE_SIZE]
.next:
        mov     rdi, [rbx]
        test    edi, PTE_PRESENT
        jz      .skip
        mov     eax, edi
        mov     rcx, PTE_ADDRESS
        and     rdi, rcx
        mov     rcx, DIRECT_BASE
        add     rdi, rcx
        cmp     r12d, PAGE_SHIFT
        je      .page
        test    eax, PTE_LARGE
        jnz     .page
        lea     esi, [r12 - PAGING_LEVEL_BITS]
        mov     ecx, TABLE_ENTRIES
        call    .table
        jmp     .skip
.page:
        call    frame_drop
.skip:
        add     rbx, PTE_SIZE
        cmp     rbx, r13
        jb      .next
        mov     rdi, r14
        call    frame_drop
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret
