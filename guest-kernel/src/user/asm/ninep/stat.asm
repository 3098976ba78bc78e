; Tstat, and directory entries as they are sent.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_stat - Tstat
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_stat
ninep_stat:
        call    ninep_get_long
        call    ninep_get_end
        call    ninep_fid_live
        call    ninep_stat_bytes
        mov     [r14], ax
        add     r14, NINEP_TEXT
        jmp     ninep_put_stat

; -----------------------------------------------------------------------------
; ninep_stat_bytes - how long a file's entry is
;
;   in        r15 = NinePFile
;   out       rax = bytes
;   clobbers  rcx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_stat_bytes
ninep_stat_bytes:
        movzx   eax, word [r15 + NinePFile_name]
        movzx   ecx, word [r15 + NinePFile_uid]
        add     eax, ecx
        movzx   ecx, word [r15 + NinePFile_gid]
        add     eax, ecx
        movzx   ecx, word [r15 + NinePFile_muid]
        lea     eax, [rax + rcx + NinePStat_size + 4 * NINEP_TEXT]
        ret

; -----------------------------------------------------------------------------
; ninep_put_stat - add a file's entry to the reply
;
;   in        r15 = NinePFile, r14 = place in the reply
;   out       r14 behind it
;   clobbers  rax, rcx, rsi, rdi, flags
;   needs     room for it
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_put_stat
ninep_put_stat:
        call    ninep_stat_bytes
        sub     eax, NINEP_TEXT
        mov     [r14 + NinePStat_bytes], ax
        xor     eax, eax
        mov     [r14 + NinePStat_type], ax
        mov     [r14 + NinePStat_dev], eax
        mov     rdi, r14
        add     r14, NinePStat_qid
        call    ninep_put_qid
        mov     eax, [r15 + NinePFile_mode]
        mov     [rdi + NinePStat_mode], eax
        mov     eax, [r15 + NinePFile_atime]
        mov     [rdi + NinePStat_atime], eax
        mov     eax, [r15 + NinePFile_mtime]
        mov     [rdi + NinePStat_mtime], eax
        mov     rax, [r15 + NinePFile_length]
        mov     [rdi + NinePStat_length], rax
        lea     r14, [rdi + NinePStat_size]
        lea     rsi, [r15 + NinePFile_name]
        call    ninep_put_text
        lea     rsi, [r15 + NinePFile_uid]
        call    ninep_put_text
        lea     rsi, [r15 + NinePFile_gid]
        call    ninep_put_text
        lea     rsi, [r15 + NinePFile_muid]
        jmp     ninep_put_text
