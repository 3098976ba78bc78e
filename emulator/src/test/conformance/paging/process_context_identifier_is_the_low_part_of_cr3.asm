; With CR4.PCIDE CR3 has a PCID in bits 0 to 11 and bit 63 of what is written is not kept: it only says not to
; forget.
;
; manual: SDM 3A 4.10.4.1; 2B MOV
; expect:
;   cr3=0x400005
;   cr3=0x400fff

%include "runtime/conformance.inc"

        section .text
global  process_context_identifier_is_the_low_part_of_cr3
process_context_identifier_is_the_low_part_of_cr3:
        NEED    1, 0, ecx, 17, "PCID"
        SET_CR  cr4, CR4_PCIDE
        mov     rax, cr3
        or      rax, 5
        mov     cr3, rax
        mov     rbx, cr3
        FACT    "cr3", rbx
        mov     eax, root_table + 0xfff
        bts     rax, 63
        mov     cr3, rax
        mov     rbx, cr3
        FACT    "cr3", rbx
        mov     eax, root_table
        mov     cr3, rax
        ret
