; A sum of base, index and displacement is taken modulo 2^64.
;
; manual: SDM 1 3.3.7
; expect:
;   read=0x42

%include "runtime/conformance.inc"

        section .text
global  addresses_wrap_around_at_64_bits
addresses_wrap_around_at_64_bits:
        mov     qword [rel scratch + 8], 0x42
        mov     rbx, scratch + 16
        mov     rcx, -1
        mov     rax, [rbx + rcx * 8]
        FACT    "read", rax
        ret
