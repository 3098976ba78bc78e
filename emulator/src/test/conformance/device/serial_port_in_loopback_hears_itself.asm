; In loop-back the port receives what it sends, one character or with FIFOs sixteen, and says when one was lost: without
; FIFOs the first, with them the last. The modem inputs are its own outputs.
;
; manual: PC16550D data sheet, 8.6 (registers), 8.6.7 (modem control)
; expect:
;   modem for DTR=0x20
;   modem for RTS=0x10
;   modem for OUT1=0x40
;   modem for OUT2=0x80
;   line=0x1
;   data=0x41
;   line=0x0
;   line after two=0x3
;   line again=0x1
;   data=0x43
;   line after seventeen=0x3
;   first=0x61
;   sixteenth=0x70
;   line=0x0

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

%macro MODEM outputs, place
        PUT     COM1_MODEM_CONTROL, LOOPBACK | %outputs
        GET     COM1_MODEM
        and     eax, 0xf0
        KEEP    %place
%endmacro

        section .text
global  serial_port_in_loopback_hears_itself
serial_port_in_loopback_hears_itself:
        call    drain
        PUT     COM1_FIFO, 0
        MODEM   1, 0
        MODEM   2, 1
        MODEM   4, 2
        MODEM   8, 3
        mov     bl, 'A'
        call    send
        call    line
        KEEP    4
        GET     COM1_DATA
        KEEP    5
        call    line
        KEEP    6
        mov     bl, 'B'
        call    send
        mov     bl, 'C'
        call    send
        call    line
        KEEP    7
        call    line
        KEEP    8
        GET     COM1_DATA
        KEEP    9
        PUT     COM1_FIFO, 0xc7
        mov     bl, 'a'
.fill:
        call    send
        inc     bl
        cmp     bl, 'a' + 17
        jb      .fill
        call    line
        KEEP    10
        GET     COM1_DATA
        KEEP    11
        mov     ecx, 14
.skip:
        GET     COM1_DATA
        loop    .skip
        GET     COM1_DATA
        KEEP    12
        call    line
        KEEP    13
        PUT     COM1_FIFO, 0
        PUT     COM1_MODEM_CONTROL, CONNECTED
        KEPT_FACT "modem for DTR", 0
        KEPT_FACT "modem for RTS", 1
        KEPT_FACT "modem for OUT1", 2
        KEPT_FACT "modem for OUT2", 3
        KEPT_FACT "line", 4
        KEPT_FACT "data", 5
        KEPT_FACT "line", 6
        KEPT_FACT "line after two", 7
        KEPT_FACT "line again", 8
        KEPT_FACT "data", 9
        KEPT_FACT "line after seventeen", 10
        KEPT_FACT "first", 11
        KEPT_FACT "sixteenth", 12
        KEPT_FACT "line", 13
        ret

; Until the last character has left.
drain:
        GET     COM1_LINE
        test    al, LINE_ALL_SENT
        jz      drain
        ret

; bl = character; back when it has come by the loop. The status is not read: that would end what it says.
send:
        PUT     COM1_DATA, bl
        mov     ecx, 200_000
.spin:
        pause
        dec     ecx
        jnz     .spin
        ret

line:
        GET     COM1_LINE
        and     eax, LINE_RECEIVER
        ret
