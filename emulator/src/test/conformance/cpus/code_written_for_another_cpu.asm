; Code that one CPU writes is what another runs, once that one has executed a serialising instruction.
;
; manual: SDM 3A 8.1.3
; cpus: 2
; expect:
;   first=0x1
;   second=0x2
;   third=0x3

%include "runtime/conformance.inc"

        section .text
global  code_written_for_another_cpu
code_written_for_another_cpu:
        MAP     0, scratch + PAGE, PTE_P | PTE_W
        mov     ebx, WINDOW
; mov eax, n; ret
        mov     rcx, 0xc3_0000_0001_b8
        mov     [rbx], rcx
        START_CPU 1
        call    .let_run
        FACT    "first", qword [rel scratch]
        mov     byte [rbx + 1], 2
        call    .let_run
        FACT    "second", qword [rel scratch]
        inc     byte [rbx + 1]
        call    .let_run
        FACT    "third", qword [rel scratch]
        ret
.let_run:
        CPU_CALL 1, .run
        CPU_WAIT 1
        ret
.run:
        push    rbx
        xor     eax, eax
        cpuid
        mov     eax, WINDOW
        call    rax
        mov     [rel scratch], rax
        pop     rbx
        ret
