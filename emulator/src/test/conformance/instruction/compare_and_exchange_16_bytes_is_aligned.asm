; CMPXCHG16B at an address that is no multiple of 16 is a #GP(0); aligned, it exchanges or loads all 16 bytes.
;
; manual: SDM 2A CMPXCHG16B
; expect:
;   #GP error=0x0 rip=+0x0
;   equal
;   low=0x55
;   high=0x66
;   rax=0x55
;   rdx=0x66

%include "runtime/conformance.inc"

        section .text
global  compare_and_exchange_16_bytes_is_aligned
compare_and_exchange_16_bytes_is_aligned:
        NEED    1, 0, ecx, 13, "CMPXCHG16B"
        mov     rdi, scratch
        CATCH   {lock cmpxchg16b [rdi + 8]}
        mov     qword [rdi], 0x11
        mov     qword [rdi + 8], 0x22
        mov     eax, 0x11
        mov     edx, 0x22
        mov     ebx, 0x55
        mov     ecx, 0x66
        lock cmpxchg16b [rdi]
        jnz     .differs
        SAY     "equal"
        FACT    "low", qword [rdi]
        FACT    "high", qword [rdi + 8]
        lock cmpxchg16b [rdi]
        jz      .differs
        FACT    "rax", rax
        FACT    "rdx", rdx
.differs:
        ret
