; Twstat: new name, length, mode, time and group of a file; all that was asked or nothing.
; A value that is all ones, an empty text, and what the file has already change nothing.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_wstat - Twstat
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 as it is
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_wstat
ninep_wstat:
        sub     rsp, NinePWstat_size
        call    ninep_get_long
        push    rax
        call    ninep_get_word
        mov     rdx, [r12 + NinePSession_request_end]
        sub     rdx, rbx
        cmp     rax, rdx
        jne     ninep_fail_malformed
        cmp     rax, NinePStat_size + 4 * NINEP_TEXT
        jb      ninep_fail_malformed
        sub     eax, NINEP_TEXT
        cmp     [rbx + NinePStat_bytes], ax
        jne     ninep_fail_malformed
        mov     rdx, rbx
        add     rbx, NinePStat_size
        pop     r8
        mov     [rsp + NinePWstat_head], rdx
        call    ninep_get_text
        mov     [rsp + NinePWstat_name], rsi
        call    ninep_get_text
        mov     [rsp + NinePWstat_uid], rsi
        call    ninep_get_text
        mov     [rsp + NinePWstat_gid], rsi
        call    ninep_get_text
        mov     [rsp + NinePWstat_muid], rsi
        call    ninep_get_end
        mov     eax, r8d
        call    ninep_fid_live
        mov     rbx, [rsp + NinePWstat_head]
        mov     qword [rsp + NinePWstat_changes], 0
        call    need_fixed_alike
        mov     rdi, [rsp + NinePWstat_uid]
        lea     rsi, [r15 + NinePFile_uid]
        call    need_text_alike
        mov     rdi, [rsp + NinePWstat_muid]
        lea     rsi, [r15 + NinePFile_muid]
        call    need_text_alike

        mov     eax, [rbx + NinePStat_mode]
        cmp     eax, NINEP_ABSENT
        je      .mode_stays
        xor     eax, [r15 + NinePFile_mode]
        jz      .mode_stays
        test    eax, NINEP_DMUNKNOWN | NINEP_DMDIR
        jnz     ninep_fail_mode
        call    ninep_need_owner
        or      dword [rsp + NinePWstat_changes], NINEP_CHANGE_MODE
.mode_stays:
        mov     eax, [rbx + NinePStat_mtime]
        cmp     eax, NINEP_ABSENT
        je      .mtime_stays
        cmp     eax, [r15 + NinePFile_mtime]
        je      .mtime_stays
        call    ninep_need_owner
        or      dword [rsp + NinePWstat_changes], NINEP_CHANGE_MTIME
.mtime_stays:
        mov     rdi, [rsp + NinePWstat_gid]
        lea     rsi, [r15 + NinePFile_gid]
        call    text_alike
        je      .gid_stays
        call    ninep_need_owner
        mov     rdi, [rsp + NinePWstat_gid]
        lea     rsi, [rbp + NinePFid_user]
        call    ninep_equal
        jne     ninep_fail_owner                ; a user is in the group of the same name, and leads it
        or      dword [rsp + NinePWstat_changes], NINEP_CHANGE_GID
.gid_stays:
        mov     rax, [rbx + NinePStat_length]
        cmp     rax, NINEP_ABSENT
        je      .length_stays
        cmp     rax, [r15 + NinePFile_length]
        je      .length_stays
        test    dword [r15 + NinePFile_mode], NINEP_DMDIR
        jnz     ninep_fail_directory
        mov     ecx, NINEP_MAY_WRITE
        call    ninep_may
        jnz     ninep_fail_permission
        or      dword [rsp + NinePWstat_changes], NINEP_CHANGE_LENGTH
