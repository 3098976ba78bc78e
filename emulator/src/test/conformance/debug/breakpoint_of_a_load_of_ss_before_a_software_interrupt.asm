; A data breakpoint that MOV to SS hits is not lost in a software interrupt: before INT1 there is one #DB for both,
; before INT3 it comes in front of the handler's first instruction.
;
; manual: SDM 3A 6.8.3; 3B 17.2.5
; qemu: differs, TCG traps between the two instructions (SDM 3A 6.8.3)
; bochs: differs, it forgets what waited (SDM 3A 6.8.3)
; expect:
;   #DB rip=+0x3 dr6=0x1
;   behind the gate=0x1

%include "runtime/conformance.inc"

; DR0, on reads and writes of 4 bytes
DR7_BOTH        equ     0x402 | 0xf << 16

        section .text
global  breakpoint_of_a_load_of_ss_before_a_software_interrupt
breakpoint_of_a_load_of_ss_before_a_software_interrupt:
        mov     ebx, scratch
        mov     eax, ss
        mov     [rbx], rax
        mov     qword [rbx + 64], 0
        mov     dr0, rbx
        mov     eax, DR7_BOTH
        mov     dr7, rax
        TRY     .merged
        mov     ss, [rbx]
        db      0xf1
        nop
        CAUGHT  .merged
        HANDLE  VECTOR_BP, .behind
        HANDLE  VECTOR_DB, .trap
        mov     ss, [rbx]
        int3
        FACT    "behind the gate", qword [rbx + 64]
        xor     eax, eax
        mov     dr7, rax
        ret
.trap:
        mov     qword [scratch + 64], 1
        ret
.behind:
        ret
