; A data breakpoint that MOV to SS hits traps behind the next instruction, and a fault there forgets it; one that MOV
; to ECX hits traps at once.
;
; manual: SDM 3A 6.8.3; 3B 17.2.5
; qemu: differs, TCG traps between the two instructions (SDM 3A 6.8.3)
; expect:
;   #DB rip=+0x3 dr6=0x1
;   #UD rip=+0x2
;   #DB rip=+0x3 dr6=0x1

%include "runtime/conformance.inc"

; DR0, on reads and writes of 4 bytes
DR7_BOTH        equ     0x402 | 0xf << 16

        section .text
global  breakpoint_on_data_read_by_a_load_of_ss
breakpoint_on_data_read_by_a_load_of_ss:
        mov     ebx, scratch
        mov     eax, ss
        mov     [rbx], rax
        mov     dr0, rbx
        mov     eax, DR7_BOTH
        mov     dr7, rax
        TRY     .trapped
        mov     ss, [rbx]
        nop
        nop
        CAUGHT  .trapped
        TRY     .faulted
        mov     ss, [rbx]
        ud2
        CAUGHT  .faulted
        TRY     .aligned
        mov     ecx, [rbx + 1]
        nop
        CAUGHT  .aligned
        xor     eax, eax
        mov     dr7, rax
        ret
