%include "stand/stand.inc"
        section .text
        global  workload_cpu
workload_cpu:
        mov     ebx, STEPS
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
%rep TIMES
        inc     r9
%endrep
        OP_END
        dec     ebx
        jnz     .next
        mov     eax, STEPS
        COUNT   steps, rax
        TRIAL_END
        ret
