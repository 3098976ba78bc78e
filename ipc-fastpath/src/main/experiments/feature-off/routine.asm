; Calls a routine that may have a feature.

%include "stand/stand.inc"

section .text

; -----------------------------------------------------------------------------
; workload_cpu - call it ROUNDS times
;
;   in        edi = CPU
;   out       it was called so often
;   clobbers  rax, rcx, rdx, rsi, rdi, flags
;   needs     step: in rdi, out rdi + 1, clobbers rax, flags
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        push    rbx
        push    rbp
        mov     ebx, ROUNDS
        xor     ebp, ebp
        TRIAL   0, 0, 0
.next:
        mov     rdi, rbp
        OP_BEGIN
        call    step
        OP_END
        mov     rbp, rdi
        CONTROL
        dec     ebx
        jnz     .next
        TRIAL_END
        cmp     rbp, ROUNDS
        CHECK   e, every_step_done
        pop     rbp
        pop     rbx
        ret
