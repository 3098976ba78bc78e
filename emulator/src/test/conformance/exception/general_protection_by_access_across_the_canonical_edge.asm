; An access of several bytes faults when its last byte is not canonical.
;
; manual: SDM 1 3.3.7.1
; qemu: differs, TCG checks the first byte only (SDM 1 3.3.7.1: the memory address is that of the whole operand)
; expect:
;   #GP error=0x0 rip=+0x0
;   #PF error=0x0 rip=+0x0 cr2=0x7fffffffffff

%include "runtime/conformance.inc"

        section .text
global  general_protection_by_access_across_the_canonical_edge
general_protection_by_access_across_the_canonical_edge:
        mov     rbx, 0x7fff_ffff_ffff
        CATCH   {mov ax, [rbx]}
        CATCH   {mov al, [rbx]}
        ret
