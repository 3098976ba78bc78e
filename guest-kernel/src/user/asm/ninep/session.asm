; How a session begins: version, authentication, attach; and flush, which has nothing to
; do, for every request was answered before the next one came.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_version - Tversion: agree on a message size and the protocol
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
;
; What is behind a full stop, a dialect, is dropped. A session with an unknown version
; has none: its size stays 0.
; -----------------------------------------------------------------------------
global  ninep_version
ninep_version:
        call    ninep_get_long
        push    rax
        call    ninep_get_text
        call    ninep_get_end
        cmp     dword [rsp], NINEP_LEAST_MSIZE
        jb      ninep_fail_msize
        push    rsi
        call    ninep_fid_release_all
        pop     rsi
        pop     rax
        mov     ecx, [r12 + NinePSession_msize_limit]
        cmp     eax, ecx
        cmova   eax, ecx
        mov     [r14], eax
        add     r14, 4
        xor     edx, edx                        ; the size, if the version is one
        movzx   ecx, word [rsi]
        cmp     ecx, VERSION_BYTES
        jb      .unknown
        je      .compare
        cmp     byte [rsi + NINEP_TEXT + VERSION_BYTES], '.'
        jne     .unknown
.compare:
        add     rsi, NINEP_TEXT
        lea     rdi, [rel version_ours + NINEP_TEXT]
        mov     ecx, VERSION_BYTES
        repe cmpsb
        jne     .unknown
        mov     edx, eax
        lea     rsi, [rel version_ours]
        jmp     .answer
.unknown:
        lea     rsi, [rel version_unknown]
.answer:
        mov     [r12 + NinePSession_msize], edx
        jmp     ninep_put_text

; -----------------------------------------------------------------------------
; ninep_auth - Tauth: refused, for nobody has to prove anything
;
;   in        rbx = the body
;   out       does not return
;   clobbers  everything
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_auth
ninep_auth:
        call    ninep_get_long
        call    ninep_get_text
        call    ninep_get_text
        call    ninep_get_end
        jmp     ninep_fail_auth

; -----------------------------------------------------------------------------
; ninep_terror - the type that no client may send
;
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_terror
ninep_terror:
        jmp     ninep_fail_type

; -----------------------------------------------------------------------------
; ninep_flush - Tflush: the request that it means was answered already
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 as it is
;   clobbers  rax, flags
;   needs     r12 = session
;   probe     none
;
; No flush may be answered by Rerror, so a malformed one closes the connection.
; -----------------------------------------------------------------------------
global  ninep_flush
ninep_flush:
        lea     rax, [rbx + 2]
        cmp     rax, [r12 + NinePSession_request_end]
        jne     ninep_hangup
        ret

; -----------------------------------------------------------------------------
; ninep_attach - Tattach: a fid for the root, as a user
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_attach
ninep_attach:
        call    ninep_get_long
        push    rax
        call    ninep_get_long
        push    rax
        call    ninep_get_text
        push    rsi
        call    ninep_get_text
        mov     r8, rsi
        call    ninep_get_end
        pop     rsi
        pop     rdx
        pop     rax
        cmp     edx, NINEP_NOFID
        jne     ninep_fail_auth
        movzx   ecx, word [r8]
        test    ecx, ecx
        jz      .whole
        dec     ecx
        jnz     ninep_fail_tree
        cmp     byte [r8 + NINEP_TEXT], '/'
        jne     ninep_fail_tree
.whole:
        movzx   ecx, word [rsi]
        dec     ecx
        cmp     ecx, NINEP_USER_MOST
        jae     ninep_fail_user
        call    ninep_fid_reserve
        mov     r15, [r13 + NinePStore_files]
        call    ninep_fid_fill
        mov     eax, [r13 + NinePStore_now]
        mov     [r15 + NinePFile_atime], eax
        jmp     ninep_put_qid

section .rodata.ninep
version_ours:
        dw      VERSION_BYTES
        db      "9P2000"
version_ours_end:
VERSION_BYTES   equ     version_ours_end - version_ours - NINEP_TEXT
version_unknown:
        dw      version_unknown_end - version_unknown - NINEP_TEXT
        db      "unknown"
version_unknown_end:
