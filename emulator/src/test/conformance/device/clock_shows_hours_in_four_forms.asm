; The same hour in BCD and in binary, of 24 and of 12 with a bit for the afternoon. A form is chosen while SET is on,
; and the registers are written anew, as the data sheet wants.
;
; manual: MC146818A data sheet, register B (DM, 24/12) and table 3
; expect:
;   BCD of 24=0x13
;   BCD of 12=0x81
;   midnight of 12=0x12
;   noon of 12=0x92
;   binary of 24=0xd
;   binary of 12=0x81
;   minutes in binary=0x22
;   and back=0x12

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

; Sets an hour in a form and shows it once the clock runs.
%macro FORM name, form, hour, century
        RTC_PUT RTC_B, RTC_SET | %form
        RTC_PUT RTC_HOUR, %hour
        RTC_PUT RTC_MINUTE, 0x22
        RTC_PUT RTC_SECOND, 0
        RTC_PUT RTC_DAY, 1
        RTC_PUT RTC_MONTH, 1
        RTC_PUT RTC_YEAR, 5
        RTC_PUT RTC_CENTURY, %century
        RTC_PUT RTC_B, %form
        call    settle
        RTC_GET RTC_HOUR
        FACT    %name, rax
%endmacro

        section .text
global  clock_shows_hours_in_four_forms
clock_shows_hours_in_four_forms:
        FORM    "BCD of 24", RTC_24_HOURS, 0x13, 0x20
        FORM    "BCD of 12", 0, 0x81, 0x20
        FORM    "midnight of 12", 0, 0x12, 0x20
        FORM    "noon of 12", 0, 0x92, 0x20
        FORM    "binary of 24", RTC_BINARY | RTC_24_HOURS, 13, 20
        FORM    "binary of 12", RTC_BINARY, 0x81, 20
        RTC_GET RTC_MINUTE
        FACT    "minutes in binary", rax
        FORM    "and back", RTC_24_HOURS, 0x12, 0x20
        ret

; Registers cannot be read during an update.
settle:
        RTC_GET RTC_A
        test    al, 0x80
        jnz     settle
        ret
