; While the divisor is accessed, the data and enable registers are out of sight and keep what they have; the scratch
; register is just a byte.
;
; manual: PC16550D data sheet, 8.6.3 and 8.6.10
; expect:
;   divisor=0x1234
;   enable as it was=0x5
;   scratch=0xa5
;   scratch=0x5a

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

        section .text
global  serial_port_hides_its_divisor
serial_port_hides_its_divisor:
        GET     COM1_LINE
        test    al, LINE_ALL_SENT
        jz      serial_port_hides_its_divisor
        PUT     COM1_ENABLE, 5
        PUT     COM1_LINE_CONTROL, LINE_8N1 | DIVISOR_ACCESS
        GET     COM1_DATA
        push    rax
        GET     COM1_ENABLE
        push    rax
        PUT     COM1_DATA, 0x34
        PUT     COM1_ENABLE, 0x12
        GET     COM1_ENABLE
        mov     ebx, eax
        shl     ebx, 8
        GET     COM1_DATA
        or      ebx, eax
        pop     rcx
        PUT     COM1_ENABLE, cl
        pop     rcx
        PUT     COM1_DATA, cl
        PUT     COM1_LINE_CONTROL, LINE_8N1
        GET     COM1_ENABLE
        mov     r12d, eax
        PUT     COM1_ENABLE, 0
        FACT    "divisor", rbx
        FACT    "enable as it was", r12
        PUT     COM1_SCRATCH, 0xa5
        GET     COM1_SCRATCH
        FACT    "scratch", rax
        PUT     COM1_SCRATCH, 0x5a
        GET     COM1_SCRATCH
        FACT    "scratch", rax
        ret
