; CLI and STI at a level above IOPL are a #GP(0); at level 3 with IOPL 3 they work.
;
; manual: SDM 2A CLI; 2B STI
; expect:
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   no exception

%include "runtime/conformance.inc"

        section .text
global  cli_and_sti_ask_for_iopl
cli_and_sti_ask_for_iopl:
        CATCH_USER {cli}
        CATCH_USER {sti}
        CATCH_USER_WITH FLAG_1 | FLAG_IOPL, {cli}
        CATCH_USER_WITH FLAG_1 | FLAG_IOPL, {sti}
        ret
