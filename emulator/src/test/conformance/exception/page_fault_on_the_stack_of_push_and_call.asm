; A PUSH or CALL into an absent page faults with RSP and RIP unchanged.
;
; manual: SDM 2B PUSH; 3A 6.5
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80000ff8
;   rsp=0x80001000
;   #PF error=0x2 rip=+0x0 cr2=0x80000ff8
;   rsp=0x80001000
;   #PF error=0x0 rip=+0x0 cr2=0x80000ff8

%include "runtime/conformance.inc"

        section .text
global  page_fault_on_the_stack_of_push_and_call
page_fault_on_the_stack_of_push_and_call:
; the #PF needs a stack that is there
        mov     byte [idt + VECTOR_PF * 16 + 4], 1
        TRY     .push
        mov     esp, WINDOW + PAGE
        SPOT
        push    rax
        CAUGHT  .push
        FACT    "rsp", qword [rel last_rsp]
        TRY     .call
        mov     esp, WINDOW + PAGE
        SPOT
        call    .call
        CAUGHT  .call
        FACT    "rsp", qword [rel last_rsp]
        TRY     .ret
        mov     esp, WINDOW + PAGE - 8
        SPOT
        ret
        CAUGHT  .ret
        ret
