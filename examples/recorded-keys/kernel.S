# A kernel that sends back in capitals what is typed, up to the end of the line.
# Entered by a PVH loader: 32-bit protected mode, flat segments, paging off, ebx = start info.

        .intel_syntax noprefix
        .set    COM1, 0x3f8
        .set    COM1_LINE_STATUS, COM1 + 5
        .set    DATA_READY, 0x01
        .set    TRANSMIT_EMPTY, 0x20
        .set    DEBUG_EXIT, 0xf4
        .set    PVH_ENTRY, 18                   # XEN_ELFNOTE_PHYS32_ENTRY
        .set    CAPITAL, 'a' - 'A'

        .section .note.Xen, "a", @note
        .long   4, 4, PVH_ENTRY
        .asciz  "Xen"
        .long   start

        .text
        .code32
        .globl  start
        .type   start, @function
start:
        mov     dx, COM1_LINE_STATUS
wait_for_key:
        in      al, dx
        test    al, DATA_READY
        jz      wait_for_key
        mov     dx, COM1
        in      al, dx
        mov     bl, al
        cmp     al, 'a'
        jb      send
        cmp     al, 'z'
        ja      send
        sub     al, CAPITAL
send:
        mov     ah, al
        mov     dx, COM1_LINE_STATUS
wait_for_room:
        in      al, dx
        test    al, TRANSMIT_EMPTY
        jz      wait_for_room
        mov     dx, COM1
        mov     al, ah
        out     dx, al
        cmp     bl, '\n'
        jne     start
        xor     al, al
        out     DEBUG_EXIT, al                  # al = 0: all is well
        hlt
        .size   start, . - start
