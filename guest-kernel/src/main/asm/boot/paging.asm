; The kernel's own page tables.
; No page is writable and executable; kernel pages are global and closed to user code.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

NO_EXECUTE      equ     1 << PTE_NO_EXECUTE_BIT
KERNEL_CODE     equ     PTE_PRESENT | PTE_GLOBAL
KERNEL_CONST    equ     PTE_PRESENT | PTE_GLOBAL | NO_EXECUTE
KERNEL_DATA     equ     PTE_PRESENT | PTE_WRITE | PTE_GLOBAL | NO_EXECUTE
KERNEL_DEVICE   equ     KERNEL_DATA | PTE_WRITE_THROUGH | PTE_NO_CACHE
LARGE_FRAMES    equ     LARGE_PAGE_SIZE >> PAGE_SHIFT

section .text

; -----------------------------------------------------------------------------
; paging_start - map the kernel and all RAM, and leave the boot tables
;
;   in        nothing
;   out       CR3 = the kernel's root; the boot stub is no longer mapped
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     frame_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  paging_start
paging_start:
        xor     edi, edi
        call    quota_page
        test    rax, rax
        jz      paging_exhausted
        mov     [rel paging_root], rax
        mov     r12, rax

        lea     rsi, [rel text_start]
        lea     rdx, [rel text_end]
        mov     rcx, KERNEL_CODE
        call    paging_map_image
        lea     rsi, [rel rodata_start]
        lea     rdx, [rel rodata_end]
        mov     rcx, KERNEL_CONST
        call    paging_map_image
        lea     rsi, [rel data_start]
        lea     rdx, [rel cpu_stacks]
        mov     rcx, KERNEL_DATA
        call    paging_map_image
        lea     rsi, [rel cpu_stacks]
.next_stack:
        add     rsi, (1 << CPU_STACK_SHIFT) - KERNEL_STACK_SIZE
        lea     rdx, [rsi + KERNEL_STACK_SIZE]
        mov     rcx, KERNEL_DATA
        call    paging_map_image
        mov     rsi, rbx
        lea     rax, [rel cpu_stacks_end]
        cmp     rsi, rax
        jb      .next_stack
        lea     rdx, [rel data_end]
        mov     rcx, KERNEL_DATA
        call    paging_map_image
        mov     rsi, KERNEL_LAPIC
        mov     edx, LAPIC_BASE
        mov     rcx, KERNEL_DEVICE
        call    paging_map_kernel
        mov     rsi, KERNEL_IOAPIC
        mov     edx, IOAPIC_BASE
        mov     rcx, KERNEL_DEVICE
        call    paging_map_kernel
        call    paging_map_direct

; -----------------------------------------------------------------------------
; paging_load - let this CPU use the kernel's own page tables
;
;   in        nothing
;   out       CR3 = the kernel's root, global pages are on
;   clobbers  rax, rcx, flags
;   needs     the root is made
;   probe     none
; -----------------------------------------------------------------------------
global  paging_load
paging_load:
        call    paging_leave
        mov     rax, cr4
        or      rax, CR4_GLOBAL_PAGES
        mov     cr4, rax
        ret

; -----------------------------------------------------------------------------
; paging_leave - leave whatever address space CR3 has
;
;   in        nothing
;   out       CR3 = the kernel's root
;   clobbers  rax, rcx, flags
;   needs     the root is made
;   probe     none
; -----------------------------------------------------------------------------
global  paging_leave
paging_leave:
        mov     rax, [rel paging_root]
        mov     rcx, DIRECT_BASE
        sub     rax, rcx
        mov     cr3, rax
        ret

; rsi = first address, rdx = end, rcx = access; of the image itself
paging_map_image:
        push    r13
        push    r14
        mov     rbx, rsi
        mov     r13, rdx
        mov     r14, rcx
.next_page:
        cmp     rbx, r13
        jae     .mapped
        mov     rsi, rbx
        mov     rdx, rbx
        mov     rax, KERNEL_BASE
        sub     rdx, rax
        mov     rcx, r14
        call    paging_map_kernel
        add     rbx, PAGE_SIZE
        jmp     .next_page
.mapped:
        pop     r14
        pop     r13
        ret

; r12 = root: map all RAM at DIRECT_BASE. The large page with the kernel's image in it is
; mapped in small ones, so that what cannot be written there cannot be written here.
paging_map_direct:
        push    r13
        mov     ebx, LARGE_FRAMES
.next_large:
        cmp     rbx, [rel frame_count]
        jae     .small
        call    .any_frame
        jz      .skip_large
        mov     rdx, rbx
        shl     rdx, PAGE_SHIFT
        mov     rsi, DIRECT_BASE
        add     rsi, rdx
        mov     rcx, KERNEL_DATA | PTE_LARGE
        mov     r8d, LARGE_PAGE_SHIFT
        call    paging_map_kernel_at
.skip_large:
        add     rbx, LARGE_FRAMES
        jmp     .next_large
.small:
        mov     ebx, KERNEL_LOAD >> PAGE_SHIFT
.next_small:
        mov     rdx, rbx
        shl     rdx, PAGE_SHIFT
        mov     rsi, DIRECT_BASE
        add     rsi, rdx
        mov     rax, KERNEL_BASE
        add     rax, rdx
        mov     rcx, KERNEL_DATA
        lea     rdi, [rel text_start]
        cmp     rax, rdi
        jb      .map_small
        lea     rdi, [rel data_start]
        cmp     rax, rdi
        jae     .map_small
        mov     rcx, KERNEL_CONST
.map_small:
        call    paging_map_kernel
        inc     rbx
        cmp     rbx, LARGE_FRAMES
        jb      .next_small
        pop     r13
        ret

; rbx = frame on a large page's boundary; out: ZF is clear when one frame of the page is RAM
.any_frame:
        mov     rax, rbx
        shl     rax, FRAME_SHIFT
        add     rax, [rel frame_table]
        lea     rcx, [rbx + LARGE_FRAMES]
        cmp     rcx, [rel frame_count]
        cmova   rcx, [rel frame_count]
        sub     rcx, rbx
.next_frame:
        cmp     byte [rax + Frame_state], FRAME_ABSENT
        jne     .any
        add     rax, Frame_size
        dec     rcx
        jnz     .next_frame
.any:
        ret

; r12 = root, rsi = virtual, rdx = physical, rcx = bits, (r8d = level): give up if it fails
paging_map_kernel:
        mov     r8d, PAGE_SHIFT
paging_map_kernel_at:
        mov     rdi, r12
        xor     r9d, r9d
        call    paging_map
        test    eax, eax
        jnz     paging_exhausted
        ret

; -----------------------------------------------------------------------------
; paging_exhausted - give up because the kernel's first pages find no room
;
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  paging_exhausted
paging_exhausted:
        lea     rdi, [rel paging_no_memory]
        jmp     panic_text

section .rodata
paging_no_memory:
        db      "there is too little memory to start with", 0

section .bss
align 8
global  paging_root
paging_root:
        resb    PTE_SIZE
