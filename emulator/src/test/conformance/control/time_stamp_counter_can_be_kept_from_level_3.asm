; CR4.TSD makes RDTSC and RDTSCP a #GP(0) at level 3; level 0 reads on.
;
; manual: SDM 2B RDTSC, RDTSCP
; expect:
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   no exception

%include "runtime/conformance.inc"

        section .text
global  time_stamp_counter_can_be_kept_from_level_3
time_stamp_counter_can_be_kept_from_level_3:
        CATCH_USER {rdtsc}
        SET_CR  cr4, CR4_TSD
        CATCH_USER {rdtsc}
        CATCH_USER {rdtscp}
        CATCH   {rdtsc}
        ret
