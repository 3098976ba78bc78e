; An access of 16 or 32 bits needs a clear bit for each of its ports, also where they lie in two bytes of the map.
;
; manual: SDM 1 18.5.2
; expect:
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  io_map_is_asked_for_each_byte
io_map_is_asked_for_each_byte:
; nothing answers from 0xee6 on; 0xee6 to 0xee9 are open
NOWHERE         equ     0xee6
        mov     word [tss + TSS_IO_BASE], TSS_IO_MAP
        and     word [tss + TSS_IO_MAP + NOWHERE / 8], ~(0xf << 6)
        mov     edx, NOWHERE
        CATCH_USER {in eax, dx}
        dec     edx
        CATCH_USER {in ax, dx}
        mov     edx, NOWHERE + 1
        CATCH_USER {in eax, dx}
        mov     edx, NOWHERE + 2
        CATCH_USER {in ax, dx}
        mov     edx, NOWHERE + 3
        CATCH_USER {in ax, dx}
        ret
