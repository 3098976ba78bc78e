; The fids of a session: which file each stands for, as which user, opened how.
; A file counts its fids; one that was removed goes with the last of them.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_fid_find - look for a fid
;
;   in        eax = its number
;   out       rbp = NinePFid, ZF = 0; or ZF = 1 if there is none
;   clobbers  rcx, flags
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_find
ninep_fid_find:
        lea     rbp, [r12 + NinePSession_fids]
        mov     ecx, NINEP_FID_COUNT
.next:
        cmp     qword [rbp + NinePFid_file], 0
        je      .other
        cmp     [rbp + NinePFid_fid], eax
        je      .found
.other:
        add     rbp, NinePFid_size
        dec     ecx
        jnz     .next
        ret
.found:
        test    ecx, ecx
        ret

; -----------------------------------------------------------------------------
; ninep_fid_need - the fid that a request names
;
;   in        eax = its number
;   out       rbp = NinePFid, r15 = its NinePFile
;   clobbers  rcx, flags
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_need
ninep_fid_need:
        call    ninep_fid_find
        jz      ninep_fail_fid
        mov     r15, [rbp + NinePFid_file]
        ret

; -----------------------------------------------------------------------------
; ninep_fid_live - the fid that a request names, of a file that is still there
;
;   in        eax = its number
;   out       rbp = NinePFid, r15 = its NinePFile
;   clobbers  rcx, flags
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_live
ninep_fid_live:
        call    ninep_fid_need
        cmp     qword [r15 + NinePFile_parent], 0
        je      ninep_fail_removed
        ret

; -----------------------------------------------------------------------------
; ninep_fid_reserve - a place for a fid that is not in use
;
;   in        eax = its number
;   out       rdi = a free NinePFid, untouched
;   clobbers  rcx, flags
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_reserve
ninep_fid_reserve:
        cmp     eax, NINEP_NOFID
        je      ninep_fail_fid
        push    rbp
        call    ninep_fid_find
        pop     rbp
        jnz     ninep_fail_fid_used
        lea     rdi, [r12 + NinePSession_fids]
        mov     ecx, NINEP_FID_COUNT
.next:
        cmp     qword [rdi + NinePFid_file], 0
        je      .done
        add     rdi, NinePFid_size
        dec     ecx
        jnz     .next
        jmp     ninep_fail_fids
.done:
        ret

; -----------------------------------------------------------------------------
; ninep_fid_fill - put a fid into its place
;
;   in        rdi = the place, eax = its number, r15 = NinePFile, rsi = the user's name
;   out       nothing
;   clobbers  rcx, rsi, rdi, flags
;   needs     r12 = session; a name of at most NINEP_USER_MOST bytes
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_fill
ninep_fid_fill:
        mov     [rdi + NinePFid_file], r15
        mov     [rdi + NinePFid_fid], eax
        mov     dword [rdi + NinePFid_open], 0
        inc     dword [r15 + NinePFile_fids]
        inc     dword [r12 + NinePSession_fids_used]
        add     rdi, NinePFid_user
        jmp     ninep_copy_text

; -----------------------------------------------------------------------------
; ninep_fid_move - let a fid stand for another file
;
;   in        rbp = NinePFid, r15 = the NinePFile from now on
;   out       nothing
;   clobbers  rax, flags
;   needs     a fid that is not open, of a file that was not removed
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_move
ninep_fid_move:
        mov     rax, [rbp + NinePFid_file]
        dec     dword [rax + NinePFile_fids]
        inc     dword [r15 + NinePFile_fids]
        mov     [rbp + NinePFid_file], r15
        ret

; -----------------------------------------------------------------------------
; ninep_fid_open - mark a fid and its file as open
;
;   in        rbp = NinePFid, r15 = its NinePFile, eax = the mode
;   out       nothing
;   clobbers  rax, flags
;   needs     a fid that is not open
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_open
ninep_fid_open:
        or      eax, NINEP_OPENED
        mov     [rbp + NinePFid_open], eax
        inc     dword [r15 + NinePFile_opens]
        xor     eax, eax
        mov     [rbp + NinePFid_dir_offset], rax
        mov     [rbp + NinePFid_dir_last], rax
        ret

; -----------------------------------------------------------------------------
; ninep_fid_release - forget a fid, and its file if it was opened so or removed
;
;   in        rbp = NinePFid
;   out       nothing
;   clobbers  all caller-saved registers, r15, flags
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_release
ninep_fid_release:
        mov     r15, [rbp + NinePFid_file]
        mov     eax, [rbp + NinePFid_open]
        test    eax, NINEP_OPENED
        jz      .closed
        dec     dword [r15 + NinePFile_opens]
        test    eax, NINEP_ORCLOSE
        jz      .closed
        cmp     qword [r15 + NinePFile_parent], 0
        je      .closed
        call    ninep_file_unlink
.closed:
        xor     eax, eax
        mov     [rbp + NinePFid_file], rax
        dec     dword [r12 + NinePSession_fids_used]
        dec     dword [r15 + NinePFile_fids]
        jnz     .done
        cmp     qword [r15 + NinePFile_parent], 0
        je      ninep_file_free
.done:
        ret

; -----------------------------------------------------------------------------
; ninep_fid_release_all - forget every fid of the session
;
;   in        nothing
;   out       nothing
;   clobbers  all caller-saved registers, rbp, r15, flags
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_fid_release_all
ninep_fid_release_all:
        lea     rbp, [r12 + NinePSession_fids]
        push    NINEP_FID_COUNT
.next:
        cmp     qword [rbp + NinePFid_file], 0
        je      .free
        call    ninep_fid_release
.free:
        add     rbp, NinePFid_size
        dec     qword [rsp]
        jnz     .next
        pop     rax
        ret
