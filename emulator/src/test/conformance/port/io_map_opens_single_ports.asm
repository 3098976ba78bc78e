; At a level above IOPL the TSS's I/O map decides: a clear bit opens its port, a set one is a #GP(0).
;
; manual: SDM 1 18.5.2
; expect:
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  io_map_opens_single_ports
io_map_opens_single_ports:
        mov     word [tss + TSS_IO_BASE], TSS_IO_MAP
; port 0x21
        and     byte [tss + TSS_IO_MAP + (PIC1 + 1) / 8], ~(1 << 1)
        mov     al, 0xff
        CATCH_USER {in al, PIC1 + 1}
        CATCH_USER {in al, PIC1}
        CATCH_USER {out PIC1 + 1, al}
        mov     edx, PIC2 + 1
        CATCH_USER {in al, dx}
        ret
