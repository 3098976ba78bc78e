; From a loader's 32-bit world to 64-bit mode: PVH and multiboot2 meet here, and only the command line is taken along.

%include "runtime/machine.inc"

PVH_COMMAND_LINE equ    24
MULTIBOOT2_MAGIC equ    0xe852_50d6
MULTIBOOT2_LOADED equ   0x36d7_6289
TAG_COMMAND_LINE equ    1

section .boot
align 8
multiboot_header:
        dd      MULTIBOOT2_MAGIC
        dd      0
        dd      multiboot_header_end - multiboot_header
        dd      -(MULTIBOOT2_MAGIC + multiboot_header_end - multiboot_header) & 0xffff_ffff
.entry:
        dw      3, 0
        dd      .entry_end - .entry
        dd      multiboot_entry
.entry_end:
        align   8, 0
        dw      0, 0
        dd      8
multiboot_header_end:

bits 32
; entered by a PVH loader: ebx = its start info
global  pvh_entry
pvh_entry:
        mov     esi, [ebx + PVH_COMMAND_LINE]
        jmp     boot_enter

; entered by a multiboot2 loader: ebx = its information, a chain of tags
global  multiboot_entry
multiboot_entry:
        xor     esi, esi
        cmp     eax, MULTIBOOT2_LOADED
        jne     boot_enter
        lea     edx, [ebx + 8]
.tag:
        cmp     dword [edx], 0
        je      boot_enter
        cmp     dword [edx], TAG_COMMAND_LINE
        je      .found
        mov     eax, [edx + 4]
        add     eax, 7
        and     eax, ~7
        add     edx, eax
        jmp     .tag
.found:
        lea     esi, [edx + 8]

boot_enter:
        cld
        mov     esp, main_stack_end
        mov     edi, command_line
        test    esi, esi
        jz      .copied
        mov     ecx, 1023
.copy:
        lodsb
        stosb
        test    al, al
        jz      .copied
        loop    .copy
.copied:

; The boot tables map the first 64 MiB to themselves. They stay: a reset of the tables proper happens on them.
        mov     dword [boot_root], boot_pointers + 3
        mov     dword [boot_pointers], boot_directory + 3
        mov     dword [boot_pointers + 3 * 8], boot_devices + 3
        mov     edi, boot_directory
        mov     eax, PTE_P | PTE_W | PTE_PS
.large:
        mov     [edi], eax
        add     edi, 8
        add     eax, LARGE_PAGE
        cmp     eax, 32 * LARGE_PAGE
        jb      .large
        mov     dword [boot_devices + (IOAPIC >> 21 & 511) * 8], IOAPIC + 0x9b
        mov     dword [boot_devices + (LAPIC >> 21 & 511) * 8], LAPIC + 0x9b

        mov     eax, CR4_PAE
        mov     cr4, eax
        mov     eax, boot_root
        mov     cr3, eax
        mov     ecx, MSR_EFER
        mov     eax, EFER_LME | EFER_NXE | EFER_SCE
        xor     edx, edx
        wrmsr
        mov     eax, CR0_PE | CR0_MP | CR0_ET | CR0_NE | CR0_WP | CR0_PG
        mov     cr0, eax
        lgdt    [boot_gdt_pointer]
        jmp     KERNEL_CODE:boot_long_mode
bits 64
boot_long_mode:
        mov     eax, KERNEL_DATA
        mov     ss, eax
        jmp     run_programs

align 8
boot_gdt:
        dq      0
        dq      0x00af_9b00_0000_ffff
        dq      0x00cf_9300_0000_ffff
boot_gdt_end:
boot_gdt_pointer:
        dw      boot_gdt_end - boot_gdt - 1
        dd      boot_gdt
        dd      0
