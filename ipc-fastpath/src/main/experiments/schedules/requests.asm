; Submission and completion rings as a place for one value: put submits BATCH requests with it and
; waits for their answers, take answers as many. The doorbell is a word that is set, and stays so
; until the server sleeps, as an interrupt stays pending.

%include "lib/list.inc"
%include "lib/rings-submission.inc"

section .text

; -----------------------------------------------------------------------------
; list_make - nothing is to be made: the rings are zeros
;
;   in        nothing
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        ret

; -----------------------------------------------------------------------------
; list_put - submit requests, ring the doorbell and wait
;
;   in        rsi = value
;   out       eax = 1; or 0 where an answer is not the value
;   clobbers  all caller-saved registers, rbx, flags
;   needs     what submission_put does
;   probe     what submission_bell and completion_wait have
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    r14
        lea     rbx, [rel rings]
        mov     r14d, [rbx + SUBMIT_PUT]
%rep BATCH
        call    submission_put
%endrep
        call    submission_bell
        call    completion_wait
        xor     rsi, rdx
%rep BATCH - 1, before
        lea     eax, [r14 - BATCH + %before]
        mov     rdi, rdx
        call    completion_of
        xor     rdi, rdx
        or      rsi, rdi
%endrep
        pop     r14
        xor     eax, eax
        test    rsi, rsi
        setz    al
        ret

; -----------------------------------------------------------------------------
; list_take - answer requests
;
;   in        nothing
;   out       eax = 1 and rdx = value, 0 where requests had another one
;   clobbers  all caller-saved registers, rbx, flags
;   needs     what submission_serve does
;   probe     what submission_serve has
; -----------------------------------------------------------------------------
global  list_take
list_take:
        push    r14
        lea     rbx, [rel rings]
        mov     r14d, [rbx + SUBMIT_TAKE]
        call    submission_serve
        mov     rsi, rdx
%rep BATCH - 1
        call    submission_serve
        cmp     rdx, rsi
        je      .same
        xor     esi, esi
.same:
%endrep
        pop     r14
        mov     rdx, rsi
        mov     eax, 1
        ret

; -----------------------------------------------------------------------------
; doorbell_ring - set the word
;
;   in        nothing
;   out       nothing
;   clobbers  flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  doorbell_ring
doorbell_ring:
        lock or dword [rel bell], 1
        ret

; -----------------------------------------------------------------------------
; doorbell_sleep - wait for the word and clear it
;
;   in        nothing
;   out       nothing
;   clobbers  flags
;   needs     one CPU sleeps
;   probe     bell_wait: it sleeps
; -----------------------------------------------------------------------------
global  doorbell_sleep
doorbell_sleep:
        cmp     dword [rel bell], 0
        jne     .rung
        PROBE   bell_wait, rsp
        pause
        jmp     doorbell_sleep
.rung:
        lock and dword [rel bell], 0
        ret

section .bss
align PAGE_SIZE
rings:
        resb    SUBMISSION_BYTES
align STAND_LINE
bell:
        resb    4
