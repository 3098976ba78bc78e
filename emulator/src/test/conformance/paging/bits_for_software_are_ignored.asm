; Bits 9 to 11 and 52 to 58 of an entry are the software's, and stay as they are.
;
; manual: SDM 3A 4.5.4, table 4-20
; expect:
;   read=0xbb
;   entry=0x7f0000000000e60

%include "runtime/conformance.inc"

        section .text
global  bits_for_software_are_ignored
bits_for_software_are_ignored:
        mov     qword [rel scratch], 0xbb
        MAP     0, scratch, PTE_P | PTE_W
        mov     rcx, 0x07f0_0000_0000_0e00
        or      [window_table], rcx
        mov     ebx, WINDOW
        invlpg  [rbx]
        mov     rax, [rbx]
        mov     [rbx], rax
        FACT    "read", rax
        mov     rax, [window_table]
        sub     rax, scratch + PTE_P + PTE_W
        FACT    "entry", rax
        ret
