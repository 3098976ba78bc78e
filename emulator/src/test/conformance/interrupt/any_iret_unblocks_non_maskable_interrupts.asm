; An IRETQ inside an NMI's handler, of another interrupt, lets the next NMI in already.
;
; manual: SDM 3A 6.7.1
; expect:
;   begins
;   begins
;   ends
;   ends

%include "runtime/conformance.inc"

        section .text
global  any_iret_unblocks_non_maskable_interrupts
any_iret_unblocks_non_maskable_interrupts:
        HANDLE  VECTOR_NMI, .handler
        HANDLE  0x40, .nothing
        mov     byte [idt + VECTOR_NMI * 16 + 4], 0
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
        int     0x40
        call    cpus_pause
.second:
        SAY     "ends"
        ret
.nothing:
        ret
.send:
        mov     eax, LAPIC
        mov     ecx, [rax + LAPIC_ID]
        mov     [rax + LAPIC_ICR_HIGH], ecx
        mov     dword [rax + LAPIC_ICR], ICR_NMI | ICR_ASSERT
        ret
