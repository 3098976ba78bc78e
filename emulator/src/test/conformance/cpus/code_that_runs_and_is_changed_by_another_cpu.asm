; A CPU in a loop sees the jump that another CPU writes over its code, for the loop has a serialising instruction
; in it.
;
; manual: SDM 3A 8.1.3
; cpus: 2
; expect:
;   left the loop

%include "runtime/conformance.inc"

; how often the loop has run before it is changed
ROUNDS  equ     1000

        section .text
global  code_that_runs_and_is_changed_by_another_cpu
code_that_runs_and_is_changed_by_another_cpu:
        MAP     0, scratch + PAGE, PTE_P | PTE_W
        mov     rsi, .code
        mov     rdi, scratch + PAGE
        mov     ecx, .code_end - .code
        rep movsb
        START_CPU 1
        CPU_CALL 1, .run
.until_it_runs:
        pause
        cmp     qword [scratch], ROUNDS
        jb      .until_it_runs
; the jump back becomes two nops, in one store
        mov     ebx, WINDOW
        mov     word [rbx + .jump - .code], 0x9090
        CPU_WAIT 1
        SAY     "left the loop"
        ret
.run:
        mov     eax, WINDOW
        jmp     rax
.code:
        push    rbx
.loop:
        inc     qword [scratch]
        xor     eax, eax
        cpuid
.jump:
        jmp     short .loop
        pop     rbx
        ret
.code_end:
        ret
