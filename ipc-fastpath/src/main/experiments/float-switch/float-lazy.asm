; Floating-point registers change hands when somebody uses them.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; float_start - let floating point trap
;
;   in        nothing
;   out       nobody has the CPU's registers
;   clobbers  rax, rcx, rdx, rsi, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_start
float_start:
        mov     edi, VECTOR_DEVICE
        lea     rsi, [rel float_trap]
        call    stand_gate
        mov     rax, cr0
        or      rax, CR0_SWITCHED
        mov     cr0, rax
        lea     rax, [rel float_threads]
        mov     [rel float_runs], rax
        mov     byte [rel float_traps], 1
        ret

; -----------------------------------------------------------------------------
; float_switch - what a switch does about floating point
;
;   in        rdi = Thread that runs, rsi = the other one
;   out       floating point traps unless the CPU has the registers of the other one
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_switch
float_switch:
        mov     [rel float_runs], rsi
        xor     ecx, ecx
        cmp     rsi, [rel float_owner]
        setne   cl
        cmp     cl, [rel float_traps]
        je      .done
        mov     [rel float_traps], cl
        test    cl, cl
        jz      .on
        mov     rax, cr0
        or      rax, CR0_SWITCHED
        mov     cr0, rax
.done:
        ret
.on:
        clts
        ret

; The first use in a turn. Changes nothing but what the registers are (SDM 3A 6.15, #NM).
float_trap:
        push    rax
        clts
        mov     byte [rel float_traps], 0
        mov     rax, [rel float_owner]
        test    rax, rax
        jz      .nobody
        fxsave64 [rax + THREAD_FLOAT]
.nobody:
        mov     rax, [rel float_runs]
        mov     [rel float_owner], rax
        fxrstor64 [rax + THREAD_FLOAT]
        pop     rax
        iretq

section .bss
align STAND_LINE
float_runs:
        resb    8
float_traps:
        resb    1
