; An interrupt between two repetitions sees RCX and RDI in step and RIP at the instruction, which then goes on to
; its end.
;
; manual: SDM 2B REP
; expect:
;   in step
;   rcx=0x0

%include "runtime/conformance.inc"

        section .text
global  in_the_middle_of_a_repeated_string_instruction
in_the_middle_of_a_repeated_string_instruction:
        HANDLE  0x40, .handler
        TIMER   LVT_PERIODIC | 0x40, 20_000
        sti
        mov     ebx, 100
.again:
        mov     rdi, large_scratch
        mov     ecx, LARGE_PAGE / 16
        mov     r9, rdi
        add     r9, rcx
        SPOT
        rep stosb
        nop
        dec     ebx
        jz      .end
        cmp     qword [rel scratch], 3
        jb      .again
.end:
        cli
        APIC_WRITE LAPIC_TIMER_INITIAL, 0
        cmp     qword [rel scratch + 8], 0
        jne     .torn
        SAY     "in step"
.torn:
        FACT    "rcx", rcx
        mov     rdi, large_scratch
        mov     ecx, LARGE_PAGE / 16
        xor     eax, eax
        rep stosb
        ret
.handler:
        inc     qword [rel scratch]
        mov     rax, [rdi + FRAME_RIP]
        cmp     rax, [rel spot]
        jne     .elsewhere
        mov     rax, [rdi + FRAME_RDI]
        add     rax, [rdi + FRAME_RCX]
        cmp     rax, [rdi + FRAME_R9]
        je      .elsewhere
        inc     qword [rel scratch + 8]
.elsewhere:
        APIC_WRITE LAPIC_EOI, 0
        ret
