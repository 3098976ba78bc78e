; The file tree: its records, and how they hang together. A record is 0 where it is free
; but for the link to the next free one; a directory's children are in the order in which
; they were made, which is that of their paths.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_format - make a tree with nothing in it but its root
;
;   in        rdi = memory for it, rsi = bytes of that, edx = files at most, the root included
;             ecx = the time, seconds since 1970
;   out       eax = blocks in its arena, or 0: too little memory, or too many files
;   clobbers  all caller-saved registers, flags
;   needs     DF = 0; memory at a multiple of 8; what is in it does not matter
;   probe     none
;
; The blocks end where the memory ends.
; -----------------------------------------------------------------------------
global  ninep_format
ninep_format:
        push    r13
        push    r15
        mov     r13, rdi
        lea     eax, [rdx - 1]
        cmp     eax, NINEP_MOST_FILES
        jae     .refused
        mov     r8d, edx
        imul    rax, r8, NinePFile_size
        add     rax, NinePStore_size
        sub     rsi, rax
        jbe     .refused
        lea     r9, [rdi + rax]                 ; links of blocks
        mov     r10d, ecx
        mov     rax, rsi
        xor     edx, edx
        mov     ecx, NINEP_BLOCK + NINEP_LINK
        div     rcx
        test    rax, rax
        jz      .refused
        mov     ecx, NINEP_MOST_BLOCKS
        cmp     rax, rcx
        cmova   rax, rcx
        mov     r11, rax
        shl     rax, NINEP_BLOCK_SHIFT
        neg     rax
        add     rax, r9
        add     rax, rsi
        mov     [r13 + NinePStore_blocks], rax
        mov     [r13 + NinePStore_links], r9
        lea     rax, [r13 + NinePStore_size]
        mov     [r13 + NinePStore_files], rax
        mov     [r13 + NinePStore_free_file], rax
        mov     [r13 + NinePStore_file_count], r8d
        mov     [r13 + NinePStore_block_count], r11d
        mov     [r13 + NinePStore_now], r10d
        xor     eax, eax
        mov     [r13 + NinePStore_next_path], rax
        mov     [r13 + NinePStore_files_used], eax
        mov     [r13 + NinePStore_blocks_used], eax
        inc     eax
        mov     [r13 + NinePStore_free_block], eax
.link_block:
        inc     eax
        mov     [r9 + rax * NINEP_LINK - 2 * NINEP_LINK], eax
        cmp     eax, r11d
        jbe     .link_block
        mov     dword [r9 + r11 * NINEP_LINK - NINEP_LINK], 0
        mov     rax, [r13 + NinePStore_files]
.link_file:
        lea     rdx, [rax + NinePFile_size]
        mov     [rax + NinePFile_next], rdx
        mov     rcx, rax
        mov     rax, rdx
        dec     r8d
        jnz     .link_file
        mov     [rcx + NinePFile_next], r8
        call    ninep_file_new
        mov     [r15 + NinePFile_parent], r15
        mov     dword [r15 + NinePFile_mode], NINEP_ROOT_MODE
        lea     rdi, [r15 + NinePFile_name]
        lea     rsi, [rel ninep_root_name]
        call    ninep_copy_text
        lea     rdi, [r15 + NinePFile_uid]
        lea     rsi, [rel ninep_root_user]
        call    ninep_copy_text
        lea     rdi, [r15 + NinePFile_gid]
        lea     rsi, [rel ninep_root_user]
        call    ninep_copy_text
        lea     rdi, [r15 + NinePFile_muid]
        lea     rsi, [rel ninep_root_user]
        call    ninep_copy_text
        mov     eax, [r13 + NinePStore_block_count]
        jmp     .leave
.refused:
        xor     eax, eax
.leave:
        pop     r15
        pop     r13
        ret

