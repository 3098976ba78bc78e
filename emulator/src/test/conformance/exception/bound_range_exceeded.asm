; BOUND in 32-bit code is a #BR, a fault, when the index lies outside; at either bound it lies inside.
;
; manual: SDM 2A BOUND; 3A 6.15 (interrupt 5)
; expect:
;   #BR rip=+0x0 cpl=0x3
;   #BR rip=+0x0 cpl=0x3
;   no exception
;   no exception

%include "runtime/conformance.inc"

        section .text
global  bound_range_exceeded
bound_range_exceeded:
        mov     dword [rel scratch], -5
        mov     dword [rel scratch + 4], 10
        mov     ebx, scratch + USER_BASE
        mov     eax, -6
        call    .bound
        mov     eax, 11
        call    .bound
        mov     eax, -5
        call    .bound
        mov     eax, 10
        call    .bound
        ret
.bound:
        TRY     .caught
        ENTER_COMPAT FLAG_1
bits 32
        db      0x62, 0x03              ; bound eax, [ebx]
bits 64
        CAUGHT  .caught
        ret
