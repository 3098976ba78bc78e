; Topen and Tcreate: from a file to a fid that reads and writes.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_open - Topen
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_open
ninep_open:
        call    ninep_get_long
        push    rax
        call    ninep_get_byte
        call    ninep_get_end
        mov     ebx, eax                        ; the mode
        pop     rax
        call    ninep_fid_live
        cmp     dword [rbp + NinePFid_open], 0
        jne     ninep_fail_opened
        test    ebx, NINEP_OUNKNOWN
        jnz     ninep_fail_mode
        test    dword [r15 + NinePFile_mode], NINEP_DMDIR
        jz      .file
        call    need_directory_mode
.file:
        call    access_wanted
        call    ninep_may
        jnz     ninep_fail_permission
        test    ebx, NINEP_ORCLOSE
        jz      .stays
        call    ninep_may_parent
        jnz     ninep_fail_permission
.stays:
        test    dword [r15 + NinePFile_mode], NINEP_DMEXCL
        jz      .shared
        cmp     dword [r15 + NinePFile_opens], 0
        jne     ninep_fail_exclusive
.shared:
        test    ebx, NINEP_OTRUNC
        jz      .whole
        test    dword [r15 + NinePFile_mode], NINEP_DMAPPEND
        jnz     .whole
        mov     rdx, r15
        call    ninep_file_touch
        xor     edx, edx
        call    ninep_file_resize
.whole:
        mov     eax, ebx
        jmp     opened

; r15 = file, rbp = its fid, eax = mode; out: r14 behind the reply of an open or a create
opened:
        call    ninep_fid_open
        call    ninep_put_qid
        mov     eax, [r12 + NinePSession_msize]
        sub     eax, NINEP_IO_HEADER
        mov     [r14], eax
        add     r14, 4
        ret

; ebx = mode; a directory is read, and nothing else is done to it
need_directory_mode:
        cmp     ebx, NINEP_OREAD
        je      .done
        cmp     ebx, NINEP_OEXEC
        jne     ninep_fail_directory
.done:
        ret

; ebx = mode; out: ecx = NINEP_MAY_* that it asks for; clobbers rax, rdx
access_wanted:
        mov     eax, ebx
        and     eax, NINEP_OACCESS
        lea     rdx, [rel access_masks]
        movzx   ecx, byte [rdx + rax]
        test    ebx, NINEP_OTRUNC
        jz      .done
        or      ecx, NINEP_MAY_WRITE
.done:
        ret

; -----------------------------------------------------------------------------
; ninep_create - Tcreate
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_create
ninep_create:
        call    ninep_get_long
        push    rax
        call    ninep_get_text
        push    rsi
        call    ninep_get_long
        push    rax
        call    ninep_get_byte
        call    ninep_get_end
        mov     ebx, eax                        ; the mode
        mov     eax, [rsp + 2 * 8]
        call    ninep_fid_live
        cmp     dword [rbp + NinePFid_open], 0
        jne     ninep_fail_opened
        test    dword [r15 + NinePFile_mode], NINEP_DMDIR
        jz      ninep_fail_not_directory
        mov     eax, [r13 + NinePStore_now]
        mov     [r15 + NinePFile_atime], eax
        mov     rsi, [rsp + 8]
        call    ninep_need_name
        test    dword [rsp], NINEP_DMUNKNOWN
        jnz     ninep_fail_mode
        test    ebx, NINEP_OUNKNOWN
        jnz     ninep_fail_mode
        test    dword [rsp], NINEP_DMDIR
        jz      .file
        call    need_directory_mode
.file:
        mov     ecx, NINEP_MAY_WRITE
        call    ninep_may
        jnz     ninep_fail_permission
        mov     rsi, [rsp + 8]
        call    ninep_file_lookup
        jnz     ninep_fail_exists
        push    r15
        call    ninep_file_new
        pop     rdx                             ; the directory
        pop     rax
        call    permissions_inherited
        mov     [r15 + NinePFile_mode], eax
        pop     rsi
        lea     rdi, [r15 + NinePFile_name]
        call    ninep_copy_text
        lea     rsi, [rbp + NinePFid_user]
        lea     rdi, [r15 + NinePFile_uid]
        call    ninep_copy_text
        lea     rsi, [rdx + NinePFile_gid]
        lea     rdi, [r15 + NinePFile_gid]
        call    ninep_copy_text
        lea     rsi, [rbp + NinePFid_user]
        lea     rdi, [r15 + NinePFile_muid]
        call    ninep_copy_text
        call    ninep_file_link
        call    ninep_file_touch
        call    ninep_fid_move
        pop     rax
        mov     eax, ebx
        jmp     opened

; eax = mode that was asked for, rdx = directory; out: eax = mode that the file gets;
; clobbers rcx
permissions_inherited:
        mov     ecx, NINEP_FILE_INHERITS
        test    eax, NINEP_DMDIR
        jz      .file
        mov     ecx, NINEP_DIR_INHERITS
.file:
        not     ecx
        or      ecx, [rdx + NinePFile_mode]
        and     eax, ecx
        ret

section .rodata.ninep
access_masks:
        db      NINEP_MAY_READ, NINEP_MAY_WRITE, NINEP_MAY_READ | NINEP_MAY_WRITE, NINEP_MAY_EXECUTE
