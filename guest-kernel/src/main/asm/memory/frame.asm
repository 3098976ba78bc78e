; Page frames in blocks of powers of two, each on a multiple of its size (buddies).
; A free block is in the list of its order; no two free buddies are ever apart.
; Count, lists and table are the kernel's, not a CPU's.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; frame_alloc - take a block of frames
;
;   in        edi = order, less than FRAME_ORDERS
;   out       rax = the block, at DIRECT_BASE, with one share; 0 when there is none
;   clobbers  rcx, rdx, rsi, rdi, r8, r9, r10, flags
;   needs     frame_start is done
;   probe     none
;
; The smallest block that is large enough is taken, and the upper halves that are too
; much are given back. What is in it is what its last user left.
; -----------------------------------------------------------------------------
global  frame_alloc
frame_alloc:
        mov     r8d, edi
        mov     ecx, edi
        mov     eax, -1
        shl     eax, cl
        and     eax, [rel frame_orders]
        bsf     r9d, eax
        jz      .none
        lea     rax, [rel frame_lists]
        mov     r10d, [rax + r9 * 4]
        mov     edi, r10d
        mov     esi, r9d
        call    frame_remove
.split:
        cmp     r9d, r8d
        je      .fits
        dec     r9d
        mov     ecx, r9d
        mov     edi, 1
        shl     edi, cl
        add     edi, r10d
        mov     esi, r9d
        call    frame_insert
        jmp     .split
.fits:
        mov     ecx, r8d
        mov     eax, 1
        shl     rax, cl
        sub     [rel frame_free_pages], rax
        mov     rax, r10
        shl     rax, FRAME_SHIFT
        add     rax, [rel frame_table]
        mov     byte [rax + Frame_state], FRAME_USED
        mov     [rax + Frame_order], r8b
        mov     dword [rax + Frame_shares], 1
        mov     rax, r10
        shl     rax, PAGE_SHIFT
        mov     rcx, DIRECT_BASE
        add     rax, rcx
        ret
.none:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; frame_drop - give up a share of a block; the last one frees it
;
;   in        rdi = the block, at DIRECT_BASE
;   out       one share fewer; rax = pages that are free now and were not
;   clobbers  all caller-saved registers, flags
;   needs     it is in use; a page of the image may be given up as often as one likes
;   probe     none
; -----------------------------------------------------------------------------
global  frame_drop
frame_drop:
        mov     rax, DIRECT_BASE
        mov     r8, rdi
        sub     r8, rax
        shr     r8, PAGE_SHIFT
        mov     rax, r8
        shl     rax, FRAME_SHIFT
        add     rax, [rel frame_table]
        cmp     byte [rax + Frame_state], FRAME_IMAGE
        je      .stays
        cmp     byte [rax + Frame_state], FRAME_USED
        jne     .not_in_use
        dec     dword [rax + Frame_shares]
        jnz     .stays

        movzx   r9d, byte [rax + Frame_order]
        mov     byte [rax + Frame_state], FRAME_INNER
        jmp     frame_give
.stays:
        xor     eax, eax
        ret
.not_in_use:
        lea     rdi, [rel frame_freed_twice]
        jmp     panic_text

; -----------------------------------------------------------------------------
; frame_give - make a block free, joined with its buddy as long as that is free too
;
;   in        r8 = its first frame, r9d = order
;   out       it can be had; rax = its pages
;   clobbers  all caller-saved registers, flags
;   needs     its frames are FRAME_INNER
;   probe     none
; -----------------------------------------------------------------------------
global  frame_give
frame_give:
        mov     ecx, r9d
        mov     r11d, 1
        shl     r11, cl
        add     [rel frame_free_pages], r11
.join:
        cmp     r9d, FRAME_ORDERS - 1
        je      .joined
        mov     ecx, r9d
        mov     edi, 1
        shl     rdi, cl
        xor     rdi, r8
        cmp     rdi, [rel frame_count]
        jae     .joined
        mov     rdx, rdi
        shl     rdx, FRAME_SHIFT
        add     rdx, [rel frame_table]
        cmp     byte [rdx + Frame_state], FRAME_FREE
        jne     .joined
        cmp     [rdx + Frame_order], r9b
        jne     .joined
        mov     r10, rdi
        mov     esi, r9d
        call    frame_remove
        and     r8, r10
        inc     r9d
        jmp     .join
.joined:
        mov     rdi, r8
        mov     esi, r9d
        call    frame_insert
        mov     rax, r11
        ret

; -----------------------------------------------------------------------------
; frame_find - what is known of a page frame
;
;   in        rdi = physical address
;   out       rax = Frame
;   clobbers  flags
;   needs     it is RAM
;   probe     none
; -----------------------------------------------------------------------------
global  frame_find
frame_find:
        mov     rax, rdi
        shr     rax, PAGE_SHIFT
        shl     rax, FRAME_SHIFT
        add     rax, [rel frame_table]
        ret

; -----------------------------------------------------------------------------
; frame_insert - put a free block into the list of its order
;
;   in        edi = its first frame, esi = order
;   out       it is the list's first
;   clobbers  rax, rcx, rdx, flags
;   needs     it is in no list, and its buddy is not free
;   probe     none
; -----------------------------------------------------------------------------
global  frame_insert
frame_insert:
        mov     edx, edi
        shl     rdx, FRAME_SHIFT
        add     rdx, [rel frame_table]
        mov     byte [rdx + Frame_state], FRAME_FREE
        mov     [rdx + Frame_order], sil
        lea     rcx, [rel frame_lists]
        mov     eax, [rcx + rsi * 4]
        mov     [rcx + rsi * 4], edi
        mov     [rdx + Frame_next], eax
        mov     dword [rdx + Frame_previous], 0
        mov     edx, 1
        mov     ecx, esi
        shl     edx, cl
        or      [rel frame_orders], edx
        test    eax, eax
        jz      .done
        shl     rax, FRAME_SHIFT
        add     rax, [rel frame_table]
        mov     [rax + Frame_previous], edi
.done:
        ret

; edi = frame, esi = order: take a free block out of its list; clobbers rax, rcx, rdx
frame_remove:
        mov     edx, edi
        shl     rdx, FRAME_SHIFT
        add     rdx, [rel frame_table]
        mov     byte [rdx + Frame_state], FRAME_INNER
        mov     eax, [rdx + Frame_next]
        mov     edx, [rdx + Frame_previous]
        test    eax, eax
        jz      .no_next
        mov     ecx, eax
        shl     rcx, FRAME_SHIFT
        add     rcx, [rel frame_table]
        mov     [rcx + Frame_previous], edx
.no_next:
        test    edx, edx
        jz      .was_first
        shl     rdx, FRAME_SHIFT
        add     rdx, [rel frame_table]
        mov     [rdx + Frame_next], eax
        ret
.was_first:
        lea     rcx, [rel frame_lists]
        mov     [rcx + rsi * 4], eax
        test    eax, eax
        jnz     .done
        mov     ecx, esi
        mov     eax, 1
        shl     eax, cl
        xor     [rel frame_orders], eax
.done:
        ret

section .rodata
frame_freed_twice:
        db      "a page that is not in use was given up", 0

section .bss
align 8
global  frame_table, frame_count, frame_free_pages, frame_lists, frame_orders
frame_table:
        resb    8
frame_count:
        resb    8
frame_free_pages:
        resb    8
; Bit n is set exactly while list n is not empty.
frame_orders:
        resb    4
frame_lists:
        resb    FRAME_ORDERS * 4
