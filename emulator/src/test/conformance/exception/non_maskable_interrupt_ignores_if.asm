; An NMI comes to vector 2 while IF is 0, without an error code.
;
; manual: SDM 3A 6.7, 10.6.1
; expect:
;   NMI
;   pushed:

%include "runtime/conformance.inc"

        section .text
global  non_maskable_interrupt_ignores_if
non_maskable_interrupt_ignores_if:
; sent by its id: the shorthand for oneself allows fixed interrupts only
        mov     eax, LAPIC
        mov     ebx, [rax + LAPIC_ID]
        mov     [rax + LAPIC_ICR_HIGH], ebx
        mov     dword [rax + LAPIC_ICR], ICR_NMI | ICR_ASSERT
        call    cpus_pause
        FLAGS   "pushed", qword [rel last_flags], FLAG_IF
        ret
