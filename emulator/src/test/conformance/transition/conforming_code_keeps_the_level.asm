; A far jump at level 3 to conforming code of level 0 runs it at level 3, with RPL 3 in CS; level 0 may not jump
; to conforming code of level 3.
;
; manual: SDM 3A 5.8.1.2
; expect:
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   cs=0x5b
;   #GP error=0x60 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  conforming_code_keeps_the_level
conforming_code_keeps_the_level:
        DESCRIPTOR SPARE, 0x00af_9f00_0000_ffff
        DESCRIPTOR SPARE + 8, 0x00af_ff00_0000_ffff
        mov     ebx, scratch + USER_BASE
        mov     dword [rel scratch], .low + USER_BASE
        mov     word [rel scratch + 4], SPARE
        TRY     .caught
        ENTER_USER FLAG_1
; jmp far [rbx]
        db      0xff, 0x2b
.low:
        SPOT
        hlt
        CAUGHT  .caught
        FACT    "cs", qword [rel last_cs]
        mov     ebx, scratch
        mov     word [rbx + 4], SPARE + 8
        CATCH   {db 0xff, 0x2b}
        ret
