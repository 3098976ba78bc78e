; INIT stops a CPU wherever it is; a start-up IPI starts it anew.
;
; manual: SDM 3A 8.4.4.1, 10.6.1
; cpus: 2
; expect:
;   stopped
;   runs again

%include "runtime/conformance.inc"

        section .text
global  init_stops_a_cpu_until_it_is_started_again
init_stops_a_cpu_until_it_is_started_again:
        START_CPU 1
        CPU_CALL 1, .count
        mov     rbx, scratch
.begun:
        pause
        cmp     qword [rbx], 0
        je      .begun
        SEND    1, ICR_INIT | ICR_ASSERT
        call    cpus_pause
        call    cpus_pause
        mov     rcx, [rbx]
        push    rcx
        call    cpus_pause
        call    cpus_pause
        pop     rcx
        cmp     rcx, [rbx]
        jne     .runs
        SAY     "stopped"
.runs:
        mov     qword [cpu_work + 8], 0
        mov     qword [rel cpus_online], 0
        START_CPU 1
        CPU_CALL 1, .once
        CPU_WAIT 1
        cmp     qword [rbx + 8], 1
        jne     .silent
        SAY     "runs again"
.silent:
        ret
.count:
        inc     qword [rel scratch]
        pause
        jmp     .count
.once:
        inc     qword [rel scratch + 8]
        ret
