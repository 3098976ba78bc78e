; A CPU forgets a translation by its own INVLPG: an interrupt that asks for it makes a change of the tables safe.
;
; manual: SDM 3A 4.10.5
; cpus: 2
; expect:
;   before=0x11
;   after=0x22

%include "runtime/conformance.inc"

        section .text
global  translations_are_each_cpus_own
translations_are_each_cpus_own:
        HANDLE  0x40, .handler
        mov     qword [rel scratch + PAGE], 0x11
        mov     qword [rel scratch + 2 * PAGE], 0x22
        MAP     0, scratch + PAGE, PTE_P
        START_CPU 1
        CPU_CALL 1, .read
        CPU_WAIT 1
        FACT    "before", qword [rel scratch]
        mov     qword [window_table], scratch + 2 * PAGE + PTE_P
        CPU_CALL 1, .open
        SEND    1, ICR_ASSERT | 0x40
        CPU_WAIT 1
        CPU_CALL 1, .read
        CPU_WAIT 1
        FACT    "after", qword [rel scratch]
        ret
.read:
        mov     eax, WINDOW
        mov     rax, [rax]
        mov     [rel scratch], rax
        ret
.open:
        sti
.taken:
        pause
        cmp     qword [rel scratch + 8], 0
        je      .taken
        cli
        ret
.handler:
        mov     eax, WINDOW
        invlpg  [rax]
        mov     qword [rel scratch + 8], 1
        APIC_WRITE LAPIC_EOI, 0
        ret
