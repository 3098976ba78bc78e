; Submission and completion rings as a place for one value: put submits BATCH requests, numbers from
; BATCH times it on, and waits for their answers, take answers as many. The doorbell is a word that is set, and stays so
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
;   out       eax = 1; or 0 where an answer is not its request's
;   clobbers  all caller-saved registers, rbx, flags
;   needs     what submission_put does
;   probe     what submission_bell and completion_wait have
; -----------------------------------------------------------------------------
global  list_put
list_put:
        push    r14
        lea     rbx, [rel rings]
        mov     r14d, [rbx + SUBMIT_PUT]
        imul    rdi, rsi, BATCH
        mov     rsi, rdi
%rep BATCH
        call    submission_put
        inc     rsi
%endrep
        call    submission_bell
        call    completion_wait
        dec     rsi
        xor     rsi, rdx
%rep BATCH - 1, before
        lea     eax, [r14 - BATCH + %before]
        call    completion_of
        xor     rdx, rdi
        or      rsi, rdx
        inc     rdi
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
;   out       eax = 1 and rdx = value, 0 where requests were other ones
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
        mov     rdi, rdx
        mov     rsi, rdx
        xor     r8d, r8d
%rep BATCH - 1
        call    submission_serve
        inc     rsi
        xor     rdx, rsi
        or      r8, rdx
%endrep
        pop     r14
        mov     rax, rdi
        xor     edx, edx
        mov     ecx, BATCH
        div     rcx
        or      r8, rdx                         ; a rest: not the first of a batch
        mov     rdx, rax
        jz      .whole
        xor     edx, edx
.whole:
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
