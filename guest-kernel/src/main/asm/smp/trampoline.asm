; The first instructions of a CPU that another one starts: from real mode to the kernel.
; The page that it starts in holds these few bytes; the rest runs where it was loaded, on
; the boot stub's tables.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

%if SMP
; In 16-bit code these make the next instruction what it is in 32-bit code.
OPERAND_SIZE    equ     0x66
ADDRESS_SIZE    equ     0x67
DESCRIPTOR_SIZE equ     8                       ; of the last one in boot_gdt

section .text.boot
bits 32

; -----------------------------------------------------------------------------
; boot_trampoline - where the start-up message sends a CPU, copied below 1 MiB
;
;   entered by  LAPIC_STARTUP: real mode, cs = its page, ip = 0
;   in        nothing
;   out       goes on at boot_cpu_entry
;   clobbers  rax, flags
;   needs     IF = 0
;   probe     none
;
; 16-bit code, written as the 32-bit code with the same bytes.
; -----------------------------------------------------------------------------
global  boot_trampoline
boot_trampoline:
        cli
        mov     eax, cs
        mov     ds, eax
        db      ADDRESS_SIZE, OPERAND_SIZE
        lgdt    [boot_trampoline_gdt - boot_trampoline]
        mov     eax, cr0
        or      al, CR0_PROTECTION
        mov     cr0, eax
        db      OPERAND_SIZE
        jmp     dword SELECTOR_BOOT_CODE:boot_cpu_entry
boot_trampoline_gdt:
        dw      SELECTOR_BOOT_CODE + DESCRIPTOR_SIZE - 1
        dd      boot_gdt

; -----------------------------------------------------------------------------
; boot_trampoline_end - where what is copied ends
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  boot_trampoline_end
boot_trampoline_end:

; -----------------------------------------------------------------------------
; boot_cpu_entry - climb to long mode on the boot stub's tables
;
;   entered by  boot_trampoline, in protected mode, paging off
;   in        nothing
;   out       goes on at cpu_entry
;   clobbers  everything
;   needs     boot_enter is done on the first CPU
;   probe     none
; -----------------------------------------------------------------------------
global  boot_cpu_entry
boot_cpu_entry:
        mov     eax, SELECTOR_KERNEL_DATA
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        mov     eax, CR4_PAE
        mov     cr4, eax
        mov     eax, boot_root
        mov     cr3, eax
        mov     ecx, MSR_EFER
        mov     eax, EFER_LONG_MODE | EFER_NO_EXECUTE | EFER_SYSCALL
        xor     edx, edx
        wrmsr
        mov     eax, CR0_PROTECTION | CR0_NO_FLOATING_POINT | CR0_NUMERIC_ERROR | CR0_WRITE_PROTECT | CR0_PAGING
        mov     cr0, eax
        jmp     SELECTOR_KERNEL_CODE:boot_cpu_long

bits 64
boot_cpu_long:
        mov     rax, cpu_entry
        jmp     rax
%endif