.length_stays:
        mov     rdi, [rsp + NinePWstat_name]
        lea     rsi, [r15 + NinePFile_name]
        call    text_alike
        je      .name_stays
        cmp     [r15 + NinePFile_parent], r15
        je      ninep_fail_root
        mov     rsi, [rsp + NinePWstat_name]
        call    ninep_need_name
        call    ninep_may_parent
        jnz     ninep_fail_permission
        mov     rsi, [rsp + NinePWstat_name]
        push    r15
        mov     r15, [r15 + NinePFile_parent]
        call    ninep_file_lookup
        pop     r15
        jnz     ninep_fail_exists
        or      dword [rsp + NinePWstat_changes], NINEP_CHANGE_NAME
.name_stays:

; All of it is allowed. Only a longer file may still fail, so that comes first.
        mov     ebx, [rsp + NinePWstat_changes]
        test    ebx, ebx
        jz      .done
        mov     rdx, [rsp + NinePWstat_head]
        mov     rdx, [rdx + NinePStat_length]
        test    ebx, NINEP_CHANGE_LENGTH
        jz      .length_done
        call    ninep_file_resize
        mov     rdx, r15
        call    ninep_file_touch
.length_done:
        mov     rdx, [rsp + NinePWstat_head]
        test    ebx, NINEP_CHANGE_MODE
        jz      .mode_done
        mov     eax, [rdx + NinePStat_mode]
        mov     [r15 + NinePFile_mode], eax
.mode_done:
        test    ebx, NINEP_CHANGE_MTIME
        jz      .mtime_done
        mov     eax, [rdx + NinePStat_mtime]
        mov     [r15 + NinePFile_mtime], eax
.mtime_done:
        test    ebx, NINEP_CHANGE_GID
        jz      .gid_done
        mov     rsi, [rsp + NinePWstat_gid]
        lea     rdi, [r15 + NinePFile_gid]
        call    ninep_copy_text
.gid_done:
        test    ebx, NINEP_CHANGE_NAME
        jz      .name_done
        mov     rsi, [rsp + NinePWstat_name]
        lea     rdi, [r15 + NinePFile_name]
        call    ninep_copy_text
.name_done:
        mov     rdx, [r15 + NinePFile_parent]
        cmp     rdx, r15
        je      .done
        call    ninep_file_touch
.done:
        add     rsp, NinePWstat_size
        ret

; rbx = NinePStat of the request, r15 = file: what nobody may change is absent or as it is.
; clobbers rax
need_fixed_alike:
        movzx   eax, word [rbx + NinePStat_type]
        cmp     eax, NINEP_ABSENT_WORD
        je      .type
        test    eax, eax
        jnz     ninep_fail_fixed
.type:
        mov     eax, [rbx + NinePStat_dev]
        cmp     eax, NINEP_ABSENT
        je      .dev
        test    eax, eax
        jnz     ninep_fail_fixed
.dev:
        movzx   eax, byte [rbx + NinePStat_qid + NinePQid_type]
        cmp     eax, NINEP_ABSENT_BYTE
        je      .qid_type
        cmp     al, [r15 + NinePFile_mode + NINEP_QID_SHIFT / 8]
        jne     ninep_fail_fixed
.qid_type:
        mov     eax, [rbx + NinePStat_qid + NinePQid_version]
        cmp     eax, NINEP_ABSENT
        je      .version
        cmp     eax, [r15 + NinePFile_version]
        jne     ninep_fail_fixed
.version:
        mov     rax, [rbx + NinePStat_qid + NinePQid_path]
        cmp     rax, NINEP_ABSENT
        je      .path
        cmp     rax, [r15 + NinePFile_path]
        jne     ninep_fail_fixed
.path:
        mov     eax, [rbx + NinePStat_atime]
        cmp     eax, NINEP_ABSENT
        je      .done
        cmp     eax, [r15 + NinePFile_atime]
        jne     ninep_fail_fixed
.done:
        ret

; rdi = text of the request, rsi = the file's; clobbers rcx, rsi, rdi
need_text_alike:
        call    text_alike
        jne     ninep_fail_fixed
        ret

; rdi = text of the request, rsi = the file's; out: ZF = 1 if it changes nothing;
; clobbers rcx, rsi, rdi
text_alike:
        cmp     word [rdi], 0
        jne     ninep_equal
        ret
