; Bytes that are a REX prefix in 64-bit mode are INC and DEC in compatibility mode; SYSRET and SWAPGS are #UD
; there.
;
; manual: SDM 2A 2.2.1; 2B SWAPGS
; expect:
;   eax=0x6
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  instructions_of_64_bit_mode_are_others_in_32_bit_code
instructions_of_64_bit_mode_are_others_in_32_bit_code:
        mov     eax, 5
        TRY     .inc
        ENTER_COMPAT_KERNEL
bits 32
; inc eax
        db      0x40
        LEAVE
bits 64
        CAUGHT  .inc
        FACT    "eax", rax
        TRY     .swapgs
        ENTER_COMPAT_KERNEL
bits 32
        swapgs
bits 64
        CAUGHT  .swapgs
        ret
