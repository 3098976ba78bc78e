; A single step that is due behind MOV SS or POP SS comes behind the instruction after it.
;
; manual: SDM 3A 6.8.3; 2B MOV, POP
; expect:
;   #DB rip=+0x4 dr6=0x4000
;   #DB rip=+0x5 dr6=0x4000

%include "runtime/conformance.inc"

        section .text
global  loading_ss_protects_the_next_instruction
loading_ss_protects_the_next_instruction:
        mov     ebx, ss
        pushfq
        pushfq
        or      qword [rsp], FLAG_TF
        SPOT
        popfq
        mov     ss, ebx
        nop
        popfq
        ret
