; A change of the map in memory counts for the next instruction.
;
; manual: SDM 1 18.5.2
; expect:
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  io_map_is_read_at_each_access
io_map_is_read_at_each_access:
        mov     word [tss + TSS_IO_BASE], TSS_IO_MAP
        CATCH_USER {in al, PIC1 + 1}
        mov     byte [tss + TSS_IO_MAP + 4], 0
        CATCH_USER {in al, PIC1 + 1}
        mov     byte [tss + TSS_IO_MAP + 4], 0xff
        CATCH_USER {in al, PIC1 + 1}
        ret
