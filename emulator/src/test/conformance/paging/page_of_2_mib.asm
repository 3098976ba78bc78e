; An entry of a page directory with PS maps 2 MiB; its own accessed and dirty bits are the page's.
;
; manual: SDM 3A 4.5.4, table 4-18
; expect:
;   first=0x11
;   last=0x22
;   before=0x20
;   after=0x60

%include "runtime/conformance.inc"

BITS            equ     PTE_A | PTE_D

        section .text
global  page_of_2_mib
page_of_2_mib:
        mov     qword [rel large_scratch], 0x11
        mov     qword [large_scratch + LARGE_PAGE - 8], 0x22
        mov     qword [window_directory + 8], LARGE_SCRATCH | PTE_P | PTE_W | PTE_PS
        mov     ebx, WINDOW + LARGE_PAGE
        mov     rax, [rbx]
        FACT    "first", rax
        mov     rax, [rbx + LARGE_PAGE - 8]
        FACT    "last", rax
        mov     rax, [window_directory + 8]
        and     eax, BITS
        FACT    "before", rax
        mov     qword [rbx + 0x12340], 1
        mov     rax, [window_directory + 8]
        and     eax, BITS
        FACT    "after", rax
        ret
