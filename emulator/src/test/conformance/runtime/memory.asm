; Memory at fixed addresses, so that a program may print them: it all begins at 0x400000, in this order.

%include "runtime/machine.inc"

global  root_table, pointer_table, low_directory, user_directory, window_directory, device_directory, window_table
global  gdt, idt, tss, scratch
global  main_stack, main_stack_end, rsp0_stack_end, ist_stacks, user_stack, user_stack_end, cpu_stacks
global  boot_root, boot_pointers, boot_directory, boot_devices

section .fixed
root_table:     resb    PAGE            ; 0x400000: PML4
pointer_table:  resb    PAGE            ; PDPT of the low 512 GiB
low_directory:  resb    PAGE            ; 0: the first 64 MiB, for level 0
user_directory: resb    PAGE            ; USER_BASE: the same memory, for ring 3
window_directory: resb  PAGE            ; WINDOW: a program's own
device_directory: resb  PAGE            ; 3 GiB: the APICs
window_table:   resb    PAGE            ; the first 2 MiB of WINDOW, page by page
boot_root:      resb    PAGE
boot_pointers:  resb    PAGE
boot_directory: resb    PAGE
boot_devices:   resb    PAGE
gdt:            resb    PAGE            ; 0x40b000
idt:            resb    PAGE
tss:            resb    3 * PAGE
                resb    PAGE            ; nothing beside the stacks
main_stack:     resb    4 * PAGE        ; 0x411000
main_stack_end:
rsp0_stack:     resb    2 * PAGE
rsp0_stack_end:
ist_stacks:     resb    7 * PAGE        ; IST1's first; each begins at its end
user_stack:     resb    2 * PAGE
user_stack_end:
cpu_stacks:     resb    16 * 2 * PAGE   ; by APIC id
                align   0x4_0000
scratch:        resb    SCRATCH_PAGES * PAGE ; 0x440000: zero when a program begins
scratch_end:
                align   LARGE_PAGE
global  large_scratch
large_scratch:  resb    LARGE_PAGE      ; 0x600000: zero at boot, for programs with large pages

%assert rsp0_stack_end - rsp0_stack == 2 * PAGE
%assert scratch - root_table == SCRATCH - 0x40_0000
%assert large_scratch - root_table == LARGE_SCRATCH - 0x40_0000
