; The fuzzer's only program. Every thread executes a list of operations, the supervisor
; (the first process) as well; the host wrote the lists. A thread needs no stack and keeps
; nothing but its place in its list, so any address space with these pages and lists in it
; can run one.
;
;   rbx = the operation at hand
;   rbp = what the thread has put into its floating-point registers, or 0

%include "abi/machine.inc"
%include "abi/calls.inc"

; An operation, FUZZ_SIZE bytes: what the host writes
FUZZ_KIND       equ     0
FUZZ_NUMBER     equ     4
FUZZ_RDI        equ     8
FUZZ_RSI        equ     16
FUZZ_RDX        equ     24
FUZZ_R8         equ     32
FUZZ_R9         equ     40
FUZZ_R10        equ     48
FUZZ_R12        equ     56
FUZZ_R13        equ     64
FUZZ_R14        equ     72
FUZZ_R15        equ     80
FUZZ_MUST       equ     88                      ; not 0: the call has to succeed
FUZZ_SIZE       equ     96

MARK_PAUSE      equ     12000                   ; so that the host sees every mark
EXIT_REFUSED    equ     3                       ; a call that had to succeed did not

section .text.init

; -----------------------------------------------------------------------------
; init_main - the supervisor
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     nothing
;   probe     as fuzz_thread
; -----------------------------------------------------------------------------
global  init_main
init_main:
        mov     rdi, client_text_start

; -----------------------------------------------------------------------------
; fuzz_thread - execute a list
;
;   entered by  the kernel
;   in        rdi = its first operation
;   out       does not return
;   clobbers  everything
;   needs     this page and the lists
;   probe     fuzz_begin (operation), fuzz_end (operation, status), fuzz_store (operation,
;             address), fuzz_load (operation, address), fuzz_lost (operation)
; -----------------------------------------------------------------------------
global  fuzz_thread
fuzz_thread:
        mov     rbx, rdi
        xor     ebp, ebp
fuzz_next:
        mov     eax, [rbx + FUZZ_KIND]
        lea     rcx, [rel fuzz_kinds]
        jmp     [rcx + rax * WORD_SIZE]

fuzz_flags:
        mov     rsp, [rbx + FUZZ_R15]
        push    qword [rbx + FUZZ_R14]
        popfq
fuzz_call:
        mov     rdi, [rbx + FUZZ_RDI]
        mov     rsi, [rbx + FUZZ_RSI]
        mov     rdx, [rbx + FUZZ_RDX]
        mov     r8, [rbx + FUZZ_R8]
        mov     r9, [rbx + FUZZ_R9]
        mov     r10, [rbx + FUZZ_R10]
        mov     r12, [rbx + FUZZ_R12]
        mov     r13, [rbx + FUZZ_R13]
        mov     r14, [rbx + FUZZ_R14]
        mov     r15, [rbx + FUZZ_R15]
        mov     eax, [rbx + FUZZ_NUMBER]
        PROBE   fuzz_begin, rbx
        syscall
        PROBE   fuzz_end, rbx, rax
        test    rax, rax
        jz      fuzz_advance
        cmp     qword [rbx + FUZZ_MUST], 0
        jne     fuzz_refused
fuzz_advance:
        test    rbp, rbp
        jz      .same
        movq    rax, xmm0
        cmp     rax, rbp
        jne     .lost
        movq    rax, xmm15
        cmp     rax, rbp
        jne     .lost
        movq    rax, mm0
        cmp     rax, rbp
        je      .same
.lost:
        PROBE   fuzz_lost, rbx
        xor     ebp, ebp
.same:
        add     rbx, FUZZ_SIZE
        jmp     fuzz_next

; Ask for floating-point registers, and fill some with what no other thread has.
fuzz_float:
        mov     rdi, [rbx + FUZZ_RDI]
        mov     eax, [rbx + FUZZ_NUMBER]
        PROBE   fuzz_begin, rbx
        syscall
        PROBE   fuzz_end, rbx, rax
        test    rax, rax
        jnz     fuzz_advance
        rdtsc
        shl     rdx, 32
        or      rdx, rax
        mov     rbp, rbx
        shl     rbp, 40
        xor     rbp, rdx
        movq    xmm0, rbp
        movq    xmm15, rbp
        movq    mm0, rbp
        jmp     fuzz_advance

