; The way of each CPU from its first instruction to 64-bit code at level 0.
; Memory is where it is physically, in pages of 2 MiB: the first GiB, and the local APIC.

%include "stand/stand.inc"
%include "stand/place.inc"

; The first GiB, and the large page of the local APIC.
DIRECTORY_SPAN  equ     LARGE_PAGE_SIZE * TABLE_ENTRIES
LAPIC_DIRECTORY equ     LAPIC_BASE / DIRECTORY_SPAN
LAPIC_ENTRY     equ     (LAPIC_BASE & (DIRECTORY_SPAN - 1)) / LARGE_PAGE_SIZE
LAPIC_PAGE      equ     LAPIC_BASE & ~(LARGE_PAGE_SIZE - 1)
%ifdef STAND_USER
TABLE_ACCESS    equ     PTE_PRESENT | PTE_WRITE | PTE_USER
%else
TABLE_ACCESS    equ     PTE_PRESENT | PTE_WRITE
%endif

section .text.stand
bits 32

; -----------------------------------------------------------------------------
; stand_pvh_entry - where a PVH loader starts the first CPU
;
;   entered by  the loader: 32-bit protected mode, flat segments, paging off
;   in        nothing
;   out       goes on at stand_cpu with tables of pages
;   clobbers  everything
;   needs     a 64-bit CPU
;   probe     none
; -----------------------------------------------------------------------------
global  stand_pvh_entry
stand_pvh_entry:
        cld
        mov     edi, stand_directory
        mov     eax, TABLE_ACCESS | PTE_LARGE
        mov     ecx, TABLE_ENTRIES
.map:
        mov     [edi], eax
        add     eax, LARGE_PAGE_SIZE
        add     edi, PTE_SIZE
        dec     ecx
        jnz     .map
        mov     dword [stand_devices + LAPIC_ENTRY * PTE_SIZE], LAPIC_PAGE | TABLE_ACCESS | PTE_LARGE | PTE_NO_CACHE
        mov     eax, stand_directory
        or      eax, TABLE_ACCESS
        mov     [stand_directories], eax
        mov     eax, stand_devices
        or      eax, TABLE_ACCESS
        mov     [stand_directories + LAPIC_DIRECTORY * PTE_SIZE], eax
        mov     eax, stand_directories
        or      eax, TABLE_ACCESS
        mov     [stand_root], eax
        lgdt    [stand_gdt_pointer]

; -----------------------------------------------------------------------------
; stand_climb - from protected mode to 64-bit code
;
;   entered by  stand_pvh_entry and stand_trampoline
;   in        the stand's descriptors are loaded
;   out       goes on at stand_cpu
;   clobbers  everything
;   needs     tables of pages, IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  stand_climb
stand_climb:
        mov     eax, SELECTOR_KERNEL_DATA
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        mov     eax, CR4_PAE | STAND_CR4_FLOAT
        mov     cr4, eax
        mov     eax, stand_root
        mov     cr3, eax
        mov     ecx, MSR_EFER
        mov     eax, EFER_LONG_MODE | EFER_NO_EXECUTE | EFER_SYSCALL
        xor     edx, edx
        wrmsr
        mov     eax, CR0_PROTECTION | STAND_CR0_FLOAT | CR0_NUMERIC_ERROR | CR0_WRITE_PROTECT | CR0_PAGING
        mov     cr0, eax
        jmp     SELECTOR_KERNEL_CODE:stand_long_mode

bits 64
stand_long_mode:
        mov     rax, stand_cpu
        jmp     rax

section .rodata.stand
align 8
; -----------------------------------------------------------------------------
; stand_gdt - the descriptors of all CPUs
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_gdt
stand_gdt:
        dq      0
        dq      DESCRIPTOR_KERNEL_CODE
        dq      DESCRIPTOR_KERNEL_DATA
        dq      DESCRIPTOR_USER_DATA
        dq      DESCRIPTOR_USER_CODE
        dq      DESCRIPTOR_BOOT_CODE
stand_gdt_end:
stand_gdt_pointer:
        dw      stand_gdt_end - stand_gdt - 1
        dd      stand_gdt

section .bss.stand
align PAGE_SIZE
; -----------------------------------------------------------------------------
; stand_root - the tables of pages that all CPUs begin with
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_root
stand_root:
        resb    PAGE_SIZE
stand_directories:
        resb    PAGE_SIZE
stand_directory:
        resb    PAGE_SIZE
stand_devices:
        resb    PAGE_SIZE
