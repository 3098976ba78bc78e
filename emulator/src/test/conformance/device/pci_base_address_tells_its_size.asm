; What stays zero in a base address register when all ones are written is its size; the kind is in the lowest bits. A
; window follows its register, and is closed by the command register.
;
; manual: PCI Local Bus 3.0, 6.2.5.1
; expect:
;   ports=0xffffff81
;   memory=0xffffc00c
;   upper half=0xffffffff
;   moved=0x40
;   open=0x40
;   closed=0xffffffff

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

PLACE           equ     0xe800_0000     ; where nothing is
PAGE_OF_CONFIG  equ     8

        section .text
global  pci_base_address_tells_its_size
pci_base_address_tells_its_size:
        call    disk_open
        mov     edi, [rel disk_function]
        or      edi, PCI_COMMAND
        xor     esi, esi
        call    pci_write
        mov     ebx, PCI_BASE_0
        call    size_of
        FACT    "ports", rax
        mov     ebx, PCI_BASE_4
        call    size_of
        FACT    "memory", rax
        mov     ebx, PCI_BASE_5
        call    size_of
        FACT    "upper half", rax

        mov     edi, [rel disk_function]
        or      edi, PCI_BASE_4
        call    pci_read
        mov     r12d, eax
        mov     esi, PLACE
        call    pci_write
        mov     edi, [rel disk_function]
        or      edi, PCI_COMMAND
        mov     esi, PCI_COMMAND_ALL
        call    pci_write
        mov     rax, [disk_registers + DISK_CONFIG * 8]
        mov     r13, [window_table + DISK_CONFIG * 8]
        mov     r14d, r12d
        and     r14d, ~15
        sub     r13d, r14d
        add     r13d, PLACE
        mov     [window_table + PAGE_OF_CONFIG * 8], r13
        and     eax, PAGE - 1
        add     eax, WINDOW + PAGE_OF_CONFIG * PAGE
        mov     r15, rax
        mov     eax, [r15]
        FACT    "moved", rax
        mov     edx, [rel disk_ports]
        add     edx, LEGACY_CONFIG
        in      eax, dx
        FACT    "open", rax
        mov     edi, [rel disk_function]
        or      edi, PCI_COMMAND
        xor     esi, esi
        call    pci_write
        mov     edx, [rel disk_ports]
        add     edx, LEGACY_CONFIG
        in      eax, dx
        FACT    "closed", rax
        mov     edi, [rel disk_function]
        or      edi, PCI_BASE_4
        mov     esi, r12d
        call    pci_write
        mov     edi, [rel disk_function]
        or      edi, PCI_COMMAND
        mov     esi, PCI_COMMAND_ALL
        call    pci_write
        jmp     disk_close

; ebx = register: eax = what all ones leave there; its value is put back
size_of:
        mov     edi, [rel disk_function]
        or      edi, ebx
        call    pci_read
        push    rax
        mov     esi, -1
        call    pci_write
        call    pci_read
        pop     rsi
        push    rax
        call    pci_write
        pop     rax
        ret
