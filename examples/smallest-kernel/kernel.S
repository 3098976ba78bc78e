# A kernel that says one line and stops.
# Entered by a PVH loader: 32-bit protected mode, flat segments, paging off, ebx = start info.

        .intel_syntax noprefix
        .set    COM1, 0x3f8
        .set    COM1_LINE_STATUS, COM1 + 5
        .set    TRANSMIT_EMPTY, 0x20
        .set    DEBUG_EXIT, 0xf4
        .set    PVH_ENTRY, 18                   # XEN_ELFNOTE_PHYS32_ENTRY

        .section .note.Xen, "a", @note
        .long   4, 4, PVH_ENTRY
        .asciz  "Xen"
        .long   start

        .text
        .code32
        .globl  start
        .type   start, @function
start:
        mov     esi, offset message
next:
        mov     dx, COM1_LINE_STATUS
wait:
        in      al, dx
        test    al, TRANSMIT_EMPTY
        jz      wait
        lodsb
        test    al, al
        jz      done
        mov     dx, COM1
        out     dx, al
        jmp     next
done:
        out     DEBUG_EXIT, al                  # al = 0: all is well
        hlt
        .size   start, . - start

message:
        .asciz  "hello, ring 0\n"
