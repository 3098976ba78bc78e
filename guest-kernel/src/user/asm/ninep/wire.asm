; Integers and texts, from the request and to the reply.
; What is read is checked against the request's end, so no handler can run past it.

%include "abi/ninep.inc"

section .text.ninep

; The largest replies of bounded length: a walk's and a stat's.
WALK_MOST       equ     NINEP_HEADER + 2 + NINEP_MOST_NAMES * NinePQid_size
STAT_TEXTS      equ     4 * NINEP_TEXT + NINEP_NAME_MOST + 3 * NINEP_USER_MOST
%assert WALK_MOST <= NINEP_LEAST_MSIZE, "a walk's reply fits"
%assert NINEP_HEADER + 2 + NinePStat_size + STAT_TEXTS <= NINEP_LEAST_MSIZE, "a stat's reply fits"

; -----------------------------------------------------------------------------
; ninep_get_%{name} - take an integer of so many bytes from the request: byte, word, long, quad
;
;   in        rbx = place in the request
;   out       rax = the integer, zero-extended; rbx behind it
;   clobbers  flags
;   needs     r12 = session; a request that ends before it is malformed
;   probe     none
; -----------------------------------------------------------------------------
%macro GET name, bytes
global  ninep_get_%{name}
ninep_get_%{name}:
        lea     rax, [rbx + %bytes]
        cmp     rax, [r12 + NinePSession_request_end]
        ja      ninep_fail_malformed
        xchg    rax, rbx
%endmacro

        GET     byte, 1
        movzx   eax, byte [rax]
        ret
        GET     word, 2
        movzx   eax, word [rax]
        ret
        GET     long, 4
        mov     eax, [rax]
        ret
        GET     quad, 8
        mov     rax, [rax]
        ret

; -----------------------------------------------------------------------------
; ninep_get_text - take a text from the request
;
;   in        rbx = place in the request
;   out       rsi = the text, length first; rbx behind it
;   clobbers  rax, rcx, rdi, flags
;   needs     r12 = session; a text with a zero byte is malformed
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_get_text
ninep_get_text:
        mov     rsi, rbx
        call    ninep_get_word
        mov     rdi, rbx
        add     rbx, rax
        cmp     rbx, [r12 + NinePSession_request_end]
        ja      ninep_fail_malformed
        mov     ecx, eax
        test    ecx, ecx
        jz      .done
        xor     eax, eax
        repne scasb
        je      ninep_fail_malformed
.done:
        ret

; -----------------------------------------------------------------------------
; ninep_get_end - the request must end here
;
;   in        rbx = place in the request
;   out       nothing
;   clobbers  flags
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_get_end
ninep_get_end:
        cmp     rbx, [r12 + NinePSession_request_end]
        jne     ninep_fail_malformed
        ret

; -----------------------------------------------------------------------------
; ninep_put_text - add a text to the reply
;
;   in        rsi = the text, length first; r14 = place in the reply
;   out       r14 behind it
;   clobbers  rcx, rsi, rdi
;   needs     room for it
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_put_text
ninep_put_text:
        mov     rdi, r14
        call    ninep_copy_text
        mov     r14, rdi
        ret

; -----------------------------------------------------------------------------
; ninep_copy_text - copy a text with its length
;
;   in        rsi = the text, rdi = where to
;   out       rdi behind it
;   clobbers  rcx, rsi
;   needs     room for it
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_copy_text
ninep_copy_text:
        movzx   ecx, word [rsi]
        add     ecx, NINEP_TEXT
        rep movsb
        ret

; -----------------------------------------------------------------------------
; ninep_equal - compare two texts
;
;   in        rsi, rdi = the texts
;   out       ZF = 1 if they are equal
;   clobbers  rcx, rsi, rdi, flags
;   needs     nothing
;   probe     none
;
; The lengths come first, so a text of another length differs before its end.
; -----------------------------------------------------------------------------
global  ninep_equal
ninep_equal:
        movzx   ecx, word [rsi]
        add     ecx, NINEP_TEXT
        repe cmpsb
        ret

; -----------------------------------------------------------------------------
; ninep_put_qid - add a file's qid to the reply
;
;   in        r15 = NinePFile, r14 = place in the reply
;   out       r14 behind it
;   clobbers  rax, flags
;   needs     room for it
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_put_qid
ninep_put_qid:
        mov     eax, [r15 + NinePFile_mode]
        shr     eax, NINEP_QID_SHIFT
        mov     [r14 + NinePQid_type], al
        mov     eax, [r15 + NinePFile_version]
        mov     [r14 + NinePQid_version], eax
        mov     rax, [r15 + NinePFile_path]
        mov     [r14 + NinePQid_path], rax
        add     r14, NinePQid_size
        ret
