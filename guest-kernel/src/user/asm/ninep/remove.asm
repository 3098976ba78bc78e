; Tclunk and Tremove: a fid goes, and its file with it or not.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_clunk - Tclunk
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 as it is
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_clunk
ninep_clunk:
        call    ninep_get_long
        call    ninep_get_end
        call    ninep_fid_need
        jmp     ninep_fid_release

; -----------------------------------------------------------------------------
; ninep_remove - Tremove: the fid goes even if the file stays
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 as it is
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_remove
ninep_remove:
        call    ninep_get_long
        call    ninep_get_end
        call    ninep_fid_need
        lea     rbx, [rel ninep_fail_removed]
        mov     rax, [r15 + NinePFile_parent]
        test    rax, rax
        jz      .stays
        lea     rbx, [rel ninep_fail_root]
        cmp     rax, r15
        je      .stays
        call    ninep_may_parent
        lea     rbx, [rel ninep_fail_permission]
        jnz     .stays
        lea     rbx, [rel ninep_fail_not_empty]
        cmp     qword [r15 + NinePFile_child], 0
        jne     .stays
        call    ninep_file_unlink
        jmp     ninep_fid_release
.stays:
        call    ninep_fid_release
        jmp     rbx
