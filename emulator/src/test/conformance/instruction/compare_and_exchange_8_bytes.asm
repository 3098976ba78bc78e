; CMPXCHG8B compares EDX:EAX and needs no alignment; a register as its operand is a #UD.
;
; manual: SDM 2A CMPXCHG8B
; expect:
;   ZF=0x1
;   memory=0x6600000055
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  compare_and_exchange_8_bytes
compare_and_exchange_8_bytes:
        mov     rdi, scratch + 4
        mov     rax, 0x22_0000_0011
        mov     [rdi], rax
        mov     eax, 0x11
        mov     edx, 0x22
        mov     ebx, 0x55
        mov     ecx, 0x66
        lock cmpxchg8b [rdi]
        mov     ecx, 0
        setz    cl
        FACT    "ZF", rcx
        FACT    "memory", qword [rdi]
        CATCH   {db 0x0f, 0xc7, 0xc8}
        ret
