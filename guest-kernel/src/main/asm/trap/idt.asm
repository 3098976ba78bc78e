; The interrupt descriptor table.
; Vectors without a stub are not present; raising one is a general protection fault.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; idt_start - build and load the table
;
;   in        nothing
;   out       all exceptions, the timer, the lines, other CPUs' vectors and the spurious one
;             have gates
;   clobbers  rax, rcx, rdx, rsi, rdi, flags
;   needs     gdt_start is done
;   probe     none
;
; User code may raise breakpoint and overflow by instruction, nothing else.
; -----------------------------------------------------------------------------
global  idt_start
idt_start:
        xor     edi, edi
        lea     rsi, [rel trap_vectors]
.next:
        call    idt_set
        add     rsi, TRAP_STUB_SIZE
        inc     edi
        cmp     edi, REQUEST_VECTOR
        jbe     .next
        mov     edi, ISA_FIRST_VECTOR
        lea     rsi, [rel interrupt_vectors]
.next_line:
        call    idt_set
        add     rsi, TRAP_STUB_SIZE
        inc     edi
        cmp     edi, ISA_FIRST_VECTOR + LINE_COUNT
        jb      .next_line
        mov     edi, SPURIOUS_VECTOR
        lea     rsi, [rel trap_spurious]
        call    idt_set

        lea     rdx, [rel idt]
        mov     byte [rdx + VECTOR_DOUBLE_FAULT * Gate_size + Gate_ist], IST_DOUBLE_FAULT
        mov     byte [rdx + VECTOR_NMI * Gate_size + Gate_ist], IST_NMI
        mov     byte [rdx + VECTOR_MACHINE_CHECK * Gate_size + Gate_ist], IST_MACHINE_CHECK
        or      byte [rdx + VECTOR_BREAKPOINT * Gate_size + Gate_type], GATE_USER
        or      byte [rdx + VECTOR_OVERFLOW * Gate_size + Gate_type], GATE_USER

; -----------------------------------------------------------------------------
; idt_load - let this CPU use the table
;
;   in        nothing
;   out       IDTR
;   clobbers  rax
;   needs     the table is built
;   probe     none
; -----------------------------------------------------------------------------
global  idt_load
idt_load:
        lea     rax, [rel idt_pointer]
        lidt    [rax]
        ret

; -----------------------------------------------------------------------------
; idt_set - point a vector at a handler
;
;   in        edi = vector, rsi = handler
;   out       an interrupt gate for the kernel, on the stack of all traps
;   clobbers  rax, rdx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  idt_set
idt_set:
        mov     eax, edi
        shl     eax, GATE_SHIFT
        lea     rdx, [rel idt]
        add     rdx, rax
        mov     rax, rsi
        mov     [rdx + Gate_offset_low], ax
        shr     rax, 16
        mov     [rdx + Gate_offset_middle], ax
        shr     rax, 16
        mov     [rdx + Gate_offset_high], eax
        mov     word [rdx + Gate_selector], SELECTOR_KERNEL_CODE
        mov     byte [rdx + Gate_ist], IST_TRAP
        mov     byte [rdx + Gate_type], GATE_INTERRUPT
        ret

section .rodata
idt_pointer:
        dw      VECTOR_COUNT * Gate_size - 1
        dq      idt

section .bss
align PAGE_SIZE
idt:
        resb    VECTOR_COUNT * Gate_size
