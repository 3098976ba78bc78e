; Twalk: from one file to another, up to sixteen names at once.
; Either all of it happens and newfid is there, or newfid is as it was.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_walk - Twalk
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
;
; The names are read twice: once to see that the request is well formed, before anything
; is looked at, and once to follow them.
; -----------------------------------------------------------------------------
global  ninep_walk
ninep_walk:
        sub     rsp, NinePWalk_size
        call    ninep_get_long
        mov     [rsp + NinePWalk_fid], eax
        call    ninep_get_long
        mov     [rsp + NinePWalk_newfid], eax
        call    ninep_get_word
        cmp     eax, NINEP_MOST_NAMES
        ja      ninep_fail_names
        mov     [rsp + NinePWalk_count], eax
        mov     [rsp + NinePWalk_left], eax
        mov     [rsp + NinePWalk_names], rbx
.parse:
        dec     dword [rsp + NinePWalk_left]
        js      .parsed
        call    ninep_get_text
        jmp     .parse
.parsed:
        call    ninep_get_end
        mov     eax, [rsp + NinePWalk_fid]
        call    ninep_fid_live
        cmp     dword [rbp + NinePFid_open], 0
        jne     ninep_fail_opened
        xor     edi, edi
        mov     eax, [rsp + NinePWalk_newfid]
        cmp     eax, [rsp + NinePWalk_fid]
        je      .reserved
        call    ninep_fid_reserve
.reserved:
        mov     [rsp + NinePWalk_slot], rdi
        add     r14, 2                          ; the number of qids comes last
        mov     eax, [rsp + NinePWalk_count]
        mov     [rsp + NinePWalk_left], eax
        mov     rbx, [rsp + NinePWalk_names]
.walk:
        cmp     dword [rsp + NinePWalk_left], 0
        je      .arrived
        call    ninep_get_text
        call    walk_step
        jz      .stopped
        mov     r15, rax
        call    ninep_put_qid
        dec     dword [rsp + NinePWalk_left]
        jmp     .walk
.stopped:
        mov     eax, [rsp + NinePWalk_left]
        cmp     eax, [rsp + NinePWalk_count]
        jne     .answer
        jmp     r8                              ; the first name failed, and so does the request
.arrived:
        mov     rdi, [rsp + NinePWalk_slot]
        test    rdi, rdi
        jz      .same
        mov     eax, [rsp + NinePWalk_newfid]
        lea     rsi, [rbp + NinePFid_user]
        call    ninep_fid_fill
        jmp     .answer
.same:
        call    ninep_fid_move
.answer:
        mov     eax, [rsp + NinePWalk_count]
        sub     eax, [rsp + NinePWalk_left]
        mov     rdx, [r12 + NinePSession_reply]
        mov     [rdx + NINEP_HEADER], ax
        add     rsp, NinePWalk_size
        ret

; r15 = file, rsi = name, rbp = fid; out: rax = the file of that name there, ZF = 0; or
; ZF = 1, r8 = how the request fails; clobbers all caller-saved registers
walk_step:
        lea     r8, [rel ninep_fail_not_directory]
        test    dword [r15 + NinePFile_mode], NINEP_DMDIR
        jz      .done
        mov     eax, [r13 + NinePStore_now]
        mov     [r15 + NinePFile_atime], eax
        push    rsi
        mov     ecx, NINEP_MAY_EXECUTE
        call    ninep_may
        pop     rsi
        lea     r8, [rel ninep_fail_permission]
        jnz     .refused
        lea     r8, [rel ninep_fail_not_found]
        push    rsi
        lea     rdi, [rel ninep_dot_dot]
        call    ninep_equal
        pop     rsi
        jne     ninep_file_lookup
        mov     rax, [r15 + NinePFile_parent]
        test    rax, rax
.done:
        ret
.refused:
        xor     eax, eax
        ret
