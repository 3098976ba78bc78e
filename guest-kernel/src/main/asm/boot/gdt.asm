; Segments and the task state: what long mode still wants of them.
; One kernel stack for all traps from user code; four spare ones for traps that cannot trust it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

BASE_LOW_BITS   equ     24
BASE_TOP_BITS   equ     64 - BASE_LOW_BITS
BASE_SHIFT      equ     16
BASE_MIDDLE_SHIFT equ   56

section .text

; -----------------------------------------------------------------------------
; gdt_start - load the kernel's segments and its task state
;
;   in        nothing
;   out       CS, SS, TR are the kernel's; DS, ES, FS, GS are null
;   clobbers  rax, rcx, rdx, flags
;   needs     nothing
;   probe     none
;
; The I/O map lies behind the segment's limit: ports are for IOPL alone.
; -----------------------------------------------------------------------------
global  gdt_start
gdt_start:
        lea     rdx, [rel task_state]
        lea     rax, [rel cpu_stack_end]
        mov     [rdx + TaskState_rsp0], rax
        lea     rax, [rel gdt_stack_double_fault_end]
        mov     [rdx + TaskState_ist1], rax
        lea     rax, [rel gdt_stack_nmi_end]
        mov     [rdx + TaskState_ist2], rax
        lea     rax, [rel gdt_stack_machine_check_end]
        mov     [rdx + TaskState_ist3], rax
        lea     rax, [rel gdt_stack_debug_end]
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
        lea     rcx, [rel gdt_task]
        mov     [rcx], rax
        shr     rdx, 32
        lea     rcx, [rel gdt_task_high]
        mov     [rcx], rdx

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
        mov     eax, SELECTOR_TASK
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
gdt_task:
        dq      0
gdt_task_high:
        dq      0
gdt_end:
gdt_pointer:
        dw      gdt_end - gdt - 1
        dq      gdt

section .bss
align CACHE_LINE
task_state:
        resb    TaskState_size
align PAGE_SIZE
gdt_stack_double_fault:
        resb    PAGE_SIZE
gdt_stack_double_fault_end:
gdt_stack_nmi:
        resb    PAGE_SIZE
gdt_stack_nmi_end:
gdt_stack_machine_check:
        resb    PAGE_SIZE
gdt_stack_machine_check_end:
gdt_stack_debug:
        resb    PAGE_SIZE
gdt_stack_debug_end:
