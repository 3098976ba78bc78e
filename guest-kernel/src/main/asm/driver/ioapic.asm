; The I/O APIC: one vector a line, to the CPU that started, masked unless an interrupt is
; open. Registers are memory at KERNEL_IOAPIC.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"

IOAPIC_HIGH_HALVES equ IOAPIC_ENTRIES + 1

section .text

; -----------------------------------------------------------------------------
; ioapic_start - point all lines at this CPU, and mask them
;
;   in        nothing
;   out       line n would come as vector ISA_FIRST_VECTOR + n
;   clobbers  rax, rcx, rdx, rdi, flags
;   needs     the pages at KERNEL_IOAPIC and KERNEL_LAPIC
;   probe     none
;
; Lines are taken as those of the ISA bus: edges, active high.
; -----------------------------------------------------------------------------
global  ioapic_start
ioapic_start:
        xor     edi, edi
.next:
        call    ioapic_mask
        mov     rdx, KERNEL_LAPIC
        mov     ecx, [rdx + LAPIC_ID]
        mov     edx, IOAPIC_DESTINATION
        and     ecx, edx
        mov     rdx, KERNEL_IOAPIC
        lea     eax, [rdi * 2 + IOAPIC_HIGH_HALVES]
        mov     [rdx + IOAPIC_SELECT], eax
        mov     [rdx + IOAPIC_WINDOW], ecx
        inc     edi
        cmp     edi, LINE_COUNT
        jb      .next
        ret

; -----------------------------------------------------------------------------
; ioapic_mask - let a line come no more
;
;   in        edi = line
;   out       an interrupt that is already on its way still comes
;   clobbers  rax, rcx, rdx, flags
;   needs     line < LINE_COUNT
;   probe     none
; -----------------------------------------------------------------------------
global  ioapic_mask
ioapic_mask:
        mov     ecx, IOAPIC_MASKED
        jmp     ioapic_write

; -----------------------------------------------------------------------------
; ioapic_unmask - let a line come
;
;   in        edi = line
;   out       its next edge is an interrupt
;   clobbers  rax, rcx, rdx, flags
;   needs     line < LINE_COUNT
;   probe     none
; -----------------------------------------------------------------------------
global  ioapic_unmask
ioapic_unmask:
        xor     ecx, ecx

; ecx = IOAPIC_MASKED or 0
ioapic_write:
        mov     rdx, KERNEL_IOAPIC
        lea     eax, [rdi * 2 + IOAPIC_ENTRIES]
        mov     [rdx + IOAPIC_SELECT], eax
        lea     eax, [rdi + rcx + ISA_FIRST_VECTOR]
        mov     [rdx + IOAPIC_WINDOW], eax
        ret
