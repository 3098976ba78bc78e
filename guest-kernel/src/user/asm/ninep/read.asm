; Tread: bytes of a file, or entries of a directory.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_read - Tread
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
;
; The count is cut to what an open told as iounit and to the room for the reply.
; -----------------------------------------------------------------------------
global  ninep_read
ninep_read:
        call    ninep_get_long
        push    rax
        call    ninep_get_quad
        push    rax
        call    ninep_get_long
        call    ninep_get_end
        mov     ebx, eax                        ; bytes
        mov     eax, [rsp + 8]
        call    ninep_fid_live
        mov     eax, [rbp + NinePFid_open]
        test    eax, NINEP_OPENED
        jz      ninep_fail_not_opened
        and     eax, NINEP_OACCESS
        cmp     eax, NINEP_OWRITE
        je      ninep_fail_not_opened
        mov     eax, [r12 + NinePSession_msize]
        sub     eax, NINEP_IO_HEADER
        cmp     ebx, eax
        cmova   ebx, eax
        mov     rax, [r12 + NinePSession_reply_end]
        sub     rax, r14
        sub     rax, READ_COUNT
        cmp     rbx, rax
        cmova   rbx, rax
        pop     r8                              ; the offset
        pop     rax
        test    dword [r15 + NinePFile_mode], NINEP_DMDIR
        jnz     read_directory
        mov     rdx, [r15 + NinePFile_device]
        test    rdx, rdx
        jnz     ninep_device_read
        mov     eax, [r13 + NinePStore_now]
        mov     [r15 + NinePFile_atime], eax
        mov     rax, [r15 + NinePFile_length]
        sub     rax, r8
        ja      .some
        xor     eax, eax
.some:
        cmp     rbx, rax
        cmova   rbx, rax
        mov     [r14], ebx
        add     r14, READ_COUNT
        mov     ecx, ebx
        test    ecx, ecx
        jz      .done
        mov     rdi, r14
        call    ninep_file_read
        mov     r14, rdi
.done:
        ret

; r15 = directory, rbp = fid, r8 = offset, rbx = bytes at most; out: r14 behind the reply.
; A fid remembers the last entry that it gave by its path, so that entries may come and go
; between two reads.
read_directory:
        test    r8, r8
        jnz     .goes_on
        mov     [rbp + NinePFid_dir_offset], r8
        mov     [rbp + NinePFid_dir_last], r8
.goes_on:
        cmp     [rbp + NinePFid_dir_offset], r8
        jne     ninep_fail_offset
        mov     eax, [r13 + NinePStore_now]
        mov     [r15 + NinePFile_atime], eax
        mov     rdx, r14
        add     r14, READ_COUNT
        add     rbx, r14                        ; where the entries must end
        mov     r8, [r15 + NinePFile_child]
        mov     r9, [rbp + NinePFid_dir_last]
.seek:
        test    r8, r8
        jz      .end
        cmp     [r8 + NinePFile_path], r9
        ja      .entries
        mov     r8, [r8 + NinePFile_next]
        jmp     .seek
.entries:
        mov     r15, r8
        call    ninep_stat_bytes
        add     rax, r14
        cmp     rax, rbx
        ja      .no_room
        call    ninep_put_stat
        mov     rax, [r15 + NinePFile_path]
        mov     [rbp + NinePFid_dir_last], rax
        mov     r8, [r15 + NinePFile_next]
        test    r8, r8
        jnz     .entries
        jmp     .end
.no_room:
        lea     rax, [rdx + READ_COUNT]
        cmp     r14, rax
        je      ninep_fail_count
.end:
        mov     rax, r14
        sub     rax, rdx
        sub     rax, READ_COUNT
        mov     [rdx], eax
        add     [rbp + NinePFid_dir_offset], rax
        ret

READ_COUNT      equ     4                       ; bytes of the count before the data
