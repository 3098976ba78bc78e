; Loading a segment register sets the descriptor's accessed bit in memory.
;
; manual: SDM 3A 3.4.5.1
; expect:
;   before=0x92
;   after=0x93

%include "runtime/conformance.inc"

        section .text
global  loading_a_segment_marks_it_accessed
loading_a_segment_marks_it_accessed:
        DESCRIPTOR SPARE, 0x00cf_9200_0000_ffff
        movzx   ebx, byte [gdt + SPARE + 5]
        FACT    "before", rbx
        mov     eax, SPARE
        mov     es, eax
        movzx   ebx, byte [gdt + SPARE + 5]
        FACT    "after", rbx
        ret
