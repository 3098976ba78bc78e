; The keyboard controller tests itself and the keyboard's line, keeps its mode, and shows its output port: no reset, A20
; on.
;
; manual: IBM PC/AT Technical Reference, keyboard controller (8042)
; expect:
;   self-test=0x55
;   line test=0x0
;   mode=0x61
;   mode=0x60
;   output=0x3
;   echo=0xee
;   nothing more=0x0

%include "runtime/conformance.inc"
%include "runtime/isa.inc"

READ_MODE       equ     0x20
WRITE_MODE      equ     0x60
SELF_TEST       equ     0xaa
LINE_TEST       equ     0xab
KEYBOARD_OFF    equ     0xad
KEYBOARD_ON     equ     0xae
MOUSE_OFF       equ     0xa7
READ_OUTPUT     equ     0xd0
ECHO            equ     0xee
MOST_POLLS      equ     100_000

%macro COMMAND value
        mov     bl, %value
        mov     bh, KEYBOARD_COMMAND
        call    tell
%endmacro
%macro DATA value
        mov     bl, %value
        mov     bh, KEYBOARD_DATA
        call    tell
%endmacro

        section .text
global  keyboard_controller_answers
keyboard_controller_answers:
        COMMAND KEYBOARD_OFF
        COMMAND MOUSE_OFF
        call    empty
        COMMAND SELF_TEST
        call    answer
        FACT    "self-test", rax
        COMMAND LINE_TEST
        call    answer
        FACT    "line test", rax
        COMMAND WRITE_MODE
        DATA    0x61
        COMMAND READ_MODE
        call    answer
        FACT    "mode", rax
        COMMAND WRITE_MODE
        DATA    0x60
        COMMAND READ_MODE
        call    answer
        FACT    "mode", rax
        COMMAND READ_OUTPUT
        call    answer
        and     eax, 3
        FACT    "output", rax
        COMMAND KEYBOARD_ON
        DATA    ECHO
        call    answer
        FACT    "echo", rax
        call    empty
        GET     KEYBOARD_COMMAND
        and     eax, KEYBOARD_ANSWERS
        FACT    "nothing more", rax
        ret

; bl = value, bh = port
tell:
        mov     ecx, MOST_POLLS
.busy:
        in      al, KEYBOARD_COMMAND
        test    al, KEYBOARD_BUSY
        jz      .ready
        dec     ecx
        jnz     .busy
.ready:
        movzx   edx, bh
        mov     al, bl
        out     dx, al
        ret

; eax = the next answer, or -1
answer:
        mov     ecx, MOST_POLLS
.wait:
        in      al, KEYBOARD_COMMAND
        test    al, KEYBOARD_ANSWERS
        jnz     .there
        pause
        dec     ecx
        jnz     .wait
        mov     rax, -1
        ret
.there:
        xor     eax, eax
        in      al, KEYBOARD_DATA
        ret

; Takes what waits.
empty:
        in      al, KEYBOARD_COMMAND
        test    al, KEYBOARD_ANSWERS
        jz      .empty
        in      al, KEYBOARD_DATA
        jmp     empty
.empty:
        ret
