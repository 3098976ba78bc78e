; CD 03 comes to vector 3 like INT3, with RIP behind its two bytes.
;
; manual: SDM 2A INT n
; expect:
;   #BP rip=+0x2
;   #BP rip=+0x2 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  breakpoint_instruction_of_two_bytes_is_a_software_interrupt
breakpoint_instruction_of_two_bytes_is_a_software_interrupt:
        CATCH   {db 0xcd, 3}
        CATCH_USER {db 0xcd, 3}
        ret
