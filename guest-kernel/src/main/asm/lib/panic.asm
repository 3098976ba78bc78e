; The end of a run that the kernel cannot go on with: what it knows goes to the
; serial port, then the debug exit tells the host.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

PANIC_NAME_SIZE equ     12
PANIC_ROW_SIZE  equ     16

section .text

; -----------------------------------------------------------------------------
; panic_text - give up for a reason that is known
;
;   in        rdi = text, in the kernel's window
;   out       does not return
;   clobbers  everything
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  panic_text
panic_text:
%if SMP
        call    cpus_stop
%endif
        mov     rbx, rdi
        mov     r12, rsp
        lea     rdi, [rel panic_prefix]
        call    print_text
        mov     rdi, rbx
        call    print_text
        lea     rdi, [rel panic_newline]
        call    print_text
        mov     rdi, r12
        jmp     panic_backtrace

; -----------------------------------------------------------------------------
; panic_trap - give up because of a trap
;
;   in        rdi = PanicFrame
;   out       does not return
;   clobbers  everything
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  panic_trap
panic_trap:
%if SMP
        call    cpus_stop
%endif
        mov     rbx, rdi
        lea     rdi, [rel panic_prefix]
        call    print_text
        mov     edi, [rbx + PanicFrame_trap + TrapStack_vector]
        call    trap_print_name
        mov     rax, cr2
        lea     rcx, [rel cpu_stacks]
        sub     rax, rcx
        cmp     rax, CPU_LIMIT << CPU_STACK_SHIFT
        jae     .no_overflow
        test    eax, KERNEL_STACK_SIZE
        jnz     .no_overflow
        lea     rdi, [rel panic_overflow]
        call    print_text
.no_overflow:
        lea     rdi, [rel panic_newline]
        call    print_text

        lea     r12, [rel panic_registers]
.next:
        mov     rdi, r12
        call    print_text
        mov     eax, [r12 + PANIC_NAME_SIZE]
        mov     rdi, [rbx + rax]
        call    print_hex
        add     r12, PANIC_ROW_SIZE
        lea     rax, [rel panic_registers_end]
        cmp     r12, rax
        jb      .next
        lea     rdi, [rel panic_cr2]
        call    print_text
        mov     rdi, cr2
        call    print_hex
        lea     rdi, [rel panic_cr3]
        call    print_text
        mov     rdi, cr3
        and     rdi, ~CR3_SPACE
        call    print_hex
        lea     rdi, [rel panic_newline]
        call    print_text
        mov     rdi, [rbx + PanicFrame_trap + TrapStack_rsp]

; rdi = stack pointer to start from. Every word on the kernel stack that points into
; kernel text may be a return address; nothing better is known without frame pointers.
panic_backtrace:
        mov     rbx, rdi
        lea     rdi, [rel panic_trace]
        call    print_text
        mov     r13d, BACKTRACE_LIMIT
        lea     rax, [rel cpu_stacks]
        mov     r14, rbx
        sub     r14, rax
        cmp     r14, CPU_LIMIT << CPU_STACK_SHIFT
        jae     .end
        or      r14, (1 << CPU_STACK_SHIFT) - 1
        inc     r14
        add     r14, rax
        lea     rax, [r14 - KERNEL_STACK_SIZE]
        cmp     rbx, rax
        cmovb   rbx, rax
.scan:
        cmp     rbx, r14
        jae     .end
        mov     rdi, [rbx]
        add     rbx, WORD_SIZE
        lea     rax, [rel text_start]
        cmp     rdi, rax
        jb      .scan
        lea     rax, [rel text_end]
        cmp     rdi, rax
        jae     .scan
        call    print_hex
        lea     rdi, [rel panic_space]
        call    print_text
        dec     r13d
        jnz     .scan
.end:
        lea     rdi, [rel panic_newline]
        call    print_text
        mov     edi, EXIT_PANIC

; -----------------------------------------------------------------------------
; machine_exit - end the run, when all that was printed has left
;
;   in        dil = what the host is told: EXIT_GOOD or another value
;   out       does not return
;   clobbers  everything
;   needs     uart_start is done
;   probe     none
;
; Without a debug exit the CPU stops for good.
; -----------------------------------------------------------------------------
global  machine_exit
machine_exit:
        call    uart_drain
        mov     eax, edi
        out     DEBUG_EXIT_PORT, al
        cli
.stop:
        hlt
        jmp     .stop

section .rodata
panic_prefix:
        db      "bantam: panic: ", 0
panic_overflow:
        db      ", kernel stack overflow", 0
panic_trace:
        db      "  backtrace ", 0
panic_newline:
        db      10, 0
panic_space:
        db      " ", 0
panic_cr2:
        db      10, "  cr2    ", 0
panic_cr3:
        db      "  cr3    ", 0

%macro PANIC_ROW lead, name, field
%%row:
        db      %lead, %name, 0
%assert $ - %%row == PANIC_NAME_SIZE, "a name of PANIC_NAME_SIZE bytes"
        dd      %field
%endmacro

align 4
panic_registers:
        PANIC_ROW " ", " rip      ", PanicFrame_trap + TrapStack_rip
        PANIC_ROW " ", " rsp      ", PanicFrame_trap + TrapStack_rsp
        PANIC_ROW " ", " rflags   ", PanicFrame_trap + TrapStack_rflags
        PANIC_ROW 10,  "  error   ", PanicFrame_trap + TrapStack_error
        PANIC_ROW " ", " rax      ", PanicFrame_rax
        PANIC_ROW " ", " rbx      ", PanicFrame_rbx
        PANIC_ROW 10,  "  rcx     ", PanicFrame_rcx
        PANIC_ROW " ", " rdx      ", PanicFrame_rdx
        PANIC_ROW " ", " rsi      ", PanicFrame_rsi
        PANIC_ROW 10,  "  rdi     ", PanicFrame_rdi
        PANIC_ROW " ", " rbp      ", PanicFrame_rbp
        PANIC_ROW " ", " r8       ", PanicFrame_r8
        PANIC_ROW 10,  "  r9      ", PanicFrame_r9
        PANIC_ROW " ", " r10      ", PanicFrame_r10
        PANIC_ROW " ", " r11      ", PanicFrame_r11
        PANIC_ROW 10,  "  r12     ", PanicFrame_r12
        PANIC_ROW " ", " r13      ", PanicFrame_r13
        PANIC_ROW " ", " r14      ", PanicFrame_r14
        PANIC_ROW 10,  "  r15     ", PanicFrame_r15
panic_registers_end:
