; Floating-point registers change hands between threads that said that they use them; for the
; others floating point is off. What the last one that had some left in the CPU is still there.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; float_start - let the first thread have the CPU's registers if it uses them
;
;   in        nothing
;   out       float_owner
;   clobbers  rax
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_start
float_start:
        lea     rsi, [rel float_threads]
        cmp     qword [rsi + THREAD_USES], 0
        jne     float_load
        mov     rax, cr0
        or      rax, CR0_SWITCHED
        mov     cr0, rax
        ret

; -----------------------------------------------------------------------------
; float_switch - what a switch does about floating point
;
;   in        rdi = Thread that runs, rsi = the other one
;   out       the CPU has the registers of the other one if it uses some
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_switch
float_switch:
        cmp     qword [rdi + THREAD_USES], 0
        je      .had_none
        fxsave64 [rdi + THREAD_FLOAT]
        cmp     qword [rsi + THREAD_USES], 0
        jne     float_load
        mov     rax, cr0
        or      rax, CR0_SWITCHED
        mov     cr0, rax
        ret
.had_none:
        cmp     qword [rsi + THREAD_USES], 0
        je      .done
        clts
        jmp     float_load
.done:
        ret

; rsi = Thread whose registers are wanted
float_load:
        fxrstor64 [rsi + THREAD_FLOAT]
        mov     [rel float_owner], rsi
        ret
