; LOCK CMPXCHG16B of several CPUs keeps both halves of a counter together.
;
; manual: SDM 3A 8.1.2
; cpus: 3
; expect:
;   low=0x5dc
;   high=0x5dc

%include "runtime/conformance.inc"

        section .text
global  compare_and_exchange_of_16_bytes_is_one_step
compare_and_exchange_of_16_bytes_is_one_step:
        NEED    1, 0, ecx, 13, "CMPXCHG16B"
        START_CPU 1
        START_CPU 2
        CPU_CALL 1, .work
        CPU_CALL 2, .work
        call    .work
        CPU_WAIT 1
        CPU_WAIT 2
        FACT    "low", qword [rel scratch]
        FACT    "high", qword [rel scratch + 8]
        ret
.work:
        mov     r9d, 500
        mov     rdi, scratch
.next:
        mov     rax, [rdi]
        mov     rdx, [rdi + 8]
.again:
        mov     rbx, rax
        mov     rcx, rdx
        inc     rbx
        inc     rcx
        lock cmpxchg16b [rdi]
        jnz     .again
        dec     r9d
        jnz     .next
        ret
