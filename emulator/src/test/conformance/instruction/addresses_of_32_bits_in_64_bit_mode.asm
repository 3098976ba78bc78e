; An address-size prefix computes an address modulo 4 GiB and extends it with zeros.
;
; manual: SDM 1 3.3.7
; expect:
;   read=0x42
;   lea=0x440000

%include "runtime/conformance.inc"

        section .text
global  addresses_of_32_bits_in_64_bit_mode
addresses_of_32_bits_in_64_bit_mode:
        mov     qword [rel scratch], 0x42
        mov     rbx, 0xffff_ffff_0043_fff0
        mov     rax, [ebx + 0x10]
        FACT    "read", rax
        lea     rax, [ebx + 0x10]
        FACT    "lea", rax
        ret
