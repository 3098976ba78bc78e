; An instruction breakpoint is a fault before the instruction that pushes RF as 0; a handler that sets it lets the
; instruction run.
;
; manual: SDM 3B 17.3.1.1
; expect:
;   rip=0x1
;   dr6=0x1
;   pushed:
;   eax=0x1

%include "runtime/conformance.inc"

DR7_L0          equ     0x401

        section .text
global  breakpoint_on_an_instruction
breakpoint_on_an_instruction:
        HANDLE  VECTOR_DB, .handler
        mov     eax, .here
        mov     dr0, rax
        mov     eax, DR7_L0
        mov     dr7, rax
        xor     eax, eax
        SPOT
        nop
.here:
        inc     eax
        nop
        xor     ecx, ecx
        mov     dr7, rcx
        FACT    "eax", rax
        ret
.handler:
        mov     rcx, [rdi + FRAME_RIP]
        sub     rcx, [rel spot]
        FACT    "rip", rcx
        mov     rcx, dr6
        and     ecx, 0xe00f
        FACT    "dr6", rcx
        FLAGS   "pushed", qword [rdi + FRAME_FLAGS], FLAG_RF
        or      qword [rdi + FRAME_FLAGS], FLAG_RF
        ret
