; Page tables of processes, made and given back. Tables are frames at DIRECT_BASE.
; The kernel's part of every root is the same two subtrees, so a switch never looks at it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; paging_new_root - a page table root for a process, with the kernel in it
;
;   in        rdi = Process that pays for it
;   out       rax = the root, at DIRECT_BASE; or 0, and edx = why not
;   clobbers  all caller-saved registers, flags
;   needs     paging_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  paging_new_root
paging_new_root:
        call    quota_page
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
;             r8d = shift of the entry's index: PAGE_SHIFT or LARGE_PAGE_SHIFT,
;             r9 = Process that pays for tables, or 0 for the kernel itself
;   out       eax = STATUS_OK: mapped, an entry that was there is replaced;
;             or STATUS_QUOTA, STATUS_MEMORY: there is no room for a table
;   clobbers  all caller-saved registers, flags
;   needs     the address is not in use: nothing is flushed
;   probe     page_map (Process or 0, virtual, the entry)
;
; Upper entries allow what any of their pages may be; the last one decides.
; -----------------------------------------------------------------------------
global  paging_map
paging_map:
        push    rbp
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
        mov     rbp, r9
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
        mov     rdi, rbp
        call    quota_page
        test    rax, rax
        jz      .no_table
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
        PROBE   page_map, rbp, r12, r13
        mov     [rbx], r13
        mov     edx, STATUS_OK
.no_table:
        mov     eax, edx
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        pop     rbp
        ret

; -----------------------------------------------------------------------------
; paging_map_range - map whole pages that are contiguous in both worlds
;
;   in        rdi = root, rsi = virtual, rdx = physical, rcx = virtual end,
;             r8 = bits of the last-level entries, r9 = Process that pays for tables
;   out       eax = STATUS_OK; or why only some are mapped
;   clobbers  all caller-saved registers, flags
;   needs     rsi and rdx on page boundaries
;   probe     page_map, for each page
; -----------------------------------------------------------------------------
global  paging_map_range
paging_map_range:
        push    rbp
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
        mov     rbp, r9
.next:
        mov     eax, STATUS_OK
        cmp     rbx, r13
        jae     .done
        mov     rdi, r15
        mov     rsi, rbx
        mov     rdx, r12
        mov     rcx, r14
        mov     r8d, PAGE_SHIFT
        mov     r9, rbp
        call    paging_map
        test    eax, eax
        jnz     .done
        add     rbx, PAGE_SIZE
        add     r12, PAGE_SIZE
        jmp     .next
.done:
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        pop     rbp
        ret

; -----------------------------------------------------------------------------
; paging_free - give back a root, its tables, and its share of every user page
;
;   in        rdi = root, at DIRECT_BASE
;   out       nothing of it is left; rax = pages that are free now and were not
;   clobbers  all caller-saved registers, flags
;   needs     it is not in CR3, and will not be again
;   probe     none
; -----------------------------------------------------------------------------
global  paging_free
paging_free:
        push    r15
        xor     r15d, r15d
        mov     esi, PAGING_ROOT_SHIFT
        mov     ecx, PAGING_ROOT_USER_END
        call    paging_free_table
        mov     rax, r15
        pop     r15
        ret

; rdi = table, esi = shift of its index, ecx = entries to look at, r15 = pages freed so far.
; It calls itself for the tables below, so it is four levels deep at most.
paging_free_table:
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
        call    paging_free_table
        jmp     .skip
.page:
        call    frame_drop
        add     r15, rax
.skip:
        add     rbx, PTE_SIZE
        cmp     rbx, r13
        jb      .next
        mov     rdi, r14
        call    frame_drop
        add     r15, rax
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret
