; A port whose bits, two bytes of them, do not lie within the limit of the TSS is closed.
;
; manual: SDM 1 18.5.2
; expect:
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  io_map_ends_with_the_limit_of_the_tss
io_map_ends_with_the_limit_of_the_tss:
; the map has the bytes of ports 0 to 0x2f
LAST_PORT       equ     0x27
        mov     word [tss + TSS_IO_BASE], TSS_IO_MAP
        mov     dword [tss + TSS_IO_MAP], 0
        mov     dword [tss + TSS_IO_MAP + 4], 0
        mov     word [gdt + TASK], TSS_IO_MAP + 5
        mov     byte [gdt + TASK + 5], 0x89
        mov     eax, TASK
        ltr     ax
        mov     edx, PIC1 + 1
        CATCH_USER {in al, dx}
        mov     edx, LAST_PORT + 1
        CATCH_USER {in al, dx}
        ret