; -----------------------------------------------------------------------------
; ninep_file_new - a file record with a path and the time, and nothing else
;
;   in        nothing
;   out       r15 = NinePFile; or the request fails
;   clobbers  rax, rcx, rdi, flags
;   needs     r13 = store; r12 = session where the store may be full
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_new
ninep_file_new:
        mov     rax, [r13 + NinePStore_free_file]
        test    rax, rax
        jz      ninep_fail_files
        mov     r15, rax
        mov     rax, [r15 + NinePFile_next]
        mov     [r13 + NinePStore_free_file], rax
        inc     dword [r13 + NinePStore_files_used]
        mov     rdi, r15
        mov     ecx, NinePFile_size / 8
        xor     eax, eax
        rep stosq
        mov     rax, [r13 + NinePStore_next_path]
        mov     [r15 + NinePFile_path], rax
        inc     qword [r13 + NinePStore_next_path]
        mov     eax, [r13 + NinePStore_now]
        mov     [r15 + NinePFile_atime], eax
        mov     [r15 + NinePFile_mtime], eax
        ret

; -----------------------------------------------------------------------------
; ninep_file_free - give a file record back
;
;   in        r15 = NinePFile
;   out       nothing
;   clobbers  rax, flags
;   needs     r13 = store; in no directory, without fids and blocks
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_free
ninep_file_free:
        mov     rax, [r13 + NinePStore_free_file]
        mov     [r15 + NinePFile_next], rax
        mov     [r13 + NinePStore_free_file], r15
        dec     dword [r13 + NinePStore_files_used]
        ret

; -----------------------------------------------------------------------------
; ninep_file_lookup - a directory's child of a name
;
;   in        r15 = NinePFile, a directory; rsi = the name
;   out       rax = NinePFile, ZF = 0; or 0, ZF = 1
;   clobbers  rcx, rdx, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_lookup
ninep_file_lookup:
        mov     rdx, rsi
        mov     rax, [r15 + NinePFile_child]
.next:
        test    rax, rax
        jz      .done
        lea     rdi, [rax + NinePFile_name]
        mov     rsi, rdx
        call    ninep_equal
        je      .found
        mov     rax, [rax + NinePFile_next]
        jmp     .next
.found:
        test    rax, rax
.done:
        mov     rsi, rdx
        ret

; -----------------------------------------------------------------------------
; ninep_file_link - hang a new file into a directory, behind the others
;
;   in        r15 = NinePFile, rdx = the directory
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     a file newer than every other in the directory
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_link
ninep_file_link:
        mov     [r15 + NinePFile_parent], rdx
        lea     rax, [rdx + NinePFile_child]
.next:
        mov     rcx, [rax]
        test    rcx, rcx
        jz      .last
        lea     rax, [rcx + NinePFile_next]
        jmp     .next
.last:
        mov     [rax], r15
        ret

; -----------------------------------------------------------------------------
; ninep_file_unlink - take a file out of its directory, and its bytes from it
;
;   in        r15 = NinePFile; rbp = NinePFid of who does it
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     r13 = store; not the root, no children, not removed yet
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_unlink
ninep_file_unlink:
        mov     rdx, [r15 + NinePFile_parent]
        lea     rax, [rdx + NinePFile_child]
.next:
        mov     rcx, [rax]
        cmp     rcx, r15
        je      .found
        lea     rax, [rcx + NinePFile_next]
        jmp     .next
.found:
        mov     rcx, [r15 + NinePFile_next]
        mov     [rax], rcx
        xor     eax, eax
        mov     [r15 + NinePFile_next], rax
        mov     [r15 + NinePFile_parent], rax
        call    ninep_file_touch
        xor     edx, edx
        jmp     ninep_file_resize

; -----------------------------------------------------------------------------
; ninep_file_touch - note a change of a file's contents
;
;   in        rdx = NinePFile; rbp = NinePFid of who does it
;   out       nothing
;   clobbers  rax, rcx, rsi, rdi, flags
;   needs     r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_file_touch
ninep_file_touch:
        mov     eax, [r13 + NinePStore_now]
        mov     [rdx + NinePFile_mtime], eax
        mov     [rdx + NinePFile_atime], eax
        inc     dword [rdx + NinePFile_version]
        lea     rsi, [rbp + NinePFid_user]
        lea     rdi, [rdx + NinePFile_muid]
        jmp     ninep_copy_text

section .rodata.ninep
ninep_root_name:
        dw      1
        db      "/"
ninep_root_user:
        dw      3
        db      "ram"
