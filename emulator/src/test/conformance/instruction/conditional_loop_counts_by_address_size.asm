; LOOP and JRCXZ use RCX, and ECX with an address-size prefix; LOOP changes no flag.
;
; manual: SDM 2A LOOP, Jcc
; expect:
;   rcx=0xffffffff00000000
;   rcx=0xffffffff
;   CF

%include "runtime/conformance.inc"

        section .text
global  conditional_loop_counts_by_address_size
conditional_loop_counts_by_address_size:
        mov     rcx, 0xffff_ffff_0000_0000
; jecxz
        db      0x67, 0xe3, 2
        ud2
        FACT    "rcx", rcx
        mov     rcx, 0xffff_ffff_0000_0000
        stc
; loop with ECX: it wraps around and jumps
        db      0x67, 0xe2, 2
        ud2
        jnc     .lost
        FACT    "rcx", rcx
        SAY     "CF"
.lost:
        ret
