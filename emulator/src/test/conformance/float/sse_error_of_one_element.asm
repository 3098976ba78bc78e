; Of a packed operation one element is enough for a #XM, and no element is written. What is known before computing
; comes first: with it, results that are not exact set no flag. Flags that were set stay.
;
; manual: SDM 1 11.5.2, 11.5.3, 11.5.4
; qemu: differs, TCG knows masked results only (SDM 1 11.5.3)
; expect:
;   #XM rip=+0x0
;   low=0x3f8000003f800000
;   high=0x3f8000003f800000
;   mxcsr=0x14
;   #XM rip=+0x0
;   low=0x3f8000003f800000
;   mxcsr=0x24
;   no exception
;   mxcsr=0x24

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

        section .text
global  sse_error_of_one_element
sse_error_of_one_element:
        mov     rbx, scratch
        mov     rax, 0x3f80_0000_3f80_0000
        mov     [rbx + 16], rax
        mov     [rbx + 24], rax
        movaps  xmm0, [rbx + 16]
; 3, 0, 3, 3
        mov     eax, 0x4040_0000
        mov     [rbx + 32], rax
        mov     rax, 0x4040_0000_4040_0000
        mov     [rbx + 40], rax
        movaps  xmm1, [rbx + 32]
        SET_MXCSR 0x1d90
        CATCH   {divps xmm0, xmm1}
        movq    rax, xmm0
        FACT    "low", rax
        movhps  [rbx + 8], xmm0
        FACT    "high", qword [rbx + 8]
        TELL_MXCSR
; masked division by zero, and an inexact result that is not masked
        SET_MXCSR 0x0f80
        CATCH   {divps xmm0, xmm1}
        movq    rax, xmm0
        FACT    "low", rax
        TELL_MXCSR
        SET_MXCSR 0x1f80
        CATCH   {divps xmm0, xmm1}
        TELL_MXCSR
        ret
