; A level-triggered input sets Remote IRR when it is taken, EOI clears it, and the interrupt comes again while the
; line is up.
;
; manual: 82093AA data sheet 3.2.4; SDM 3A 10.8.5
; bochs: differs, it sends a level once and never sets Remote IRR (SDM 3A 10.8.5)
; expect:
;   remote irr=0x4000
;   times=0x3
;   remote irr=0x0
;   tmr=0x100000

%include "runtime/conformance.inc"

LINE_4          equ     IOAPIC_REDIRECTION + 2 * 4
INTERRUPT_ENABLE equ     COM1 + 1

        section .text
global  level_stays_until_its_cause_is_gone
level_stays_until_its_cause_is_gone:
        HANDLE  0x54, .handler
        IOAPIC_WRITE LINE_4 + 1, 0
        IOAPIC_WRITE LINE_4, REDIRECT_LEVEL | 0x54
; the serial port asks to be given something to send
        mov     dx, COM1 + 4
        mov     al, 0x0b
        out     dx, al
        mov     dx, INTERRUPT_ENABLE
        mov     al, 2
        out     dx, al
        AWAIT   scratch, 3
        FACT    "remote irr", qword [rel scratch + 8]
        FACT    "times", qword [rel scratch]
        IOAPIC_READ LINE_4
        and     eax, REDIRECT_REMOTE_IRR
        FACT    "remote irr", rax
        FACT    "tmr", qword [rel scratch + 16]
        IOAPIC_WRITE LINE_4, REDIRECT_MASKED
        ret
.handler:
        inc     qword [rel scratch]
        cmp     qword [rel scratch], 1
        jne     .later
        IOAPIC_READ LINE_4
        and     eax, REDIRECT_REMOTE_IRR
        mov     [rel scratch + 8], rax
        APIC_READ LAPIC_TMR + 0x20
        mov     [rel scratch + 16], rax
.later:
        cmp     qword [rel scratch], 3
        jb      .end
        mov     dx, INTERRUPT_ENABLE
        xor     eax, eax
        out     dx, al
.end:
        APIC_WRITE LAPIC_EOI, 0
        ret
