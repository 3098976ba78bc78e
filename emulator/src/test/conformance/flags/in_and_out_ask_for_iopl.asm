; IN, OUT, INS and OUTS at a level above IOPL, without an I/O map in the TSS, are a #GP(0); with IOPL 3 they work.
;
; manual: SDM 1 18.5.1; 2A IN
; expect:
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   no exception

%include "runtime/conformance.inc"

        section .text
global  in_and_out_ask_for_iopl
in_and_out_ask_for_iopl:
        mov     dx, PIC1 + 1
        mov     edi, scratch + USER_BASE
        mov     esi, edi
        mov     al, 0xff
        CATCH_USER {in al, dx}
        CATCH_USER {out dx, al}
        CATCH_USER {in al, PIC1 + 1}
        CATCH_USER {insb}
        CATCH_USER {outsb}
        CATCH_USER_WITH FLAG_1 | FLAG_IOPL, {in al, dx}
        ret
