; An NMI during the handler of another waits until that one's IRETQ; then it comes, once however many were sent.
;
; manual: SDM 3A 6.7.1
; expect:
;   begins
;   ends
;   begins
;   ends

%include "runtime/conformance.inc"

        section .text
global  non_maskable_interrupt_is_blocked_until_iret
non_maskable_interrupt_is_blocked_until_iret:
        HANDLE  VECTOR_NMI, .handler
        call    .send
        call    cpus_pause
        ret
.handler:
        SAY     "begins"
        cmp     qword [rel scratch], 0
        jne     .second
        inc     qword [rel scratch]
        call    .send
        call    cpus_pause
        call    .send
        call    cpus_pause
.second:
        SAY     "ends"
        ret
.send:
        mov     eax, LAPIC
        mov     ecx, [rax + LAPIC_ID]
        mov     [rax + LAPIC_ICR_HIGH], ecx
        mov     dword [rax + LAPIC_ICR], ICR_NMI | ICR_ASSERT
        ret
