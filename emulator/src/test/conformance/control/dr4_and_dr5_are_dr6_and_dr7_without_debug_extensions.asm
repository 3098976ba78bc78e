; Without CR4.DE, DR4 and DR5 are other names of DR6 and DR7.
;
; manual: SDM 3B 17.2.2
; expect:
;   dr4=0xffff0ff1
;   dr5=0x700

%include "runtime/conformance.inc"

        section .text
global  dr4_and_dr5_are_dr6_and_dr7_without_debug_extensions
dr4_and_dr5_are_dr6_and_dr7_without_debug_extensions:
        mov     eax, 0xffff_0ff1
        mov     dr6, rax
        mov     eax, 0x700
        mov     dr7, rax
; mov rbx, dr4; mov rcx, dr5
        db      0x0f, 0x21, 0xe3
        db      0x0f, 0x21, 0xe9
        mov     eax, 0x400
        mov     dr7, rax
        FACT    "dr4", rbx
        FACT    "dr5", rcx
        ret
