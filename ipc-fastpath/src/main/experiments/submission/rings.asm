; A client and a server on another CPU that sleeps in HLT when it has nothing to do: the doorbell is
; an interrupt. BATCH entries are submitted at a time.

%include "lib/rings-submission.inc"

DOORBELL        equ     0x40                    ; vector
SERVER_CPU      equ     1

section .text

; -----------------------------------------------------------------------------
; workload_cpu - submit ROUNDS batches and wait for their completions, or serve them
;
;   in        edi = CPU
;   out       each request was answered
;   clobbers  everything
;   needs     called on two CPUs
;   probe     the trial, the operation: a batch from its first entry to its last completion; the
;             control arm; requests are counted, doorbells tallied
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        lea     rbx, [rel rings]
        xor     r14d, r14d
        mov     r13d, ROUNDS
        test    edi, edi
        jnz     .others
        mov     edi, DOORBELL
        lea     rsi, [rel doorbell]
        call    stand_gate
.others:
        BARRIER
        test    r12d, r12d
        jnz     .serve
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
        mov     r15d, BATCH
.submit:
        mov     esi, r14d
        call    submission_put
        dec     r15d
        jnz     .submit
        call    submission_bell
        call    completion_wait
        OP_END
        lea     eax, [r14 - 1]
        cmp     edx, eax
        CHECK   e, answered
        CONTROL
        dec     r13d
        jnz     .next
        mov     eax, ROUNDS * BATCH
        COUNT   requests, rax
        TRIAL_END
        ret
.serve:
        call    submission_serve
        cmp     r14d, ROUNDS * BATCH
        jb      .serve
        sti                                     ; doorbells that are under way
        nop
        cli
        ret

; -----------------------------------------------------------------------------
; doorbell_ring - wake the server by an interrupt
;
;   in        nothing
;   out       nothing
;   clobbers  rax, flags
;   needs     the local APIC where it is physically
;   probe     doorbells are tallied
; -----------------------------------------------------------------------------
global  doorbell_ring
doorbell_ring:
        TALLY   doorbells
        mov     eax, LAPIC_BASE
        mov     dword [rax + LAPIC_COMMAND_TO], SERVER_CPU << LAPIC_TO_SHIFT
        mov     dword [rax + LAPIC_COMMAND], LAPIC_ASSERT | DOORBELL
.pending:
        test    dword [rax + LAPIC_COMMAND], LAPIC_PENDING
        jnz     .pending
        ret

; -----------------------------------------------------------------------------
; doorbell_sleep - sleep until an interrupt
;
;   in        interrupts off: one that came before ends the HLT at once
;   out       interrupts off
;   clobbers  nothing
;   needs     the doorbell's handler in its gate
;   probe     none
; -----------------------------------------------------------------------------
global  doorbell_sleep
doorbell_sleep:
        sti
        hlt
        cli
        ret

; The doorbell's handler: there is nothing to do but to be awake.
doorbell:
        push    rax
        mov     eax, LAPIC_BASE
        mov     dword [rax + LAPIC_EOI], 0
        pop     rax
        iretq

section .bss
align PAGE_SIZE
rings:
        resb    SUBMISSION_BYTES
