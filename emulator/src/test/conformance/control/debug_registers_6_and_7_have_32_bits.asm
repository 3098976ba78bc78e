; A write to DR6 or DR7 with any of the upper 32 bits set is a #GP(0); the reserved bits below read as they always
; do.
;
; manual: SDM 2B MOV (debug registers); 3B 17.2
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   dr7=0x400

%include "runtime/conformance.inc"

        section .text
global  debug_registers_6_and_7_have_32_bits
debug_registers_6_and_7_have_32_bits:
        mov     rbx, 1 << 32
        CATCH   {mov dr6, rbx}
        CATCH   {mov dr7, rbx}
        xor     eax, eax
        mov     dr7, rax
        mov     rax, dr7
        FACT    "dr7", rax
        ret
