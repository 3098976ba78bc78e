; The kernel's first 64-bit code, and the order in which its parts come up.
; Interrupts stay off until the first thread runs.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; kernel_start - bring the kernel up and run the first thread
;
;   entered by  boot_long_mode, on tables that map the image at KERNEL_BASE
;   in        esi = LOADER_PVH or another, ebp = what the loader tells, physical
;   out       does not return
;   clobbers  everything
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  kernel_start
kernel_start:
        lea     rsp, [rel cpu_stacks + (1 << CPU_STACK_SHIFT)]
        mov     r12d, ebp
        mov     r13d, esi
        xor     ebp, ebp
        call    uart_start
        xor     edi, edi
        call    gdt_start
        call    idt_start
        mov     edi, r13d
        mov     rsi, r12
        call    memory_map_read
        mov     edi, r13d
        mov     rsi, r12
        call    command_line_read
%if SMP
        mov     edi, r13d
        mov     rsi, r12
        call    acpi_read
        call    cpus_place
%endif
        call    frame_start
        call    paging_start
        xor     edi, edi
        call    cpu_prepare
        mov     rdi, rax
        call    cpu_start
        call    syscall_start
        call    pic_mask
        call    ioapic_start
        lea     rdi, [rel kernel_banner]
        call    print_text
        call    tasks_start
        call    lapic_start
%if SMP
        call    cpus_start
%endif
        call    lapic_tick
        call    scheduler_pick
        jmp     thread_resume

section .rodata
kernel_banner:
%if FASTPATH == 0
        db      "bantam: first light, slow path only", 10, 0
%elif FASTPATH == 1
        db      "bantam: first light, fast path in assembly", 10, 0
%elif FASTPATH == 2
        db      "bantam: first light, fast path generated", 10, 0
%else
%error "FASTPATH is 0, 1 or 2"
%endif
