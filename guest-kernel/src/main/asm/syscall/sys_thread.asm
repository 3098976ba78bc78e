; System calls about the calling thread and its process.
; A handler finds the call's registers in the thread's block and leaves results there.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_yield - go to the end of the own priority's queue
;
;   in        r15 = the running Thread
;   out       a thread is chosen
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_yield
sys_yield:
        mov     rdi, r15
        call    scheduler_add_last
        jmp     scheduler_pick

; -----------------------------------------------------------------------------
; sys_sleep - wait for ticks
;
;   in        r15 = the running Thread; its rdi = ticks
;   out       a thread is chosen; no ticks are a yield
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     block_sleep (r15 = Thread, rax = ticks)
; -----------------------------------------------------------------------------
global  sys_sleep
sys_sleep:
        mov     rax, [r15 + Thread_rdi]
        test    rax, rax
        jz      sys_yield
        PROBE   block_sleep, r15, rax
        mov     dword [r15 + Thread_state], STATE_SLEEPING
        jmp     thread_wait_ticks

; -----------------------------------------------------------------------------
; sys_exit - end the own process
;
;   in        r15 = the running Thread; its rdi = status
;   out       the process is dead, another thread is chosen
;   clobbers  everything
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_exit
sys_exit:
        mov     rsi, [r15 + Thread_rdi]
        mov     rdi, [r15 + Thread_process]
        jmp     process_kill
