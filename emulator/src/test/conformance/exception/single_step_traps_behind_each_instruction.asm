; With TF set each instruction ends in a #DB trap: RIP is the next instruction's and DR6 has BS. The first to trap
; is the one behind POPF; the POPF that clears TF is the last.
;
; manual: SDM 3B 17.3.1.4, 3A 6.15 (interrupt 1)
; expect:
;   #DB rip=+0x3 dr6=0x4000
;   #DB rip=+0x4 dr6=0x4000
;   #DB rip=+0x5 dr6=0x4000
;   last pushed:

%include "runtime/conformance.inc"

        section .text
global  single_step_traps_behind_each_instruction
single_step_traps_behind_each_instruction:
        pushfq
        pushfq
        or      qword [rsp], FLAG_TF
        SPOT
        popfq
; a nop of two bytes
        db      0x66, 0x90
        nop
        popfq
        FLAGS   "last pushed", qword [rel last_flags], FLAG_TF | FLAG_RF | FLAG_IF
        ret
