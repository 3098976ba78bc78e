; The local APIC's id is the one that CPUID tells, another one on each CPU, and only the first has BSP.
;
; manual: SDM 3A 8.4.1, 10.4.6
; cpus: 4
; expect:
;   ids=0xf
;   agree=0x4
;   bsp=0x1

%include "runtime/conformance.inc"

        section .text
global  every_cpu_has_its_own_id
every_cpu_has_its_own_id:
        START_CPU 1
        START_CPU 2
        START_CPU 3
        CPU_CALL 1, .tell
        CPU_CALL 2, .tell
        CPU_CALL 3, .tell
        call    .tell
        CPU_WAIT 1
        CPU_WAIT 2
        CPU_WAIT 3
        FACT    "ids", qword [rel scratch]
        FACT    "agree", qword [rel scratch + 8]
        FACT    "bsp", qword [rel scratch + 16]
        ret
.tell:
        mov     eax, 1
        cpuid
        shr     ebx, 24
        APIC_READ LAPIC_ID
        shr     eax, 24
        mov     rdi, scratch
        lock bts [rdi], eax
        cmp     eax, ebx
        jne     .other
        lock inc qword [rdi + 8]
.other:
        mov     ecx, MSR_APIC_BASE
        rdmsr
        test    eax, APIC_BASE_BSP
        jz      .application
        lock inc qword [rdi + 16]
.application:
        ret
