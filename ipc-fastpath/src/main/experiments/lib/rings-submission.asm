; Submission and completion rings. FLAG: the client rings the doorbell behind a batch, and only if
; the server says that it sleeps; else for each entry.

%include "lib/rings-submission.inc"

section .text

; -----------------------------------------------------------------------------
; submission_put - submit a request
;
;   in        rbx = rings, r14d = requests before it, rsi = request
;   out       r14d = requests with it
;   clobbers  rax, flags
;   needs     one CPU submits; fewer than ENTRIES requests are not answered
;   probe     what doorbell_ring has
;
; The entry is there before the index says so; x86 keeps the order of stores (SDM 3A 9.2.2).
; -----------------------------------------------------------------------------
global  submission_put
submission_put:
        mov     eax, r14d
        and     eax, ENTRIES - 1
        shl     eax, SUBMIT_SHIFT
        mov     [rbx + rax + SUBMITTED], rsi
        inc     r14d
        mov     [rbx + SUBMIT_PUT], r14d
%if FLAG == 0
        call    doorbell_ring
%endif
        ret

; -----------------------------------------------------------------------------
; submission_bell - wake the server behind a batch, if it sleeps
;
;   in        rbx = rings
;   out       nothing
;   clobbers  rax, flags
;   needs     the CPU that submits
;   probe     what doorbell_ring has
; -----------------------------------------------------------------------------
global  submission_bell
submission_bell:
%if FLAG
        mfence                                  ; the entries before the look at the flag
        cmp     dword [rbx + SLEEPS], 0
        je      .awake
        call    doorbell_ring
.awake:
%endif
        ret

; -----------------------------------------------------------------------------
; completion_wait - wait until all requests are answered
;
;   in        rbx = rings, r14d = requests that were submitted, at least 1
;   out       rdx = the last one's answer
;   clobbers  rax, flags
;   needs     the CPU that submits
;   probe     completion_wait: it waits
; -----------------------------------------------------------------------------
global  completion_wait
completion_wait:
        cmp     [rbx + COMPLETE_PUT], r14d
        je      .completed
        PROBE   completion_wait, rbx
        pause
        jmp     completion_wait
.completed:
        lea     eax, [r14 - 1]
        jmp     completion_of

; -----------------------------------------------------------------------------
; completion_of - an answer
;
;   in        rbx = rings, eax = requests before its own, which is answered
;   out       rdx = answer
;   clobbers  rax, flags
;   needs     the CPU that submits
;   probe     none
; -----------------------------------------------------------------------------
global  completion_of
completion_of:
        and     eax, ENTRIES - 1
        shl     eax, COMPLETE_SHIFT
        mov     rdx, [rbx + rax + COMPLETED + ENTRY_RESULT]
        ret

; -----------------------------------------------------------------------------
; submission_serve - answer the oldest request with itself, and sleep while there is none
;
;   in        rbx = rings, r14d = requests that were answered
;   out       r14d = with this one; rdx = request
;   clobbers  rax, rcx, flags
;   needs     one CPU serves
;   probe     what doorbell_sleep has
;
; The server says that it sleeps and then looks again: whoever submits either sees the flag or is
; seen. Both have a store and then a load of another word, which x86 may reorder, so both have a
; fence (SDM 3A 9.2.3.4).
; -----------------------------------------------------------------------------
global  submission_serve
submission_serve:
        cmp     [rbx + SUBMIT_PUT], r14d
        je      .nothing
        mov     eax, r14d
        and     eax, ENTRIES - 1
        mov     ecx, eax
        shl     eax, SUBMIT_SHIFT
        mov     rdx, [rbx + rax + SUBMITTED]
        shl     ecx, COMPLETE_SHIFT
        mov     [rbx + rcx + COMPLETED + ENTRY_RESULT], rdx
        inc     r14d
        mov     [rbx + SUBMIT_TAKE], r14d
        mov     [rbx + COMPLETE_PUT], r14d
        ret
.nothing:
        mov     dword [rbx + SLEEPS], 1
        mfence                                  ; the flag before the look at the ring
        cmp     [rbx + SUBMIT_PUT], r14d
        jne     .found
        call    doorbell_sleep
.found:
        mov     dword [rbx + SLEEPS], 0
        jmp     submission_serve
