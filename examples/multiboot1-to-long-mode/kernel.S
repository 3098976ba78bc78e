# A kernel that a multiboot1 loader starts in 32 bits and that goes to 64 bits by itself.
# Entered by the loader: 32-bit protected mode, flat segments, paging off, no stack;
# eax = the loader's magic number, ebx = its information.

        .intel_syntax noprefix
        .set    HEADER_MAGIC, 0x1badb002
        .set    HEADER_FLAGS, 1 << 1            # memory information, please
        .set    LOADER_MAGIC, 0x2badb002

        .set    COM1, 0x3f8
        .set    COM1_LINE_STATUS, COM1 + 5
        .set    TRANSMIT_EMPTY, 0x20
        .set    DEBUG_EXIT, 0xf4

        .set    CR0_PAGING, 1 << 31
        .set    CR4_PAE, 1 << 5
        .set    EFER, 0xc0000080
        .set    EFER_LONG_MODE, 1 << 8
        .set    PRESENT_WRITABLE, 3
        .set    LARGE, 1 << 7
        .set    CODE_64, 8

        .section .header, "a"
        .balign 4
        .long   HEADER_MAGIC, HEADER_FLAGS, -(HEADER_MAGIC + HEADER_FLAGS)

        .text
        .code32
        .globl  start
        .type   start, @function
start:
        mov     esp, offset stack_end
        cmp     eax, LOADER_MAGIC
        jne     refuse
        mov     esi, offset in_32_bits
        call    print

# One large page, seen where it is: the first 2 MiB.
        mov     eax, offset directories + PRESENT_WRITABLE
        mov     [root], eax
        mov     eax, offset directory + PRESENT_WRITABLE
        mov     [directories], eax
        mov     dword ptr [directory], PRESENT_WRITABLE | LARGE

# The order is the manual's: PAE, the tables, long mode enabled, and with paging it is active (SDM 3A 10.8.5).
        mov     eax, cr4
        or      eax, CR4_PAE
        mov     cr4, eax
        mov     eax, offset root
        mov     cr3, eax
        mov     ecx, EFER
        rdmsr
        or      eax, EFER_LONG_MODE
        wrmsr
        mov     eax, cr0
        or      eax, CR0_PAGING
        mov     cr0, eax

# This is compatibility mode still; a 64-bit code segment ends it.
        lgdt    [gdt_pointer]
        ljmp    CODE_64:in_long_mode
        .size   start, . - start

refuse:
        mov     esi, offset not_multiboot
        call    print
        mov     al, 1
        out     DEBUG_EXIT, al
        hlt

# print - send a text to the serial port; the same bytes in 32 and in 64 bits
#   in        esi = the text, ended by a zero byte
#   clobbers  al, edx, esi
        .type   print, @function
print:
        mov     dx, COM1_LINE_STATUS
0:      in      al, dx
        test    al, TRANSMIT_EMPTY
        jz      0b
        lodsb
        test    al, al
        jz      1f
        mov     dx, COM1
        out     dx, al
        jmp     print
1:      ret
        .size   print, . - print

        .code64
        .type   in_long_mode, @function
in_long_mode:
        xor     eax, eax
        mov     ss, eax
        mov     ds, eax
        mov     es, eax
        mov     rsi, offset in_64_bits
        call    print
        xor     eax, eax
        out     DEBUG_EXIT, al                  # al = 0: all is well
        hlt
        .size   in_long_mode, . - in_long_mode

        .section .rodata
in_32_bits:
        .asciz  "32 bits: started by a multiboot1 loader\n"
in_64_bits:
        .asciz  "64 bits: hello from long mode\n"
not_multiboot:
        .asciz  "this is no multiboot1 loader\n"

        .balign 8
gdt:
        .quad   0
        .quad   0x00af9a000000ffff              # code, 64 bits, level 0
gdt_end:
gdt_pointer:
        .word   gdt_end - gdt - 1
        .long   gdt

        .bss
        .balign 4096
root:
        .skip   4096
directories:
        .skip   4096
directory:
        .skip   4096
stack:
        .skip   4096
stack_end:
