; A used buffer raises the line whose number firmware left in the function's register. The line stays on, and its bit in
; the function's status with it, until the device's interrupt status is read.
;
; manual: Virtual I/O Device 1.1, 4.1.4.5; PCI Local Bus 3.0, 6.2.3 and 6.2.4
; expect:
;   read=0x0
;   interrupts=0x1
;   pin=0x1
;   asked=0x1
;   pin=0x0
;   asked=0x0
;   not wanted, interrupts=0x0

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

LINE_LEVEL      equ     0x4d0           ; the PICs' edge and level registers

        section .text
global  disk_interrupts_by_its_pin_until_it_is_asked
disk_interrupts_by_its_pin_until_it_is_asked:
        call    disk_open
        mov     edi, [rel disk_function]
        or      edi, PCI_LINE
        call    pci_read
        movzx   ebx, al
        lea     eax, [rbx + PIC_BASE]
        mov     qword [handlers + rax * 8], on_interrupt
        xor     esi, esi
        call    disk_start
        mov     dx, LINE_LEVEL
        in      al, dx
        mov     ah, al
        inc     edx
        in      al, dx
        xchg    al, ah
        bts     eax, ebx
        mov     dx, LINE_LEVEL
        out     dx, al
        mov     al, ah
        inc     edx
        out     dx, al
        APIC_WRITE LAPIC_LVT_LINT0, LVT_EXTINT
        mov     eax, -1
        btr     eax, ebx
        btr     eax, 2
        out     PIC1 + 1, al
        mov     al, ah
        out     PIC2 + 1, al
        ASK     DISK_READ, 0, SECTOR
        sti
        call    disk_run
        call    wait_a_while
        cli
        FACT    "read", rax
        FACT    "interrupts", qword [rel count]
        call    pin_status
        FACT    "pin", rax
        call    disk_interrupt
        FACT    "asked", rax
        call    pin_status
        FACT    "pin", rax
        call    disk_interrupt
        FACT    "asked", rax
        mov     qword [rel count], 0
        mov     word [AVAILABLE], 1
        sti
        call    disk_run
        call    wait_a_while
        cli
        FACT    "not wanted, interrupts", qword [rel count]
        jmp     disk_close

; Masks the line, which stays on, before it ends the interrupt.
on_interrupt:
        inc     qword [rel count]
        mov     al, 0xff
        out     PIC2 + 1, al
        out     PIC1 + 1, al
        mov     al, PIC_EOI
        out     PIC2, al
        out     PIC1, al
        ret

wait_a_while:
        mov     ecx, 100_000
.spin:
        pause
        dec     ecx
        jnz     .spin
        ret

pin_status:
        mov     edi, [rel disk_function]
        or      edi, PCI_COMMAND
        call    pci_read
        shr     eax, 19
        and     eax, 1
        ret

        section .bss
        align   8
count:  resb    8
