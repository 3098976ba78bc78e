; What a CPU stores first is seen first: a flag that is stored behind its data never shows without them.
;
; manual: SDM 3A 8.2.2, 8.2.3.2
; cpus: 2
; expect:
;   torn=0x0
;   last=0x7d0

%include "runtime/conformance.inc"

        section .text
global  stores_are_seen_in_order
stores_are_seen_in_order:
        START_CPU 1
        CPU_CALL 1, .write
        xor     ebx, ebx
.read:
        mov     rax, [rel scratch]
        mov     rcx, [rel scratch + 128]
        cmp     rcx, rax
        jae     .in_order
        inc     ebx
.in_order:
        pause
        cmp     rax, 2000
        jb      .read
        FACT    "torn", rbx
        FACT    "last", rax
        CPU_WAIT 1
        ret
.write:
        mov     eax, 1
.next:
        mov     [rel scratch + 128], rax
        mov     [rel scratch], rax
        inc     eax
        cmp     eax, 2000
        jbe     .next
        ret
