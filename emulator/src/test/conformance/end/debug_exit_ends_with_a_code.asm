; Writing a number to the debug exit ends the run with it.
;
; manual: QEMU, isa-debug-exit (no part of the SDM)
; ends: exit 5
; expect:
;   now

%include "runtime/conformance.inc"

        section .text
global  debug_exit_ends_with_a_code
debug_exit_ends_with_a_code:
        SAY     "now"
        mov     edx, EXIT_PORT
        mov     eax, 5
        out     dx, eax
        ret
