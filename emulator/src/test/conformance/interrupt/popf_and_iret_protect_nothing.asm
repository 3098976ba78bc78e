; POPFQ and IRETQ that set IF let a pending interrupt in at once, before the next instruction.
;
; manual: SDM 3A 6.8.1
; expect:
;   rip=0x1
;   rip=0x2

%include "runtime/conformance.inc"

        section .text
global  popf_and_iret_protect_nothing
popf_and_iret_protect_nothing:
        HANDLE  0x40, .handler
        SEND_SELF 0x40
        push    FLAG_1 | FLAG_IF
        SPOT
        popfq
        nop
        nop
        cli
        SEND_SELF 0x40
        mov     rbx, rsp
        push    KERNEL_DATA
        push    rbx
        push    FLAG_1 | FLAG_IF
        push    KERNEL_CODE
        push    .target
        SPOT
        iretq
.target:
        nop
        nop
        cli
        ret
.handler:
        mov     rcx, [rdi + FRAME_RIP]
        sub     rcx, [rel spot]
        FACT    "rip", rcx
        APIC_WRITE LAPIC_EOI, 0
        ret
