; Room for lists of operations: the host writes them into the image.

section .rodata.PROGRAM
global  PROGRAM_lists
PROGRAM_lists:
        fill    0x8000, 0