fuzz_store:
        mov     rdi, [rbx + FUZZ_RDI]
        mov     rsi, [rbx + FUZZ_RSI]
        mov     [rdi], rsi
        PROBE   fuzz_store, rbx, rdi
        jmp     fuzz_advance
fuzz_load:
        mov     rdi, [rbx + FUZZ_RDI]
        mov     rsi, [rdi]
        PROBE   fuzz_load, rbx, rdi
        jmp     fuzz_advance
fuzz_jump:
        jmp     [rbx + FUZZ_RDI]
fuzz_spin:
        mov     ecx, [rbx + FUZZ_RDI]
.next:
        dec     ecx
        jnz     .next
        jmp     fuzz_advance
fuzz_go:
        mov     rbx, [rbx + FUZZ_RDI]
        jmp     fuzz_next

; Only the supervisor's lists have these.
fuzz_copy:
        mov     rdi, [rbx + FUZZ_RDI]
        mov     rsi, [rbx + FUZZ_RSI]
        mov     rcx, [rbx + FUZZ_RDX]
        rep movsb
        jmp     fuzz_advance
fuzz_mark:
        mov     rdi, [rbx + FUZZ_RDI]
        mov     [rel fuzz_phase], rdi
        mov     ecx, MARK_PAUSE
        jmp     fuzz_spin.next
fuzz_refused:
        mov     edi, EXIT_REFUSED
        mov     eax, SYS_EXIT
        syscall
        ud2

; What user code must not do, by rdi
fuzz_trap:
        mov     rdi, [rbx + FUZZ_RDI]
        lea     rcx, [rel fuzz_traps]
        jmp     [rcx + rdi * WORD_SIZE]
.undefined:
        ud2
.breakpoint:
        int3
        jmp     fuzz_advance
.page_vector:
        int     VECTOR_PAGE_FAULT
        jmp     fuzz_advance
.timer_vector:
        int     LAPIC_TIMER_VECTOR
        jmp     fuzz_advance
.double_vector:
        int     VECTOR_DOUBLE_FAULT
        jmp     fuzz_advance
.divide:
        xor     ecx, ecx
        div     ecx
.halt:
        hlt
.interrupts:
        cli
.port:
        mov     edx, COM1_PORT
        out     dx, al
.model_register:
        xor     eax, eax
        xor     edx, edx
        mov     ecx, MSR_GS_BASE
        wrmsr
.space:
        mov     cr3, rax
.swap:
        swapgs
.return:
        sysretq
.interrupt_return:
        mov     rsp, [rbx + FUZZ_RSI]
        iretq
.float:
        fninit
        jmp     fuzz_advance
.selector:
        mov     eax, [rbx + FUZZ_RSI]
        mov     ds, eax
        jmp     fuzz_advance

section .rodata.init
align 8
fuzz_kinds:
        dq      fuzz_call, fuzz_flags, fuzz_store, fuzz_load, fuzz_jump, fuzz_spin, fuzz_go
        dq      fuzz_copy, fuzz_mark, fuzz_trap, fuzz_float
fuzz_traps:
        dq      fuzz_trap.undefined, fuzz_trap.breakpoint, fuzz_trap.page_vector, fuzz_trap.timer_vector
        dq      fuzz_trap.double_vector, fuzz_trap.divide, fuzz_trap.halt, fuzz_trap.interrupts
        dq      fuzz_trap.port, fuzz_trap.model_register, fuzz_trap.space, fuzz_trap.swap
        dq      fuzz_trap.return, fuzz_trap.interrupt_return, fuzz_trap.float, fuzz_trap.selector
fuzz_traps_end:

section .bss.init
align 8
global  fuzz_phase
fuzz_phase:
        resb    8
