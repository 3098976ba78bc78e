; MSRs, control registers and TSC_AUX of one CPU are not those of another.
;
; manual: SDM 3A 8.7.1
; cpus: 2
; expect:
;   own=0x1111
;   other=0x2222
;   own aux=0x5
;   other aux=0x6
;   own cr2=0x7

%include "runtime/conformance.inc"

        section .text
global  registers_are_each_cpus_own
registers_are_each_cpus_own:
        START_CPU 1
        WRITE_MSR MSR_KERNEL_GS_BASE, 0x1111
        WRITE_MSR MSR_TSC_AUX, 5
        mov     eax, 7
        mov     cr2, rax
        CPU_CALL 1, .other
        CPU_WAIT 1
        READ_MSR MSR_KERNEL_GS_BASE
        FACT    "own", rax
        FACT    "other", qword [rel scratch]
        rdtscp
        FACT    "own aux", rcx
        FACT    "other aux", qword [rel scratch + 8]
        mov     rax, cr2
        FACT    "own cr2", rax
        ret
.other:
        push    rbx
        WRITE_MSR MSR_KERNEL_GS_BASE, 0x2222
        WRITE_MSR MSR_TSC_AUX, 6
        READ_MSR MSR_KERNEL_GS_BASE
        mov     [rel scratch], rax
        rdtscp
        mov     [rel scratch + 8], rcx
        mov     eax, 9
        mov     cr2, rax
        pop     rbx
        ret
