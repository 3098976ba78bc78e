; Two CPUs that send each other interrupts in turn lose none.
;
; manual: SDM 3A 10.6.1
; cpus: 2
; expect:
;   sent=0x64
;   answered=0x64

%include "runtime/conformance.inc"

        section .text
global  answer_by_interrupt
answer_by_interrupt:
        HANDLE  0x40, .question
        HANDLE  0x41, .answer
        START_CPU 1
        CPU_CALL 1, .serve
        mov     ebx, 100
.next:
        SEND    1, ICR_ASSERT | 0x40
        inc     qword [rel scratch]
        sti
.wait:
        pause
        mov     rax, [rel scratch + 8]
        cmp     rax, [rel scratch]
        jne     .wait
        cli
        dec     ebx
        jnz     .next
        mov     qword [rel scratch + 16], 1
        CPU_WAIT 1
        FACT    "sent", qword [rel scratch]
        FACT    "answered", qword [rel scratch + 8]
        ret
.serve:
        sti
.open:
        pause
        cmp     qword [rel scratch + 16], 0
        je      .open
        cli
        ret
.question:
        APIC_WRITE LAPIC_EOI, 0
        SEND    0, ICR_ASSERT | 0x41
        ret
.answer:
        inc     qword [rel scratch + 8]
        APIC_WRITE LAPIC_EOI, 0
        ret
