; The table of page frames, from the memory map, and the free blocks.
; What the kernel needs to start comes from the first FIRST_BYTES behind the table, so that
; it has the same addresses on machines with different ends of memory.
; The first megabyte stays out of it: firmware keeps its tables there, and other CPUs
; start there.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

BOOT_FRAMES     equ     BOOT_LIMIT >> PAGE_SHIFT
FIRST_BYTES     equ     8 << 20
FIRST_FRAME     equ     KERNEL_LOAD >> PAGE_SHIFT
IMAGE_END_FRAME equ     IMAGE_END >> PAGE_SHIFT

section .text

; -----------------------------------------------------------------------------
; frame_start - make the table of frames and give out the first ones
;
;   in        memory_ranges
;   out       frame_table and frame_count; some frames can be had, all below BOOT_LIMIT
;   clobbers  all caller-saved registers, rbx, r12, r13, flags
;   needs     memory_map_read is done
;   probe     none
; -----------------------------------------------------------------------------
global  frame_start
frame_start:
; frame_count is where the last RAM ends.
        xor     ebx, ebx
        lea     rsi, [rel memory_ranges]
.next_range:
        cmp     rsi, [rel memory_ranges_end]
        jae     .counted
        cmp     qword [rsi + MemoryRange_usable], 0
        je      .skip_range
        mov     rax, [rsi + MemoryRange_end]
        cmp     rax, rbx
        cmova   rbx, rax
.skip_range:
        add     rsi, MemoryRange_size
        jmp     .next_range
.counted:
        cmp     rbx, IMAGE_END_FRAME
        jbe     .no_place
        mov     [rel frame_count], rbx
        shl     rbx, FRAME_SHIFT
        add     rbx, PAGE_SIZE - 1
        shr     rbx, PAGE_SHIFT
        call    frame_find_place
        test    rax, rax
        jz      .no_place
        mov     r12, rax
        shl     rax, PAGE_SHIFT
        mov     rdi, DIRECT_BASE
        add     rdi, rax
        mov     [rel frame_table], rdi
        mov     rcx, rbx
        shl     rcx, PAGE_SHIFT - PTE_SHIFT
        xor     eax, eax
        rep stosq

; RAM first, then what is not, then what is taken.
        mov     r13d, 1
        mov     edx, FRAME_INNER
        call    .mark_map
        xor     r13d, r13d
        xor     edx, edx
        call    .mark_map
        mov     edx, FRAME_IMAGE
        mov     edi, FIRST_FRAME
        mov     esi, IMAGE_END_FRAME
        call    frame_mark
        mov     edx, FRAME_USED
        mov     rdi, r12
        lea     rsi, [r12 + rbx]
        call    frame_mark
        lea     rsi, [r12 + rbx + (FIRST_BYTES >> PAGE_SHIFT)]
        mov     eax, BOOT_FRAMES
        cmp     rsi, rax
        cmova   rsi, rax
        mov     [rel frame_first_end], rsi
        mov     edi, FIRST_FRAME
        jmp     frame_add_range
.no_place:
        lea     rdi, [rel frame_no_place]
        jmp     panic_text

; r13 = usable or not, edx = state: of all such ranges from FIRST_FRAME on
.mark_map:
        lea     r8, [rel memory_ranges]
.next_marked:
        cmp     r8, [rel memory_ranges_end]
        jae     .marked
        cmp     [r8 + MemoryRange_usable], r13
        jne     .skip_marked
        mov     eax, FIRST_FRAME
        mov     rdi, [r8 + MemoryRange_first]
        cmp     rdi, rax
        cmovb   rdi, rax
        mov     rsi, [r8 + MemoryRange_end]
        call    frame_mark
.skip_marked:
        add     r8, MemoryRange_size
        jmp     .next_marked
.marked:
        ret

; -----------------------------------------------------------------------------
; frame_start_rest - give out all other frames
;
;   in        nothing
;   out       all RAM can be had
;   clobbers  all caller-saved registers, rbx, r12, r13, flags
;   needs     paging_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  frame_start_rest
frame_start_rest:
        mov     rdi, [rel frame_first_end]
        mov     rsi, [rel frame_count]
        jmp     frame_add_range

; rbx = pages for the table; out: rax = its first frame, or 0. It lies behind the image,
; in one piece of RAM that no other range reaches into, and the boot tables map it.
frame_find_place:
        lea     r8, [rel memory_ranges]
.next_range:
        cmp     r8, [rel memory_ranges_end]
        jae     .none
        cmp     qword [r8 + MemoryRange_usable], 0
        je      .skip_range
        mov     rax, [r8 + MemoryRange_first]
        mov     ecx, IMAGE_END_FRAME
        cmp     rax, rcx
        cmovb   rax, rcx
.try:
        lea     rdx, [rax + rbx]
        cmp     rdx, [r8 + MemoryRange_end]
        ja      .skip_range
        cmp     rdx, BOOT_FRAMES
        ja      .skip_range
        lea     r9, [rel memory_ranges]
.next_other:
        cmp     r9, [rel memory_ranges_end]
        jae     .found
        cmp     qword [r9 + MemoryRange_usable], 0
        jne     .skip_other
        cmp     rdx, [r9 + MemoryRange_first]
        jbe     .skip_other
        cmp     rax, [r9 + MemoryRange_end]
        jae     .skip_other
        mov     rax, [r9 + MemoryRange_end]
        jmp     .try
.skip_other:
        add     r9, MemoryRange_size
        jmp     .next_other
.skip_range:
        add     r8, MemoryRange_size
        jmp     .next_range
.none:
        xor     eax, eax
.found:
        ret

; rdi = first frame, rsi = end, edx = state; clobbers rax, rdi, rsi. Ends at frame_count.
frame_mark:
        mov     rax, [rel frame_count]
        cmp     rsi, rax
        cmova   rsi, rax
        mov     rax, rdi
        shl     rax, FRAME_SHIFT
        add     rax, [rel frame_table]
.next:
        cmp     rdi, rsi
        jae     .done
        mov     [rax + Frame_state], dl
        add     rax, Frame_size
        inc     rdi
        jmp     .next
.done:
        ret

; rdi = first frame, rsi = end: give out what is RAM and not in use, in the largest blocks
; that lie where their size wants them.
frame_add_range:
        mov     rbx, rdi
        mov     r12, rsi
        mov     rax, [rel frame_count]
        cmp     r12, rax
        cmova   r12, rax
.next_run:
        cmp     rbx, r12
        jae     .done
        mov     r13, rbx
.next_frame:
        cmp     r13, r12
        jae     .run_ends
        mov     rax, r13
        shl     rax, FRAME_SHIFT
        add     rax, [rel frame_table]
        cmp     byte [rax + Frame_state], FRAME_INNER
        jne     .run_ends
        inc     r13
        jmp     .next_frame
.run_ends:
        cmp     r13, rbx
        je      .skip_frame
.next_block:
        mov     rax, r13
        sub     rax, rbx
        jz      .next_run
        bsr     rsi, rax
        bsf     rcx, rbx
        cmp     rsi, rcx
        cmova   rsi, rcx
        mov     ecx, FRAME_ORDERS - 1
        cmp     rsi, rcx
        cmova   rsi, rcx
        mov     r8, rbx
        mov     r9d, esi
        call    frame_give
        add     rbx, rax
        jmp     .next_block
.skip_frame:
        inc     rbx
        jmp     .next_run
.done:
        ret

section .rodata
frame_no_place:
        db      "there is too little memory behind the kernel's image", 0

section .bss
align 8
frame_first_end:
        resb    8
