# A kernel that sorts some numbers and says whether they are in order.
# Entered by a PVH loader: 32-bit protected mode, flat segments, paging off, no stack.

        .intel_syntax noprefix
        .set    PVH_ENTRY, 18                   # XEN_ELFNOTE_PHYS32_ENTRY
        .set    COM1, 0x3f8
        .set    COM1_LINE_STATUS, COM1 + 5
        .set    TRANSMIT_EMPTY, 0x20
        .set    DEBUG_EXIT, 0xf4
        .set    NUMBERS, 24
        .set    SEED, 12345

        .section .note.Xen, "a", @note
        .long   4, 4, PVH_ENTRY
        .asciz  "Xen"
        .long   start

        .text
        .code32
        .globl  start
        .type   start, @function
start:
        mov     esp, offset stack_end
        call    fill
        call    sort
        call    check
        mov     esi, offset text_sorted
        test    eax, eax
        jz      0f
        mov     esi, offset text_unsorted
0:      push    eax
        call    print
        pop     eax
        out     DEBUG_EXIT, al                  # al = 0: all is well
        hlt
        .size   start, . - start

# fill - numbers without any order
        .type   fill, @function
fill:
        mov     eax, SEED
        xor     ecx, ecx
0:      imul    eax, eax, 1103515245
        add     eax, 12345
        mov     edx, eax
        shr     edx, 16
        mov     [numbers + ecx * 4], edx
        inc     ecx
        cmp     ecx, NUMBERS
        jne     0b
        ret
        .size   fill, . - fill

# sort - put each number where it belongs among those before it
        .globl  sort, sort_done
        .type   sort, @function
sort:
        mov     ecx, 1
next_number:
        mov     ebx, ecx
        mov     eax, [numbers + ecx * 4]
move_one:
        mov     edx, [numbers + ebx * 4 - 4]
        cmp     edx, eax
        jbe     put_it
        mov     [numbers + ebx * 4], edx
        dec     ebx
        jnz     move_one
put_it:
        mov     [numbers + ebx * 4], eax
        inc     ecx
        cmp     ecx, NUMBERS
        jne     next_number
sort_done:
        ret
        .size   sort, . - sort

# check - out: eax = how many are smaller than the one before them
        .type   check, @function
check:
        xor     eax, eax
        mov     ecx, 1
0:      mov     edx, [numbers + ecx * 4]
        cmp     edx, [numbers + ecx * 4 - 4]
        jae     1f
        inc     eax
1:      inc     ecx
        cmp     ecx, NUMBERS
        jne     0b
        ret
        .size   check, . - check

# print - esi = a text, ended by a zero byte; clobbers al, edx, esi
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

        .section .rodata
text_sorted:
        .asciz  "sorted\n"
text_unsorted:
        .asciz  "not sorted\n"

        .bss
        .balign 16
        .globl  numbers
numbers:
        .skip   NUMBERS * 4
stack:
        .skip   1024
stack_end:
