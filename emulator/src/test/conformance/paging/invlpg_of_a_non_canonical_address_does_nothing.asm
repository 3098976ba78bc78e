; INVLPG takes any address without a fault, present, absent or not canonical.
;
; manual: SDM 2A INVLPG
; expect:
;   no exception
;   no exception

%include "runtime/conformance.inc"

        section .text
global  invlpg_of_a_non_canonical_address_does_nothing
invlpg_of_a_non_canonical_address_does_nothing:
        mov     ebx, WINDOW
        CATCH   {invlpg [rbx]}
        mov     rbx, 1 << 47
        CATCH   {invlpg [rbx]}
        ret
