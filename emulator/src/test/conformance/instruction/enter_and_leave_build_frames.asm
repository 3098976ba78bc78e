; ENTER with a level copies the frame pointers of the outer ones; LEAVE takes the frame away.
;
; manual: SDM 2A ENTER, LEAVE
; expect:
;   bytes=0x28
;   copied=0x1111
;   rbp=0x441000
;   same

%include "runtime/conformance.inc"

        section .text
global  enter_and_leave_build_frames
enter_and_leave_build_frames:
        mov     rbx, rsp
        mov     rbp, scratch + PAGE
        mov     qword [rbp - 8], 0x1111
        enter   16, 2
        mov     rcx, rbx
        sub     rcx, rsp
        mov     rax, [rbp - 8]
        leave
        FACT    "bytes", rcx
        FACT    "copied", rax
        FACT    "rbp", rbp
        cmp     rsp, rbx
        jne     .other
        SAY     "same"
.other:
        ret
