; User threads: they enter the kernel by SYSCALL, and all of their registers are kept.

%include "thread.inc"

section .text

; -----------------------------------------------------------------------------
; threads_begin - let the first thread run in user mode
;
;   in        thread_current
;   out       it has ended
;   clobbers  everything
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  threads_begin
threads_begin:
        mov     ecx, MSR_STAR
        xor     eax, eax
        mov     edx, STAR_HIGH
        wrmsr
        mov     ecx, MSR_LSTAR
        lea     rax, [rel kernel_entry]
        xor     edx, edx
        wrmsr
        mov     ecx, MSR_FMASK
        mov     eax, RFLAGS_INTERRUPT | RFLAGS_DIRECTION | RFLAGS_TRAP
        wrmsr
        mov     [rel kernel_rsp], rsp
        mov     rax, [rel thread_current]
        jmp     thread_leave

; By SYSCALL: the thread's block is the stack on which its registers are kept.
kernel_entry:
        mov     [rel user_rsp], rsp
        mov     rsp, [rel thread_current]
        add     rsp, THREAD_SAVED_END
        push    rcx
        push    r11
        push    rax
        push    rbx
        push    rdx
        push    rsi
        push    rdi
        push    rbp
        push    r8
        push    r9
        push    r10
        push    r12
        push    r13
        push    r14
        push    r15
        sub     rsp, WORD
        mov     rcx, [rel user_rsp]
        push    rcx
        test    eax, eax
        jnz     .end
        mov     rax, [rel thread_current]
        mov     rcx, [rax + THREAD_CR3]
        mov     rax, [rax + THREAD_OTHER]
        mov     [rel thread_current], rax
        cmp     rcx, [rax + THREAD_CR3]
        je      thread_leave
        mov     rcx, [rax + THREAD_CR3]
        mov     cr3, rcx
        jmp     thread_leave
.end:
        mov     rax, stand_root
        mov     cr3, rax
        mov     rsp, [rel kernel_rsp]
        ret

; rax = Thread that goes on in user mode
thread_leave:
        lea     rsp, [rax + THREAD_SAVED + WORD * 2]
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     r10
        pop     r9
        pop     r8
        pop     rbp
        pop     rdi
        pop     rsi
        pop     rdx
        pop     rbx
        add     rsp, WORD
        pop     r11
        pop     rcx
        mov     rsp, [rax + THREAD_SAVED + SAVED_RSP]
        xor     eax, eax
        sysretq

section .bss
align STAND_LINE
user_rsp:
        resb    WORD
kernel_rsp:
        resb    WORD
