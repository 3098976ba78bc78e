; INT1 is a #DB trap: RIP is behind it and DR6 says nothing. The level of its gate does not matter to it, unlike
; to CD 01.
;
; manual: SDM 2A INT1; 3A 6.12.1.2; 3B 17.3.1.3
; qemu: differs, TCG has no INT1 in its default build and takes it for undefined (SDM 2A INT1)
; expect:
;   #DB rip=+0x1 dr6=0x0
;   #DB rip=+0x3 dr6=0x0
;   #DB rip=+0x1 dr6=0x0 cpl=0x3
;   #GP error=0xa rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  debug_trap_instruction_ignores_the_gates_level
debug_trap_instruction_ignores_the_gates_level:
        CATCH   {db 0xf1}
        CATCH   {db 0x2e, 0x2e, 0xf1}
        CATCH_USER {db 0xf1}
        CATCH_USER {db 0xcd, 1}
        ret
