; An interrupt at level 3 takes RSP0 and comes back to level 3, which did not notice.
;
; manual: SDM 3A 6.14.2
; expect:
;   stack=rsp0
;   from cs=0x2b
;   rax=0x1234

%include "runtime/conformance.inc"

        section .text
global  taken_at_level_3_on_the_stack_of_rsp0
taken_at_level_3_on_the_stack_of_rsp0:
        HANDLE  0x40, .handler
        SEND_SELF 0x40
        mov     eax, 0x1234
        SEND_SELF 0x40
        TRY     .left
        ENTER_USER FLAG_1 | FLAG_IF
        mov     eax, 0x1234
        nop
        nop
        LEAVE
        CAUGHT  .left
        FACT    "rax", rax
        ret
.handler:
        lea     rcx, [rdi + FRAME_SIZE]
        STACK_FACT "stack", rcx
        FACT    "from cs", qword [rdi + FRAME_CS]
        APIC_WRITE LAPIC_EOI, 0
        ret
