; Page tables: the kernel's own, and the means to build those of processes.
; No page is writable and executable; kernel pages are global and closed to user code.

%include "abi/machine.inc"
%include "abi/kernel.inc"

NO_EXECUTE      equ     1 << PTE_NO_EXECUTE_BIT
KERNEL_CODE     equ     PTE_PRESENT | PTE_GLOBAL
KERNEL_CONST    equ     PTE_PRESENT | PTE_GLOBAL | NO_EXECUTE
KERNEL_DATA     equ     PTE_PRESENT | PTE_WRITE | PTE_GLOBAL | NO_EXECUTE
KERNEL_DEVICE   equ     KERNEL_DATA | PTE_WRITE_THROUGH | PTE_NO_CACHE

section .text

; -----------------------------------------------------------------------------
; paging_start - map the kernel page by page and leave the boot tables
;
;   in        nothing
;   out       CR3 = the kernel's root; the boot stub is no longer mapped
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     the boot tables
;   probe     none
; -----------------------------------------------------------------------------
global  paging_start
paging_start:
        call    paging_new_table
        mov     [rel paging_root], rax
        mov     r12, rax

        lea     rsi, [rel text_start]
        lea     rdx, [rel text_end]
        mov     rcx, KERNEL_CODE
        call    .map_image
        lea     rsi, [rel rodata_start]
        lea     rdx, [rel rodata_end]
        mov     rcx, KERNEL_CONST
        call    .map_image
        lea     rsi, [rel data_start]
        lea     rdx, [rel cpu_stack_guard]
        mov     rcx, KERNEL_DATA
        call    .map_image
        lea     rsi, [rel cpu_stack]
        lea     rdx, [rel data_end]
        mov     rcx, KERNEL_DATA
        call    .map_image
        mov     rdi, r12
        mov     rsi, KERNEL_LAPIC
        mov     edx, LAPIC_BASE
        mov     rcx, KERNEL_DEVICE
        call    paging_map_page

        mov     rax, r12
        mov     rcx, KERNEL_BASE
        sub     rax, rcx
        mov     cr3, rax
        mov     rax, cr4
        or      rax, CR4_GLOBAL_PAGES
        mov     cr4, rax
        ret

; rsi = first address, rdx = end, rcx = access; of the image itself
.map_image:
        mov     r8, rdx
        mov     rdx, rsi
        mov     rax, KERNEL_BASE
        sub     rdx, rax
        mov     rdi, r12
        xchg    rcx, r8
        jmp     paging_map_range

; -----------------------------------------------------------------------------
; paging_new_root - a page table root for a process, with the kernel in it
;
;   in        nothing
;   out       rax = the root, in the kernel's window
;   clobbers  rcx, rdx, flags
;   needs     paging_start is done
;   probe     none
;
; The kernel's half is one shared subtree, so a switch never has to look at it.
; -----------------------------------------------------------------------------
global  paging_new_root
paging_new_root:
        call    paging_new_table
        mov     rcx, [rel paging_root]
        mov     rcx, [rcx + PAGING_ROOT_KERNEL * PTE_SIZE]
        mov     [rax + PAGING_ROOT_KERNEL * PTE_SIZE], rcx
        ret

; -----------------------------------------------------------------------------
; paging_map_range - map whole pages that are contiguous in both worlds
;
;   in        rdi = root, rsi = virtual, rdx = physical, rcx = virtual end,
;             r8 = bits of the last-level entries
;   out       mapped
;   clobbers  rax, rcx, rdx, rsi, r8, r9, r10, r11, flags
;   needs     rsi and rdx on page boundaries
;   probe     none
; -----------------------------------------------------------------------------
global  paging_map_range
paging_map_range:
        push    rbx
        push    r12
        push    r13
        push    r14
        mov     rbx, rsi
        mov     r12, rdx
        mov     r13, rcx
        mov     r14, r8
.next:
        cmp     rbx, r13
        jae     .done
        mov     rsi, rbx
        mov     rdx, r12
        mov     rcx, r14
        call    paging_map_page
        add     rbx, PAGE_SIZE
        add     r12, PAGE_SIZE
        jmp     .next
.done:
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; paging_map_page - map one page, making tables on the way
;
;   in        rdi = root, rsi = virtual, rdx = physical, rcx = bits of the entry
;   out       mapped; an entry that was there is replaced
;   clobbers  rax, rcx, rdx, rsi, r8, r9, r10, r11, flags
;   needs     the address is not in use: nothing is flushed
;   probe     none
;
; Upper entries allow what any of their pages may be; the last one decides.
; -----------------------------------------------------------------------------
global  paging_map_page
paging_map_page:
        mov     r8, rdi
        mov     r9, rcx
        mov     r10, rdx
        mov     ecx, PAGING_ROOT_SHIFT
.next_level:
        mov     rax, rsi
        shr     rax, cl
        and     eax, PTE_INDEX
        lea     r8, [r8 + rax * PTE_SIZE]
        cmp     ecx, PAGE_SHIFT
        je      .last_level
        mov     rax, [r8]
        test    eax, PTE_PRESENT
        jnz     .has_table
        mov     r11d, ecx
        call    paging_new_table
        mov     ecx, r11d
        mov     rdx, KERNEL_BASE
        sub     rax, rdx
        mov     rdx, r9
        and     edx, PTE_USER
        or      edx, PTE_PRESENT | PTE_WRITE
        or      rax, rdx
        mov     [r8], rax
.has_table:
        mov     r8, PTE_ADDRESS
        and     r8, rax
        mov     rax, KERNEL_BASE
        add     r8, rax
        sub     ecx, PAGING_LEVEL_BITS
        jmp     .next_level
.last_level:
        or      r10, r9
        mov     [r8], r10
        ret

; -----------------------------------------------------------------------------
; paging_new_table - the next empty page of the pool
;
;   in        nothing
;   out       rax = a page of zeros, in the kernel's window
;   clobbers  rcx, rdx, flags
;   needs     nothing
;   probe     none
;
; Nothing is given back: processes are made once, when the kernel starts.
; -----------------------------------------------------------------------------
global  paging_new_table
paging_new_table:
        mov     rcx, [rel paging_pool_used]
        lea     rax, [rel paging_pool]
        add     rax, rcx
        add     rcx, PAGE_SIZE
        cmp     rcx, TABLE_PAGE_LIMIT * PAGE_SIZE
        ja      .exhausted
        mov     [rel paging_pool_used], rcx
        ret
.exhausted:
        lea     rdi, [rel paging_exhausted]
        jmp     panic_text

section .rodata
paging_exhausted:
        db      "no page left in the kernel's pool", 0

section .bss
align 8
global  paging_root
paging_root:
        resb    PTE_SIZE
paging_pool_used:
        resb    PTE_SIZE
align PAGE_SIZE
paging_pool:
        resb    TABLE_PAGE_LIMIT * PAGE_SIZE
