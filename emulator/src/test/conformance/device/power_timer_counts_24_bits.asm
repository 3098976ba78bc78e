; ACPI's timer counts up in 24 bits, whoever looks; half a million loops later it is another number.
;
; manual: ACPI specification, 4.8.3.3
; expect:
;   upper byte=0x0
;   it counts

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

        section .text
global  power_timer_counts_24_bits
power_timer_counts_24_bits:
        mov     dx, PM_TIMER
        in      eax, dx
        cmp     eax, -1
        jne     .there
        SAY     "skip: no ACPI timer at its port"
        jmp     program_return
.there:
        mov     ebx, eax
        shr     eax, 24
        FACT    "upper byte", rax
        mov     ecx, 500_000
.spin:
        pause
        dec     ecx
        jnz     .spin
        mov     dx, PM_TIMER
        in      eax, dx
        sub     eax, ebx
        and     eax, 0xff_ffff
        jz      .done
        SAY     "it counts"
.done:
        ret
