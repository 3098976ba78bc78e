; Who may do what, and which names there are.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_may - whether a fid's user has permissions for a file
;
;   in        rbp = NinePFid, r15 = NinePFile, ecx = NINEP_MAY_*, or-ed
;   out       ZF = 1 if all of them
;   clobbers  rax, rcx, rdx, rsi, rdi, r8, flags
;   needs     nothing
;   probe     none
;
; A user has what others have, what the group has whose name is the user's, and what the
; owner has: the most of the three that apply (intro(5)).
; -----------------------------------------------------------------------------
global  ninep_may
ninep_may:
        mov     edx, ecx
        mov     r8d, [r15 + NinePFile_mode]
        call    ninep_is_group
        jne     .not_group
        mov     eax, [r15 + NinePFile_mode]
        shr     eax, NINEP_GROUP_SHIFT
        or      r8d, eax
.not_group:
        lea     rsi, [rbp + NinePFid_user]
        lea     rdi, [r15 + NinePFile_uid]
        call    ninep_equal
        jne     .not_owner
        mov     eax, [r15 + NinePFile_mode]
        shr     eax, NINEP_OWNER_SHIFT
        or      r8d, eax
.not_owner:
        not     r8d
        test    r8d, edx
        ret

; -----------------------------------------------------------------------------
; ninep_is_group - whether a fid's user leads a file's group: has its name
;
;   in        rbp = NinePFid, r15 = NinePFile
;   out       ZF = 1 if so
;   clobbers  rcx, rsi, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_is_group
ninep_is_group:
        lea     rsi, [rbp + NinePFid_user]
        lea     rdi, [r15 + NinePFile_gid]
        jmp     ninep_equal

; -----------------------------------------------------------------------------
; ninep_need_owner - only the owner or the leader of the group goes on
;
;   in        rbp = NinePFid, r15 = NinePFile
;   out       nothing; or the request fails
;   clobbers  rcx, rsi, rdi, flags
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_need_owner
ninep_need_owner:
        call    ninep_is_group
        je      .done
        lea     rsi, [rbp + NinePFid_user]
        lea     rdi, [r15 + NinePFile_uid]
        call    ninep_equal
        jne     ninep_fail_owner
.done:
        ret

; -----------------------------------------------------------------------------
; ninep_may_parent - whether a fid's user may change what is in a file's directory
;
;   in        rbp = NinePFid, r15 = NinePFile
;   out       ZF = 1 if so
;   clobbers  rax, rcx, rdx, rsi, rdi, r8, flags
;   needs     a file that was not removed
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_may_parent
ninep_may_parent:
        push    r15
        mov     r15, [r15 + NinePFile_parent]
        mov     ecx, NINEP_MAY_WRITE
        call    ninep_may
        pop     r15
        ret

; -----------------------------------------------------------------------------
; ninep_need_name - only what can be a file's name goes on
;
;   in        rsi = the name
;   out       nothing; or the request fails
;   clobbers  rax, rcx, rdi, flags
;   needs     r12 = session
;   probe     none
;
; Not empty, not too long, not . or .., no slash, no control character.
; -----------------------------------------------------------------------------
global  ninep_need_name
ninep_need_name:
        movzx   ecx, word [rsi]
        lea     eax, [rcx - 1]
        cmp     eax, NINEP_NAME_MOST
        jae     ninep_fail_name
.next:
        movzx   eax, byte [rsi + rcx + NINEP_TEXT - 1]
        cmp     eax, ' '
        jb      ninep_fail_name
        cmp     eax, DELETE
        je      ninep_fail_name
        cmp     eax, '/'
        je      ninep_fail_name
        dec     ecx
        jnz     .next
        mov     rax, rsi
        lea     rdi, [rel ninep_dot]
        call    ninep_equal
        je      ninep_fail_name
        mov     rsi, rax
        lea     rdi, [rel ninep_dot_dot]
        call    ninep_equal
        je      ninep_fail_name
        mov     rsi, rax
        ret

DELETE          equ     0x7f

section .rodata.ninep
ninep_dot:
        dw      1
        db      "."
global  ninep_dot_dot
ninep_dot_dot:
        dw      2
        db      ".."
