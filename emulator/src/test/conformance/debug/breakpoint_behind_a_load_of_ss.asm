; Behind MOV to SS an instruction breakpoint is passed over, once; behind STI, LSS and MOV to DS it is not.
;
; manual: SDM 3A 6.8.3
; qemu: differs, TCG stops behind MOV to SS, too (SDM 3A 6.8.3)
; expect:
;   no exception
;   #DB rip=+0x2 dr6=0x1
;   #DB rip=+0x1 dr6=0x1
;   no exception
;   #DB rip=+0x3 dr6=0x1

%include "runtime/conformance.inc"

; A breakpoint on the instruction behind the one at hand, whose length is given; clobbers rax.
%macro BREAK_BEHIND length, instruction
        mov     eax, %%try
        add     eax, %length
        mov     dr0, rax
        TRY     %%after
%%try:
        %instruction
        nop
        CAUGHT  %%after
%endmacro

        section .text
global  breakpoint_behind_a_load_of_ss
breakpoint_behind_a_load_of_ss:
        mov     eax, 0x401
        mov     dr7, rax
        mov     ecx, ss
        mov     edx, ds
        mov     ebx, scratch
        mov     [rbx], ecx
        BREAK_BEHIND 2, {mov ss, ecx}
        BREAK_BEHIND 2, {mov ds, edx}
        BREAK_BEHIND 1, {sti}
        BREAK_BEHIND 2, {mov ss, [rbx]}
; the second of two instructions behind it
        mov     eax, .second
        mov     dr0, rax
        TRY     .after
        mov     ss, ecx
        nop
.second:
        nop
        CAUGHT  .after
        xor     eax, eax
        mov     dr7, rax
        ret
