# A kernel that starts a second CPU. The two take turns at the serial port.
# Entered by a PVH loader: 32-bit protected mode, flat segments, paging off, no stack.

        .intel_syntax noprefix
        .set    PVH_ENTRY, 18                   # XEN_ELFNOTE_PHYS32_ENTRY
        .set    COM1, 0x3f8
        .set    COM1_LINE_STATUS, COM1 + 5
        .set    TRANSMIT_EMPTY, 0x20
        .set    DEBUG_EXIT, 0xf4

# The local APIC, seen by each CPU at the same address: its own (SDM 3A 11.4.1).
        .set    LAPIC, 0xfee00000
        .set    LAPIC_SPURIOUS, LAPIC + 0xf0
        .set    LAPIC_COMMAND, LAPIC + 0x300
        .set    LAPIC_DESTINATION, LAPIC + 0x310
        .set    LAPIC_ENABLED, 0x1ff
        .set    COMMAND_PENDING, 1 << 12
        .set    SEND_INIT, 0x4500
        .set    SEND_START_UP, 0x4600           # plus the number of the page to start at
        .set    SECOND_CPU, 1 << 24

        .set    TRAMPOLINE, 0x8000              # a page below 1 MiB, where real mode reaches
        .set    CR0_PROTECTION, 1
        .set    CODE_32, 8
        .set    DATA_32, 16

        .section .note.Xen, "a", @note
        .long   4, 4, PVH_ENTRY
        .asciz  "Xen"
        .long   start

        .text
        .code32
        .globl  start
        .type   start, @function
start:
        mov     esp, offset stack_first_end
        lgdt    [gdt_pointer]                   # the loader's descriptors are nobody's promise
        mov     esi, offset first_starts
        call    print

        mov     esi, offset trampoline
        mov     edi, TRAMPOLINE
        mov     ecx, offset trampoline_end - trampoline
        rep movsb

# INIT, then a start-up message with the page's number; real CPUs may want it twice, so it is sent twice.
        mov     dword ptr [LAPIC_SPURIOUS], LAPIC_ENABLED
        mov     eax, SEND_INIT
        call    send
        mov     eax, SEND_START_UP + (TRAMPOLINE >> 12)
        call    send
        mov     eax, SEND_START_UP + (TRAMPOLINE >> 12)
        call    send

wait_for_second:
        pause
        cmp     dword ptr [turn], 1
        jb      wait_for_second
        mov     esi, offset first_ends
        call    print
        xor     eax, eax
        out     DEBUG_EXIT, al                  # al = 0: all is well
        hlt
        .size   start, . - start

# send - send a command to the second CPU, and let some time pass
#   in        eax = the command
#   clobbers  ecx
        .type   send, @function
send:
        mov     dword ptr [LAPIC_DESTINATION], SECOND_CPU
        mov     [LAPIC_COMMAND], eax
0:      pause
        test    dword ptr [LAPIC_COMMAND], COMMAND_PENDING
        jnz     0b
        mov     ecx, 100000
1:      pause
        dec     ecx
        jnz     1b
        ret
        .size   send, . - send

# print - send a text to the serial port
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

# The second CPU wakes up in real mode at the start of the page, and knows nothing but its number (SDM 3A 9.4).
        .code16
trampoline:
        cli
        mov     ax, cs
        mov     ds, ax
        lgdt    [trampoline_gdt_pointer - trampoline]
        mov     eax, cr0
        or      eax, CR0_PROTECTION
        mov     cr0, eax
        ljmpd   CODE_32:second
trampoline_gdt_pointer:
        .word   gdt_end - gdt - 1
        .long   gdt
trampoline_end:

        .code32
        .type   second, @function
second:
        mov     eax, DATA_32
        mov     ds, eax
        mov     ss, eax
        mov     esp, offset stack_second_end
        mov     esi, offset second_runs
        call    print
        lock inc dword ptr [turn]
0:      hlt
        jmp     0b
        .size   second, . - second

first_starts:
        .asciz  "cpu 0: starting cpu 1\n"
second_runs:
        .asciz  "cpu 1: here, from real mode to protected mode\n"
first_ends:
        .asciz  "cpu 0: done\n"

        .balign 8
gdt:
        .quad   0
        .quad   0x00cf9b000000ffff              # code, 32 bits, 4 GiB, level 0
        .quad   0x00cf93000000ffff              # data, the same
gdt_end:
gdt_pointer:
        .word   gdt_end - gdt - 1
        .long   gdt

        .bss
        .balign 16
turn:
        .skip   16
stack_first:
        .skip   1024
stack_first_end:
stack_second:
        .skip   1024
stack_second_end:
