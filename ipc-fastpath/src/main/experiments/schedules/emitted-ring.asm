; The memory of a ring that is emitted: code of generators knows its name.

%include "lib/list.inc"

section .bss
align PAGE_SIZE
global  ring
ring:
        resb    LIST_BYTES
