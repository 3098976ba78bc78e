; The alarm interrupts at its second, with parts that do not matter; the periodic interrupt comes again and again, and
; each is over when register C is read.
;
; manual: MC146818A data sheet, alarm bytes ("don't care"), register C and table 5
; expect:
;   alarm=0xa0
;   at second=0x31
;   periodic=0xc0
;   periodic=0xc0
;   none enabled=0x0

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

ANY             equ     0xff

        section .text
global  clock_interrupts_at_its_alarm_and_periodically
clock_interrupts_at_its_alarm_and_periodically:
        HANDLE  PIC_BASE + RTC_LINE, on_interrupt
        RTC_PUT RTC_B, RTC_SET | RTC_24_HOURS
        RTC_PUT RTC_SECOND, 0x30
        RTC_PUT RTC_SECOND_ALARM, 0x31
        RTC_PUT RTC_MINUTE_ALARM, ANY
        RTC_PUT RTC_HOUR_ALARM, ANY
        RTC_GET RTC_C
        LISTEN  RTC_LINE
        RTC_PUT RTC_B, RTC_24_HOURS | RTC_ALARM
        call    wait
        and     eax, ~(RTC_PERIODIC | RTC_UPDATED)
        FACT    "alarm", rax
        RTC_GET RTC_SECOND
        FACT    "at second", rax
        RTC_PUT RTC_A, RTC_1024_HZ
        RTC_GET RTC_C
        RTC_PUT RTC_B, RTC_24_HOURS | RTC_PERIODIC
        call    wait
        and     eax, ~(RTC_ALARM | RTC_UPDATED)
        FACT    "periodic", rax
        call    wait
        and     eax, ~(RTC_ALARM | RTC_UPDATED)
        FACT    "periodic", rax
        RTC_PUT RTC_B, RTC_24_HOURS
        RTC_GET RTC_C
        RTC_GET RTC_C
        and     eax, RTC_SET
        FACT    "none enabled", rax
        ret

; eax = register C at the next interrupt
wait:
        mov     qword [SCRATCH], 0
.again:
        sti
        hlt
        cli
        mov     rax, [SCRATCH]
        test    eax, eax
        jz      .again
        ret

on_interrupt:
        RTC_GET RTC_C
        mov     [SCRATCH], rax
        PUT     PIC2, PIC_EOI
        PUT     PIC1, PIC_EOI
        ret
