; Floating-point registers change hands in each switch.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; float_start - let the first thread have the CPU's registers
;
;   in        nothing
;   out       float_owner
;   clobbers  rax
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_start
float_start:
        lea     rax, [rel float_threads]
        mov     [rel float_owner], rax
        fxrstor64 [rax + THREAD_FLOAT]
        ret

; -----------------------------------------------------------------------------
; float_switch - what a switch does about floating point
;
;   in        rdi = Thread that runs, rsi = the other one
;   out       the CPU has the registers of the other one
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_switch
float_switch:
        fxsave64 [rdi + THREAD_FLOAT]
        fxrstor64 [rsi + THREAD_FLOAT]
        mov     [rel float_owner], rsi
        ret
