; ICW1 clears the mask and forgets the requests that came by an edge; the mask reads back from the data port.
;
; manual: 8259A data sheet, ICW1; SDM 3A 10.5.1
; expect:
;   mask=0xa5
;   mask=0x0
;   irr=0x0

%include "runtime/conformance.inc"

        section .text
global  initialisation_clears_masks_and_requests
initialisation_clears_masks_and_requests:
        mov     al, 0xa5
        out     PIC1 + 1, al
        in      al, PIC1 + 1
        movzx   eax, al
        FACT    "mask", rax
        PIT_ONCE 100
        mov     ebx, 20
.wait:
        call    cpus_pause
        dec     ebx
        jnz     .wait
        mov     al, 0x11
        out     PIC1, al
        mov     al, PIC_BASE
        out     PIC1 + 1, al
        mov     al, 4
        out     PIC1 + 1, al
        mov     al, 1
        out     PIC1 + 1, al
        in      al, PIC1 + 1
        movzx   eax, al
        FACT    "mask", rax
        mov     al, 0x0a
        out     PIC1, al
        in      al, PIC1
        movzx   eax, al
        and     eax, 1
        FACT    "irr", rax
        ret
