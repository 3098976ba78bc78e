; Segments and the task state: what long mode still wants of them.
; Whatever interrupts a CPU finds a stack of its own, from wherever it comes: one for double
; faults, NMIs and machine checks each, and one for all else, which the kernel leaves at once
; for the CPU's kernel stack.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

BASE_LOW_BITS   equ     24
BASE_TOP_BITS   equ     64 - BASE_LOW_BITS
BASE_SHIFT      equ     16
BASE_MIDDLE_SHIFT equ   56
DESCRIPTOR_HIGH equ     8

section .text

; -----------------------------------------------------------------------------
; gdt_start - load the kernel's segments and a CPU's task state
;
;   in        edi = the CPU's index
;   out       CS, SS, TR are the kernel's; DS, ES, FS, GS are null
;   clobbers  rax, rcx, rdx, rdi, flags
;   needs     nothing
;   probe     none
;
; The I/O map lies behind the segment's limit: ports are for IOPL alone.
; -----------------------------------------------------------------------------
global  gdt_start
gdt_start:
        mov     eax, edi
        shl     eax, TASK_STATE_SHIFT
        lea     rdx, [rel task_states]
        add     rdx, rax
        mov     ecx, edi
        shl     ecx, MORE_STACKS_SHIFT
        lea     rax, [rel gdt_stacks + PAGE_SIZE]
        add     rax, rcx
        mov     [rdx + TaskState_ist1], rax
        add     rax, PAGE_SIZE
        mov     [rdx + TaskState_ist2], rax
        add     rax, PAGE_SIZE
        mov     [rdx + TaskState_ist3], rax
        add     rax, PAGE_SIZE
        mov     [rdx + TaskState_ist4], rax
        mov     word [rdx + TaskState_io_map], TaskState_size

; A task descriptor's base is in three pieces: bits 0-23 at bit 16, bits 24-31 at bit
; 56, the rest in the second half.
        mov     rax, rdx
        shl     rax, BASE_TOP_BITS
        shr     rax, BASE_TOP_BITS - BASE_SHIFT
        mov     ecx, edx
        shr     ecx, BASE_LOW_BITS
        shl     rcx, BASE_MIDDLE_SHIFT
        or      rax, rcx
        mov     rcx, DESCRIPTOR_TASK
        or      rax, rcx
        or      rax, TaskState_size - 1
        shl     edi, DESCRIPTOR_TASK_SHIFT
        lea     rcx, [rel gdt_tasks]
        add     rcx, rdi
        mov     [rcx], rax
        shr     rdx, 32
        mov     [rcx + DESCRIPTOR_HIGH], rdx

        lea     rax, [rel gdt_pointer]
        lgdt    [rax]
        push    SELECTOR_KERNEL_CODE
        lea     rax, [rel .reload]
        push    rax
        retfq
.reload:
        mov     eax, SELECTOR_KERNEL_DATA
        mov     ss, eax
        xor     eax, eax
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        mov     gs, eax
        lea     eax, [rdi + SELECTOR_TASK]
        ltr     ax
        ret

section .data
align 16
gdt:
        dq      0
        dq      DESCRIPTOR_KERNEL_CODE
        dq      DESCRIPTOR_KERNEL_DATA
        dq      DESCRIPTOR_USER_DATA
        dq      DESCRIPTOR_USER_CODE
gdt_tasks:
        fill    CPU_LIMIT << DESCRIPTOR_TASK_SHIFT, 0
gdt_end:
gdt_pointer:
        dw      gdt_end - gdt - 1
        dq      gdt

section .bss
align CACHE_LINE
task_states:
        resb    CPU_LIMIT << TASK_STATE_SHIFT

; Of each CPU a page for double faults, NMIs, machine checks, and all other vectors.
align PAGE_SIZE
gdt_stacks:
        resb    CPU_LIMIT << MORE_STACKS_SHIFT

%assert TaskState_size <= 1 << TASK_STATE_SHIFT, "a task state finds room"
%assert IST_STACKS * PAGE_SIZE == 1 << MORE_STACKS_SHIFT, "a page a stack"
