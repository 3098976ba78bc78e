; IN fills AL or AX and leaves the rest of RAX, and clears the upper half with EAX; an absent port reads as ones.
;
; manual: SDM 2A IN
; expect:
;   byte=0x11111111111111ff
;   word=0x111111111111ffff
;   double=0xffffffff

%include "runtime/conformance.inc"

        section .text
global  input_and_output_of_each_width
input_and_output_of_each_width:
; nothing answers there on any PC
        mov     edx, 0x0ee0
        mov     rax, 0x1111_1111_1111_1111
        in      al, dx
        FACT    "byte", rax
        mov     rax, 0x1111_1111_1111_1111
        in      ax, dx
        FACT    "word", rax
        in      eax, dx
        FACT    "double", rax
        ret
