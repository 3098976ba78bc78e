; From the loader's 32-bit world to the kernel's 64-bit entry.
; Runs at its physical address, without a stack, and leaves through tables that the kernel drops at once.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

BOOT_DIRECTORIES equ    BOOT_LIMIT >> DIRECTORY_SHIFT
DIRECTORY_SHIFT equ     LARGE_PAGE_SHIFT + PAGING_LEVEL_BITS

section .text.boot
bits 32

; -----------------------------------------------------------------------------
; boot_pvh_entry - where a PVH loader starts the kernel
;
;   entered by  the loader: 32-bit protected mode, flat segments, paging off
;   in        ebx = StartInfo, physical
;   out       does not return
;   clobbers  everything
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  boot_pvh_entry
boot_pvh_entry:
        cmp     dword [ebx + StartInfo_magic], PVH_MAGIC
        jne     boot_refuse
        mov     esi, LOADER_PVH
        jmp     boot_enter

; -----------------------------------------------------------------------------
; boot_multiboot_entry - where a multiboot2 loader starts the kernel
;
;   entered by  the loader: 32-bit protected mode, flat segments, paging off
;   in        eax = the loader's magic number, ebx = TagList, physical
;   out       does not return
;   clobbers  everything
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  boot_multiboot_entry
boot_multiboot_entry:
        cmp     eax, MULTIBOOT2_LOADER_MAGIC
        jne     boot_refuse
        mov     esi, LOADER_MULTIBOOT2

; Both loaders meet here: esi = which one, ebx = what it tells.
boot_enter:
        cld
        mov     ebp, ebx
        mov     eax, CPUID_EXTENDED_MAX
        cpuid
        cmp     eax, CPUID_EXTENDED
        jb      boot_refuse
        mov     eax, CPUID_EXTENDED
        cpuid
        not     edx
        test    edx, CPUID_EDX_LONG_MODE | CPUID_EDX_NO_EXECUTE
        jnz     boot_refuse

; The first 4 GiB in large pages, seen at 0 for this code, at DIRECT_BASE for the kernel to
; read what the loader tells; the first GiB at KERNEL_BASE for the kernel.
        mov     edi, boot_root
        mov     eax, boot_directories
        or      eax, PTE_PRESENT | PTE_WRITE
        mov     [edi], eax
        mov     [edi + PAGING_ROOT_DIRECT * PTE_SIZE], eax
        mov     [edi + PAGING_ROOT_KERNEL * PTE_SIZE], eax
        mov     edi, boot_directories
        mov     eax, boot_directory
        or      eax, PTE_PRESENT | PTE_WRITE
        mov     [edi + PAGING_DIRECTORY_KERNEL * PTE_SIZE], eax
        mov     ecx, BOOT_DIRECTORIES
.next_directory:
        mov     [edi], eax
        add     edi, PTE_SIZE
        add     eax, PAGE_SIZE
        dec     ecx
        jnz     .next_directory
        mov     edi, boot_directory
        mov     eax, PTE_PRESENT | PTE_WRITE | PTE_LARGE
        mov     ecx, BOOT_DIRECTORIES * TABLE_ENTRIES
.next_page:
        mov     [edi], eax
        add     edi, PTE_SIZE
        add     eax, LARGE_PAGE_SIZE
        dec     ecx
        jnz     .next_page

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
        mov     eax, boot_gdt_pointer
        lgdt    [eax]
        jmp     SELECTOR_KERNEL_CODE:boot_long_mode

bits 64
boot_long_mode:
        mov     rax, kernel_start
        jmp     rax

bits 32
; No machine that we know how to start: say so and end the run.
boot_refuse:
        mov     dx, COM1_PORT + UART_LINE_CONTROL
        mov     al, UART_8N1
        out     dx, al
        mov     esi, boot_refusal
.next:
        mov     dx, COM1_PORT + UART_LINE_STATUS
.wait:
        in      al, dx
        test    al, UART_TRANSMIT_EMPTY
        jz      .wait
        mov     al, [esi]
        test    al, al
        jz      .end
        mov     dx, COM1_PORT
        out     dx, al
        inc     esi
        jmp     .next
.end:
        mov     al, EXIT_PANIC
        out     DEBUG_EXIT_PORT, al
.stop:
        hlt
        jmp     .stop

section .rodata.boot
boot_refusal:
        db      "bantam: not a PVH or multiboot2 loader, or no 64-bit CPU with NX", 10, 0

align 8
global  boot_gdt
boot_gdt:
        dq      0
        dq      DESCRIPTOR_KERNEL_CODE
        dq      DESCRIPTOR_KERNEL_DATA
        dq      DESCRIPTOR_BOOT_CODE
boot_gdt_end:
boot_gdt_pointer:
        dw      boot_gdt_end - boot_gdt - 1
        dd      boot_gdt

section .bss.boot
align PAGE_SIZE
global  boot_root
boot_root:
        resb    PAGE_SIZE
boot_directories:
        resb    PAGE_SIZE
boot_directory:
        resb    BOOT_DIRECTORIES * PAGE_SIZE
