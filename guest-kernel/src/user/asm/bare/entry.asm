; The way of a program without a kernel from a PVH loader to 64-bit code at level 0.
; The first bytes of memory are where they are physically, in pages of 2 MiB.

%include "abi/machine.inc"
%include "abi/layout.inc"
%include "abi/bare.inc"

section .text.bare
bits 32

; -----------------------------------------------------------------------------
; bare_pvh_entry - where a PVH loader starts the program
;
;   entered by  the loader: 32-bit protected mode, flat segments, paging off
;   in        ebx = StartInfo, physical
;   out       goes on at bare_main: rdi = StartInfo, IF = 0, a stack
;   clobbers  everything
;   needs     a 64-bit CPU with NX
;   probe     none
; -----------------------------------------------------------------------------
global  bare_pvh_entry
bare_pvh_entry:
        cld
        mov     edi, bare_directory
        mov     eax, PTE_PRESENT | PTE_WRITE | PTE_LARGE
        mov     ecx, BARE_LARGE_PAGES
.map:
        mov     [edi], eax
        add     eax, LARGE_PAGE_SIZE
        add     edi, PTE_SIZE
        dec     ecx
        jnz     .map
        mov     eax, bare_directory
        or      eax, PTE_PRESENT | PTE_WRITE
        mov     [bare_directories], eax
        mov     eax, bare_directories
        or      eax, PTE_PRESENT | PTE_WRITE
        mov     [bare_root], eax
        mov     eax, CR4_PAE
        mov     cr4, eax
        mov     eax, bare_root
        mov     cr3, eax
        mov     ecx, MSR_EFER
        mov     eax, EFER_LONG_MODE | EFER_NO_EXECUTE
        xor     edx, edx
        wrmsr
        mov     eax, CR0_PROTECTION | CR0_NO_FLOATING_POINT | CR0_NUMERIC_ERROR | CR0_WRITE_PROTECT | CR0_PAGING
        mov     cr0, eax
        mov     eax, bare_gdt_pointer
        lgdt    [eax]
        jmp     SELECTOR_KERNEL_CODE:bare_long_mode

bits 64
bare_long_mode:
        mov     eax, SELECTOR_KERNEL_DATA
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        lea     rsp, [rel bare_stack_end]
        mov     edi, ebx
        jmp     bare_main

section .rodata.bare
align 8
bare_gdt:
        dq      0
        dq      DESCRIPTOR_KERNEL_CODE
        dq      DESCRIPTOR_KERNEL_DATA
bare_gdt_end:
bare_gdt_pointer:
        dw      bare_gdt_end - bare_gdt - 1
        dd      bare_gdt

section .bss.bare
align PAGE_SIZE
bare_root:
        resb    PAGE_SIZE
bare_directories:
        resb    PAGE_SIZE
global  bare_directory
bare_directory:
        resb    PAGE_SIZE
        resb    BARE_STACK
bare_stack_end:
