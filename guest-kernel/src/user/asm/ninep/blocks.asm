; Bytes of files: chains of equal blocks out of one arena.
; Behind a file's end its last block is zero, and so is a block that a file gets: what
; somebody else wrote is never read.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_file_resize - cut a file, or make it longer by zeros
;
;   in        r15 = NinePFile, rdx = bytes from now on
;   out       nothing; or the request fails with nothing changed
;   clobbers  all caller-saved registers, flags
;   needs     r13 = store; r12 = session where the file grows
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_resize
ninep_file_resize:
        mov     eax, [r13 + NinePStore_block_count]
        shl     rax, NINEP_BLOCK_SHIFT
        cmp     rdx, rax
        ja      ninep_fail_full
        mov     rax, rdx
        call    blocks_of
        mov     r9d, eax
        mov     rax, [r15 + NinePFile_length]
        call    blocks_of
        mov     r10d, eax
        mov     rsi, [r13 + NinePStore_links]
        cmp     r9d, r10d
        ja      .grow
        je      .cut
        call    blocks_free
.cut:
        mov     rax, [r15 + NinePFile_length]
        mov     [r15 + NinePFile_length], rdx
        cmp     rdx, rax
        jae     .done
        mov     ecx, edx
        neg     ecx
        and     ecx, NINEP_BLOCK - 1            ; from the end of the file to that of its block
        jz      .done
        mov     eax, [r15 + NinePFile_last_block]
        shl     rax, NINEP_BLOCK_SHIFT
        add     rax, [r13 + NinePStore_blocks]
        mov     rdi, rax                        ; the block's end, for blocks count from 1
        sub     rdi, rcx
        xor     eax, eax
        rep stosb
.done:
        ret
.grow:
        sub     r9d, r10d
        mov     eax, [r13 + NinePStore_block_count]
        sub     eax, [r13 + NinePStore_blocks_used]
        cmp     r9d, eax
        ja      ninep_fail_full
        add     [r13 + NinePStore_blocks_used], r9d
        mov     [r15 + NinePFile_length], rdx
.next:
        mov     eax, [r13 + NinePStore_free_block]
        lea     rdi, [rsi + rax * NINEP_LINK - NINEP_LINK]
        mov     ecx, [rdi]
        mov     [r13 + NinePStore_free_block], ecx
        mov     dword [rdi], 0
        mov     ecx, [r15 + NinePFile_last_block]
        mov     [r15 + NinePFile_last_block], eax
        test    ecx, ecx
        jz      .first
        mov     [rsi + rcx * NINEP_LINK - NINEP_LINK], eax
        jmp     .clear
.first:
        mov     [r15 + NinePFile_first_block], eax
.clear:
        mov     edi, eax
        dec     edi
        shl     rdi, NINEP_BLOCK_SHIFT
        add     rdi, [r13 + NinePStore_blocks]
        mov     ecx, NINEP_BLOCK / 8
        xor     eax, eax
        rep stosq
        dec     r9d
        jnz     .next
        ret

; rax = bytes; out: eax = blocks that hold them
blocks_of:
        add     rax, NINEP_BLOCK - 1
        shr     rax, NINEP_BLOCK_SHIFT
        ret

; r15 = file, r9d = blocks to keep, fewer than it has; rsi = links; clobbers rax, rcx, rdi, r8
blocks_free:
        mov     ecx, [r15 + NinePFile_first_block]
        test    r9d, r9d
        jnz     .keep
        mov     [r15 + NinePFile_first_block], r9d
        mov     [r15 + NinePFile_last_block], r9d
        jmp     .next
.keep:
        mov     r8d, r9d
.step:
        lea     rdi, [rsi + rcx * NINEP_LINK - NINEP_LINK]
        mov     eax, ecx
        mov     ecx, [rdi]
        dec     r8d
        jnz     .step
        mov     [rdi], r8d
        mov     [r15 + NinePFile_last_block], eax
.next:
        lea     rdi, [rsi + rcx * NINEP_LINK - NINEP_LINK]
        mov     r8d, [rdi]
        mov     eax, [r13 + NinePStore_free_block]
        mov     [rdi], eax
        mov     [r13 + NinePStore_free_block], ecx
        dec     dword [r13 + NinePStore_blocks_used]
        mov     ecx, r8d
        test    ecx, ecx
        jnz     .next
        ret

; -----------------------------------------------------------------------------
; ninep_file_read - copy bytes out of a file
;
;   in        r15 = NinePFile, r8 = offset, ecx = bytes, rdi = where to
;   out       rdi behind them
;   clobbers  all caller-saved registers, flags
;   needs     r13 = store; offset + bytes <= the file's length, bytes > 0
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_read
ninep_file_read:
        mov     r9d, ecx
        call    blocks_seek
.next:
        call    blocks_piece
        mov     rsi, rax
        rep movsb
        test    r9d, r9d
        jnz     .next
        ret

; -----------------------------------------------------------------------------
; ninep_file_write - copy bytes into a file
;
;   in        r15 = NinePFile, r8 = offset, ecx = bytes, rsi = where from
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     r13 = store; offset + bytes <= the file's length, bytes > 0
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_write
ninep_file_write:
        mov     r9d, ecx
        call    blocks_seek
.next:
        call    blocks_piece
        mov     rdi, rax
        rep movsb
        test    r9d, r9d
        jnz     .next
        ret

; r15 = file, r8 = offset inside it; out: r10d = the block, r8 = offset in it; clobbers rax, r11
blocks_seek:
        mov     r11, [r13 + NinePStore_links]
        mov     r10d, [r15 + NinePFile_first_block]
        mov     rax, r8
        shr     rax, NINEP_BLOCK_SHIFT
        jz      .there
.next:
        mov     r10d, [r11 + r10 * NINEP_LINK - NINEP_LINK]
        dec     rax
        jnz     .next
.there:
        and     r8d, NINEP_BLOCK - 1
        ret

; r10d = block, r8 = offset in it, r9d = bytes left; out: rax = where they are, ecx = how many
; of them in this block; r10d, r8, r9d for the next one
blocks_piece:
        mov     ecx, NINEP_BLOCK
        sub     ecx, r8d
        cmp     ecx, r9d
        cmova   ecx, r9d
        sub     r9d, ecx
        mov     eax, r10d
        dec     eax
        shl     rax, NINEP_BLOCK_SHIFT
        add     rax, r8
        add     rax, [r13 + NinePStore_blocks]
        xor     r8d, r8d
        mov     r10d, [r11 + r10 * NINEP_LINK - NINEP_LINK]
        ret
