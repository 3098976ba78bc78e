; Programs that misbehave, one process each: what they do is told by their thread's
; argument. The kernel must report and end each of them and nobody else.

%include "abi/machine.inc"
%include "abi/calls.inc"

section .text.rogue

; -----------------------------------------------------------------------------
; rogue_main - misbehave once told to
;
;   entered by  the kernel
;   in        rdi = which way, ROGUE_WRITE_KERNEL and others
;   out       does not return, and never replies
;   clobbers  everything
;   needs     HANDLE_CONTROL to receive
;   probe     none
; -----------------------------------------------------------------------------
global  rogue_main
rogue_main:
        mov     rbx, rdi
        mov     eax, SYS_RECV
        mov     edi, HANDLE_CONTROL
        xor     esi, esi
        syscall
        lea     rax, [rel rogue_deeds]
        jmp     [rax + rbx * WORD_SIZE]

rogue_write_kernel:
        mov     rax, text_start
        mov     [rax], rax
        ud2
rogue_write_text:
        lea     rax, [rel rogue_write_text]
        mov     [rax], rax
        ud2
rogue_run_stack:
        push    0
        jmp     rsp
rogue_overflow:
        push    rax
        jmp     rogue_overflow
rogue_divide:
        xor     ecx, ecx
        div     ecx
        ud2
rogue_undefined:
        ud2
rogue_halt:
        hlt
        ud2
rogue_port:
        mov     edx, COM1_PORT
        mov     eax, '!'
        out     dx, al
        ud2

section .rodata.rogue
align 8
rogue_deeds:
        dq      rogue_write_kernel, rogue_write_text, rogue_run_stack, rogue_overflow
        dq      rogue_divide, rogue_undefined, rogue_halt, rogue_port
rogue_deeds_end:

%assert rogue_deeds_end - rogue_deeds == ROGUE_COUNT * WORD_SIZE, "one deed a process"
