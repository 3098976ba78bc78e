; The address register is read back as it was written, by four bytes at once; a function that is not there reads as all
; ones, at any width.
;
; manual: PCI Local Bus 3.0, 3.2.2.3.2 and 6.1
; expect:
;   address=0x8000f8fc
;   vendor=0xffffffff
;   half=0xffff
;   byte=0xff
;   not enabled=0xffffffff
;   the bridge at device 0 is Intel's=0x8086

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

LAST_DEVICE     equ     30 << 11        ; device 31 is there on some PCs

        section .text
global  pci_answers_for_absent_functions_with_all_ones
pci_answers_for_absent_functions_with_all_ones:
        mov     eax, PCI_ENABLE | 31 << 11 | 0xfc
        mov     dx, PCI_ADDRESS
        out     dx, eax
        xor     eax, eax
        in      eax, dx
        FACT    "address", rax
        mov     edi, LAST_DEVICE
        call    pci_read
        FACT    "vendor", rax
        mov     dx, PCI_DATA + 2
        xor     eax, eax
        in      ax, dx
        FACT    "half", rax
        mov     dx, PCI_DATA + 1
        xor     eax, eax
        in      al, dx
        FACT    "byte", rax
        mov     eax, 0
        mov     dx, PCI_ADDRESS
        out     dx, eax
        mov     dx, PCI_DATA
        in      eax, dx
        FACT    "not enabled", rax
        xor     edi, edi
        call    pci_read
        movzx   eax, ax
        FACT    "the bridge at device 0 is Intel's", rax
        ret
