; The status word tells what came: IE of 0 / 0 and of the root of -1, ZE of 1 / 0, none of infinity / 0, PE of 1 / 3,
; OE and PE of an overflow, IE of an integer that does not fit.
;
; manual: SDM 1 8.5
; expect:
;   0/0=0x1
;   root=0x1
;   1/0=0x4
;   infinity/0=0x0
;   1/3=0x20
;   overflow=0x28
;   integer=0x1

%include "runtime/conformance.inc"

%macro FLAGS_OF name
        fnstsw  ax
        and     eax, 0x3f
        FACT    %name, rax
        fninit
%endmacro

        section .text
global  x87_arithmetic_leaves_its_flags
x87_arithmetic_leaves_its_flags:
        fninit
        fldz
        fldz
        db      0xde, 0xf9              ; fdivp st1, st0
        FLAGS_OF "0/0"
        fld1
        fchs
        fsqrt
        FLAGS_OF "root"
        fld1
        fldz
        db      0xde, 0xf9              ; fdivp st1, st0
        FLAGS_OF "1/0"
        mov     dword [rel scratch], 0x7f80_0000
        fld     dword [rel scratch]
        fldz
        db      0xde, 0xf9              ; fdivp st1, st0
        FLAGS_OF "infinity/0"
        mov     dword [rel scratch], 3
        fld1
        fidiv   dword [rel scratch]
        FLAGS_OF "1/3"
; 2 to the power of 16383, times two
        mov     dword [rel scratch], 16383
        fild    dword [rel scratch]
        fld1
        fscale
        db      0xd8, 0xc0              ; fadd st0, st0
        FLAGS_OF "overflow"
        mov     dword [rel scratch], 0x4f80_0000
        fld     dword [rel scratch]
        fistp   dword [rel scratch]
        FLAGS_OF "integer"
        ret
