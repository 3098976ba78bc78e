; The PCI bus by configuration mechanism 1. A place is device << 11 | function << 8 | register, on bus 0.

%include "runtime/machine.inc"
%include "runtime/disk.inc"

section .text

; pci_read(edi = place): eax; clobbers rdx
global  pci_read
pci_read:
        call    pci_select
        in      eax, dx
        ret

; pci_write(edi = place, esi = value); clobbers rax, rdx
global  pci_write
pci_write:
        call    pci_select
        mov     eax, esi
        out     dx, eax
        ret

pci_select:
        mov     eax, edi
        or      eax, PCI_ENABLE
        mov     dx, PCI_ADDRESS
        out     dx, eax
        mov     dx, PCI_DATA
        ret

; pci_find(esi = device id << 16 | vendor id): edi = its place, or CF; clobbers rax, rdx
global  pci_find
pci_find:
        xor     edi, edi
.next:
        call    pci_read
        cmp     eax, esi
        je      .found
        add     edi, PCI_FUNCTION
        cmp     edi, PCI_FUNCTIONS_END
        jb      .next
        stc
        ret
.found:
        clc
        ret
