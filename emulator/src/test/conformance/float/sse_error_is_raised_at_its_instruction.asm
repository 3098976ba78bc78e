; An SSE exception that is not masked is a #XM at its instruction: the destination stays, MXCSR tells what came.
;
; manual: SDM 1 11.5.1 to 11.5.3; 3A 6.15 (interrupt 19)
; qemu: differs, TCG knows masked results only (SDM 1 11.5.3)
; expect:
;   #XM rip=+0x0
;   destination=0x3f800000
;   mxcsr=0x4
;   #XM rip=+0x0
;   destination=0xff800000
;   mxcsr=0x1
;   #XM rip=+0x0
;   destination=0x3ff0000000000000
;   mxcsr=0x4
;   #XM rip=+0x0
;   mxcsr=0x28
;   no exception
;   destination=0x3f800000
;   mxcsr=0x0

%include "runtime/conformance.inc"

%macro SET_MXCSR value
        mov     dword [rbx], %value
        ldmxcsr [rbx]
%endmacro
%macro TELL_MXCSR
        stmxcsr [rbx]
        mov     eax, [rbx]
        and     eax, 0x3f
        FACT    "mxcsr", rax
%endmacro
%macro TELL
        movq    rax, xmm0
        FACT    "destination", rax
        TELL_MXCSR
%endmacro

        section .text
global  sse_error_is_raised_at_its_instruction
sse_error_is_raised_at_its_instruction:
        mov     rbx, scratch
        xorps   xmm1, xmm1
; division by zero
        mov     eax, 0x3f80_0000
        movd    xmm0, eax
        SET_MXCSR 0x1d80
        CATCH   {divss xmm0, xmm1}
        TELL
; infinity minus infinity
        mov     eax, 0xff80_0000
        movd    xmm0, eax
        mov     eax, 0x7f80_0000
        movd    xmm2, eax
        SET_MXCSR 0x1f00
        CATCH   {addss xmm0, xmm2}
        TELL
; in double precision, the operand in memory
        mov     rax, 0x3ff0_0000_0000_0000
        movq    xmm0, rax
        mov     qword [rbx + 8], 0
        SET_MXCSR 0x1d80
        CATCH   {divsd xmm0, [rbx + 8]}
        TELL
; overflow, of a result that would not be exact with any exponent
        mov     eax, 0x7f7f_ffff
        movd    xmm0, eax
        mov     eax, 0x3fff_ffff
        movd    xmm2, eax
        SET_MXCSR 0x1b80
        CATCH   {mulss xmm0, xmm2}
        TELL_MXCSR
; nothing happens
        mov     eax, 0x3f80_0000
        movd    xmm0, eax
        SET_MXCSR 0x0000
        CATCH   {divss xmm0, xmm0}
        TELL
        SET_MXCSR 0x1f80
        ret
