; A write to CR3, even of the same value, forgets translations of pages that are not global.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   read=0x66
;   #PF error=0x0 rip=+0x0 cr2=0x80000000

%include "runtime/conformance.inc"

        section .text
global  writing_cr3_forgets_translations
writing_cr3_forgets_translations:
        mov     qword [rel scratch], 0x66
        MAP     0, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW
        mov     rax, [rbx]
        FACT    "read", rax
        mov     qword [window_table], 0
        mov     rax, cr3
        mov     cr3, rax
        CATCH   {mov rax, [rbx]}
        ret
