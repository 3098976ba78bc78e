; A receiver checks a size in shared memory and uses it; meanwhile the sender, on another CPU,
; changes it again and again. COPIED: the receiver reads it once, else for each purpose anew.

%include "stand/stand.inc"

GOOD_SIZE       equ     24
BAD_SIZE        equ     4096
LIMIT           equ     64                      ; what the receiver has room for

section .text

; -----------------------------------------------------------------------------
; workload_cpu - receive ROUNDS sizes, or change the size until that is done
;
;   in        edi = CPU
;   out       nothing
;   clobbers  everything
;   needs     called on two CPUs
;   probe     the trial, the operation, the control arm; sizes that were used, and those above
;             LIMIT among them, are counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        mov     dword [rel size], GOOD_SIZE
        BARRIER
        test    r12d, r12d
        jnz     .sender
        mov     r13d, ROUNDS
        xor     r14d, r14d
        xor     r15d, r15d
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
%if COPIED
        mov     ecx, [rel size]
        cmp     ecx, LIMIT
        ja      .refused
%else
        cmp     dword [rel size], LIMIT
        ja      .refused
        mov     ecx, [rel size]
%endif
        inc     r15d
        cmp     ecx, LIMIT
        jbe     .refused
        inc     r14d
.refused:
        OP_END
        CONTROL
        dec     r13d
        jnz     .next
        COUNT   used, r15
        COUNT   overruns, r14
        TRIAL_END
        mov     dword [rel done], 1
        ret
.sender:
        xor     dword [rel size], GOOD_SIZE ^ BAD_SIZE
        cmp     dword [rel done], 0
        je      .sender
        ret

section .bss
align STAND_LINE
size:
        resb    STAND_LINE
done:
        resb    STAND_LINE
