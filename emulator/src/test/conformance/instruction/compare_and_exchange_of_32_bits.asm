; A CMPXCHG of 32 bits that fails loads EAX and clears RAX's upper half; one that succeeds writes memory.
;
; manual: SDM 2A CMPXCHG
; expect:
;   failed rax=0x11
;   memory=0x11
;   memory=0x99

%include "runtime/conformance.inc"

        section .text
global  compare_and_exchange_of_32_bits
compare_and_exchange_of_32_bits:
        mov     rdi, scratch
        mov     dword [rdi], 0x11
        mov     rax, -1
        mov     ecx, 0x99
        lock cmpxchg [rdi], ecx
        FACT    "failed rax", rax
        mov     eax, [rdi]
        FACT    "memory", rax
        mov     eax, 0x11
        lock cmpxchg [rdi], ecx
        mov     eax, [rdi]
        FACT    "memory", rax
        ret
