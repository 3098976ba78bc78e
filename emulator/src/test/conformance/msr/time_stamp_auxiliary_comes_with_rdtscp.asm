; RDTSCP puts TSC_AUX into ECX and clears the upper half of RCX, at level 3 too.
;
; manual: SDM 2B RDTSCP
; expect:
;   no exception
;   rcx=0x12345678

%include "runtime/conformance.inc"

        section .text
global  time_stamp_auxiliary_comes_with_rdtscp
time_stamp_auxiliary_comes_with_rdtscp:
        NEED    0x8000_0001, 0, edx, 27, "RDTSCP"
        WRITE_MSR MSR_TSC_AUX, 0x1234_5678
        mov     rcx, -1
        CATCH_USER {rdtscp}
        FACT    "rcx", rcx
        ret
