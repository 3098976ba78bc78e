; PWT, PCD and PAT, in an entry and in CR3, choose a memory type and nothing else.
;
; manual: SDM 3A 4.9
; expect:
;   read=0x99
;   large=0xaa
;   read=0x99

%include "runtime/conformance.inc"

        section .text
global  memory_type_bits_change_no_translation
memory_type_bits_change_no_translation:
        mov     qword [rel scratch], 0x99
        mov     qword [rel large_scratch], 0xaa
        MAP     0, scratch, PTE_P | PTE_W | PTE_PWT | PTE_PCD | PTE_PAT
        mov     ebx, WINDOW
        mov     rax, [rbx]
        FACT    "read", rax
        mov     qword [window_directory + 8], LARGE_SCRATCH | PTE_P | PTE_W | PTE_PS | PTE_LARGE_PAT
        mov     rax, [rbx + LARGE_PAGE]
        FACT    "large", rax
        mov     rax, cr3
        or      rax, PTE_PWT | PTE_PCD
        mov     cr3, rax
        mov     rax, [rbx]
        FACT    "read", rax
        ret
