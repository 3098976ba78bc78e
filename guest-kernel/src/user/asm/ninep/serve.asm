; The door of the file server: one request in, one reply out, nothing kept but the tables.
; Nothing here knows how messages travel; it holds no memory but what it is handed.
;
;   r12 = session   r13 = store          rbx = place in the request   r14 = place in the reply
;   rbp = fid       r15 = file           (both once a handler has found them)

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_serve - answer one request
;
;   in        rdi = NinePSession, rsi = the request, edx = its bytes
;             rcx = where the reply goes, r8d = bytes of room there
;   out       eax = bytes of the reply, or 0: close the connection
;   clobbers  all caller-saved registers, flags
;   needs     DF = 0; the two buffers, session and store do not overlap;
;             NinePStore_now is the time in seconds since 1970
;   probe     none
;
; A request whose frame is wrong closes the connection, for what follows cannot be told
; from it. Everything else gets a reply. No byte behind the request is read and none
; behind the room is written: replies of bounded length fit into NINEP_LEAST_MSIZE, and
; the others ask for the end of the room.
; -----------------------------------------------------------------------------
global  ninep_serve
ninep_serve:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     r12, rdi
        mov     r13, [r12 + NinePSession_store]
        mov     edx, edx
        cmp     edx, NINEP_HEADER
        jb      .close
        cmp     r8d, NINEP_LEAST_MSIZE
        jb      .close
        cmp     [rsi], edx
        jne     .close
        mov     eax, [r12 + NinePSession_msize]
        test    eax, eax
        jnz     .agreed
        mov     eax, [r12 + NinePSession_msize_limit]
.agreed:
        cmp     edx, eax
        ja      .close
        cmp     r8d, eax
        cmova   r8d, eax
        add     r8, rcx
        add     rdx, rsi
        mov     [r12 + NinePSession_reply], rcx
        mov     [r12 + NinePSession_reply_end], r8
        mov     [r12 + NinePSession_request_end], rdx
        mov     [r12 + NinePSession_stack], rsp
        lea     rbx, [rsi + NINEP_HEADER]
        lea     r14, [rcx + NINEP_HEADER]
        movzx   edx, word [rsi + NINEP_TAG_AT]
        mov     [rcx + NINEP_TAG_AT], dx
        movzx   eax, byte [rsi + NINEP_TYPE_AT]
        lea     edx, [rax + 1]
        mov     [rcx + NINEP_TYPE_AT], dl
        sub     eax, NINEP_TVERSION
        jb      ninep_fail_type
        shr     eax, 1
        jc      ninep_fail_type                 ; a reply
        cmp     eax, HANDLERS
        jae     ninep_fail_type
        cmp     dword [r12 + NinePSession_msize], 0
        jne     .known
        test    eax, eax
        jz      .known
        cmp     eax, (NINEP_TFLUSH - NINEP_TVERSION) / NINEP_TYPE_STEP
        jne     ninep_fail_version
.known:
        lea     rdx, [rel ninep_handlers]
        call    [rdx + rax * 8]
.reply:
        mov     rdx, [r12 + NinePSession_reply]
        mov     rax, r14
        sub     rax, rdx
        mov     [rdx], eax
        jmp     .leave
.close:
        xor     eax, eax
.leave:
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; ninep_error - end a request with Rerror, from however deep inside a handler
;
;   in        rsi = the text, as on the wire
;   out       returns to ninep_serve's caller
;   clobbers  everything that ninep_serve restores
;   needs     r12 = session; nothing was changed that the reply would deny
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_error
ninep_error:
        mov     rsp, [r12 + NinePSession_stack]
        mov     r14, [r12 + NinePSession_reply]
        mov     byte [r14 + NINEP_TYPE_AT], NINEP_RERROR
        add     r14, NINEP_HEADER
        call    ninep_put_text
        jmp     ninep_serve.reply

; -----------------------------------------------------------------------------
; ninep_hangup - end a request that must not be answered by Rerror
;
;   in        nothing
;   out       returns 0 to ninep_serve's caller
;   clobbers  everything that ninep_serve restores
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_hangup
ninep_hangup:
        mov     rsp, [r12 + NinePSession_stack]
        jmp     ninep_serve.close

; -----------------------------------------------------------------------------
; ninep_reset - the connection is gone: forget its fids and what was agreed on
;
;   in        rdi = NinePSession
;   out       nothing
;   clobbers  all caller-saved registers, flags
;   needs     DF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_reset
ninep_reset:
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        push    r15
        mov     r12, rdi
        mov     r13, [r12 + NinePSession_store]
        call    ninep_fid_release_all
        mov     dword [r12 + NinePSession_msize], 0
        jmp     ninep_serve.leave

section .rodata.ninep
align 8
ninep_handlers:
        dq      ninep_version, ninep_auth, ninep_attach, ninep_terror, ninep_flush, ninep_walk
        dq      ninep_open, ninep_create, ninep_read, ninep_write, ninep_clunk, ninep_remove
        dq      ninep_stat, ninep_wstat
ninep_handlers_end:

HANDLERS        equ     (NINEP_TYPE_END - NINEP_TVERSION) / NINEP_TYPE_STEP
%assert (ninep_handlers_end - ninep_handlers) / 8 == HANDLERS, "a handler a type"
