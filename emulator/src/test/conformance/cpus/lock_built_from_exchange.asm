; A lock taken with XCHG and released with a plain store keeps CPUs out of each other's way.
;
; manual: SDM 3A 8.1.2.2, 8.2.2
; cpus: 4
; expect:
;   sum=0xfa0

%include "runtime/conformance.inc"

        section .text
global  lock_built_from_exchange
lock_built_from_exchange:
        START_CPU 1
        START_CPU 2
        START_CPU 3
        CPU_CALL 1, .work
        CPU_CALL 2, .work
        CPU_CALL 3, .work
        call    .work
        CPU_WAIT 1
        CPU_WAIT 2
        CPU_WAIT 3
        FACT    "sum", qword [rel scratch]
        ret
.work:
        mov     r9d, 1000
.next:
        mov     eax, 1
        xchg    [rel scratch + 64], eax
        test    eax, eax
        jz      .inside
.spin:
        pause
        cmp     dword [rel scratch + 64], 0
        jne     .spin
        jmp     .next
.inside:
; not one step, and split on purpose
        mov     rax, [rel scratch]
        inc     rax
        mov     [rel scratch], rax
        mov     dword [rel scratch + 64], 0
        dec     r9d
        jnz     .next
        ret
