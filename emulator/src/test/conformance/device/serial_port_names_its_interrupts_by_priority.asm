; The identification register names the most urgent of what is enabled and pending: a lost character, then data, then
; room to send. Reading the status, the data or the name ends each.
;
; manual: PC16550D data sheet, 8.6.5 and table III
; bochs: differs, it forgets that there is room to send; by the data sheet only the name or a character ends that
; expect:
;   nothing enabled=0x1
;   all=0x6
;   behind the status=0x4
;   behind the data=0x2
;   behind the name=0x1
;   enabled again=0x2
;   below the FIFO's level=0xc
;   behind the data=0x1

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

ENABLE_DATA     equ     1
ENABLE_ROOM     equ     2
ENABLE_LINE     equ     4
NAME            equ     0x0f

        section .text
global  serial_port_names_its_interrupts_by_priority
serial_port_names_its_interrupts_by_priority:
        call    drain
        PUT     COM1_FIFO, 0
        PUT     COM1_MODEM_CONTROL, LOOPBACK
        call    send
        call    send
        call    name
        KEEP    0
        PUT     COM1_ENABLE, ENABLE_DATA | ENABLE_ROOM | ENABLE_LINE
        call    name
        KEEP    1
        GET     COM1_LINE
        call    name
        KEEP    2
        GET     COM1_DATA
        call    name
        KEEP    3
        call    name
        KEEP    4
        PUT     COM1_ENABLE, 0
        PUT     COM1_ENABLE, ENABLE_ROOM
        call    name
        KEEP    5
        PUT     COM1_ENABLE, ENABLE_DATA
        PUT     COM1_FIFO, 0x47
        call    send
        call    name
        KEEP    6
        GET     COM1_DATA
        call    name
        KEEP    7
        PUT     COM1_FIFO, 7
        PUT     COM1_FIFO, 0
        PUT     COM1_ENABLE, 0
        PUT     COM1_MODEM_CONTROL, CONNECTED
        KEPT_FACT "nothing enabled", 0
        KEPT_FACT "all", 1
        KEPT_FACT "behind the status", 2
        KEPT_FACT "behind the data", 3
        KEPT_FACT "behind the name", 4
        KEPT_FACT "enabled again", 5
        KEPT_FACT "below the FIFO's level", 6
        KEPT_FACT "behind the data", 7
        ret

drain:
        GET     COM1_LINE
        test    al, LINE_ALL_SENT
        jz      drain
        ret

; Back when the character has come by the loop, and longer than four of them would take.
send:
        PUT     COM1_DATA, 'x'
        mov     ecx, 400_000
.spin:
        pause
        dec     ecx
        jnz     .spin
        ret

name:
        GET     COM1_ID
        and     eax, NAME
        ret
