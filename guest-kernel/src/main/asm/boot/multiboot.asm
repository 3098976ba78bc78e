; The header that a multiboot2 loader looks for in the first 32 KiB of the file.
; It asks for nothing but an entry of its own; see the Multiboot2 specification 3.1.

%include "abi/machine.inc"

WORD_MASK       equ     0xffffffff

section .rodata.boot

align MULTIBOOT2_TAG_ALIGN
multiboot_header:
        dd      MULTIBOOT2_HEADER_MAGIC
        dd      MULTIBOOT2_I386
        dd      multiboot_header_end - multiboot_header
        dd      -(MULTIBOOT2_HEADER_MAGIC + MULTIBOOT2_I386 + multiboot_header_end - multiboot_header) & WORD_MASK
.entry:
        dw      MULTIBOOT2_TAG_ENTRY, 0
        dd      .entry_end - .entry
        dd      boot_multiboot_entry
.entry_end:
        align   MULTIBOOT2_TAG_ALIGN, 0
.end:
        dw      MULTIBOOT2_TAG_END, 0
        dd      multiboot_header_end - .end
multiboot_header_end:
