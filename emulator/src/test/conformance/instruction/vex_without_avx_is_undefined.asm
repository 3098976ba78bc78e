; A VEX prefix is a #UD while XCR0 has no AVX, or CR4 no OSXSAVE.
;
; manual: SDM 2A 2.4, table 2-20; 1 14.3
; expect:
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  vex_without_avx_is_undefined
vex_without_avx_is_undefined:
; vxorps xmm0, xmm0, xmm0
        CATCH   {db 0xc5, 0xf8, 0x57, 0xc0}
        ret
