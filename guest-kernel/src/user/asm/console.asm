; The console server: whoever calls it with text in a message's words sees it on the first
; serial port, and whoever calls for a line gets what is typed there. It is a process like
; any other, but its first thread may do port I/O, and it is given the port's interrupt.
;
;   console_main    the port: bytes from the output block, and bytes into what was typed
;   console_write   HANDLE_CONSOLE: one text after the other, in the order of their calls
;   console_read    HANDLE_INPUT: one line after the other; it echoes through HANDLE_CONSOLE
;   console_polled  in the place of all of them, where nobody gives interrupts
;
; A writer is answered when the port has all its text, so what the kernel prints itself
; comes behind it; whoever waits for the port leaves the CPU to others.
; A message's text ends with a zero byte or with its fourth word.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "user/case.inc"

; Slots that the server fills.
SLOT_PORT       equ     16                      ; what console_main waits for
SLOT_WRITTEN    equ     17                      ; the port has the output block
SLOT_TYPED      equ     18                      ; something was typed

; Bits of SLOT_PORT's notification; each only says that there is something to look at.
PORT_INTERRUPT  equ     1
PORT_OUTPUT     equ     2
PORT_INPUT      equ     4

; Bytes that are kept while nobody reads; those behind wait in the port.
TYPED_ROOM      equ     256
TYPED_MASK      equ     TYPED_ROOM - 1
LETTER_BITS     equ     8

section .text.console

; -----------------------------------------------------------------------------
; console_main - serve the port, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_CONTROL to receive, HANDLE_LINE once it is told, IOPL 3
;   probe     console_interrupt
;
; The port asks for interrupts only while the line is open: what it asked for before that
; would be lost. It listens from the first reader on.
; -----------------------------------------------------------------------------
global  console_main
console_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_PORT, 0
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_WRITTEN, 0
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_TYPED, 0
        mov     edx, PORT_INTERRUPT
        OPERATE SYS_INTERRUPT_BIND, HANDLE_LINE, SLOT_PORT
        mov     edx, COM1_PORT + UART_MODEM_CONTROL
        mov     al, UART_READY | UART_INTERRUPTS_OUT
        out     dx, al
        OPERATE SYS_SEND, HANDLE_STARTED, 0
        OPERATE SYS_SEND, HANDLE_STARTED, 0
.next:
        OPERATE SYS_WAIT, SLOT_PORT, 0
        PROBE   console_interrupt
        mov     edx, COM1_PORT + UART_INTERRUPTS
        xor     eax, eax
        out     dx, al
        xor     ebp, ebp
        call    port_input
        call    port_output
        test    ebp, ebp
        jz      .next
        OPERATE SYS_INTERRUPT_ACK, HANDLE_LINE, 0
        mov     edx, COM1_PORT + UART_INTERRUPTS
        mov     eax, ebp
        out     dx, al
        jmp     .next

; Take what there is room for; ebp gets the interrupt that tells of more.
port_input:
        cmp     dword [rel listening], 0
        je      .done
        xor     ebx, ebx
.next:
        mov     ecx, [rel typed_end]
        mov     eax, ecx
        sub     eax, [rel typed_first]
        cmp     eax, TYPED_ROOM
        jae     .tell
        mov     edx, COM1_PORT + UART_LINE_STATUS
        in      al, dx
        test    al, UART_DATA_READY
        jz      .wait
        mov     edx, COM1_PORT
        in      al, dx
        mov     ebx, ecx
        and     ebx, TYPED_MASK
        lea     rdx, [rel typed]
        mov     [rdx + rbx], al
        inc     ecx
        mov     [rel typed_end], ecx
        mov     ebx, PORT_INPUT
        jmp     .next
.wait:
        or      ebp, UART_WHEN_RECEIVED
.tell:
        test    ebx, ebx
        jz      .done
        OPERATE SYS_SIGNAL, SLOT_TYPED, PORT_INPUT
.done:
        ret

; Give the port as much as it holds; ebp gets the interrupt that tells when it is empty.
port_output:
        mov     esi, [rel output_next]
        mov     ebx, [rel output_end]
        cmp     esi, ebx
        je      .done
        mov     edx, COM1_PORT + UART_LINE_STATUS
        in      al, dx
        test    al, UART_TRANSMIT_EMPTY
        jz      .wait
        mov     edx, COM1_PORT
        mov     ecx, UART_FIFO_DEPTH
        lea     rdi, [rel output]
.next:
        mov     al, [rdi + rsi]
        out     dx, al
        inc     esi
        cmp     esi, ebx
        je      .empty
        dec     ecx
        jnz     .next
        mov     [rel output_next], esi
.wait:
        or      ebp, UART_WHEN_EMPTY
.done:
        ret
.empty:
        mov     [rel output_next], esi
        OPERATE SYS_SIGNAL, SLOT_WRITTEN, PORT_OUTPUT
        ret

%include "user/console_write.inc"
%include "user/console_read.inc"
%include "user/console_polled.inc"

section .bss.console
align WORD_SIZE
; The text that is being written: all before output_next is in the port.
output:
        resb    TEXT_BLOCK
output_next:
        resb    4
output_end:
        resb    4
; What was typed: both count on, their difference is what there is.
typed_first:
        resb    4
typed_end:
        resb    4
; Not 0 as soon as somebody reads.
listening:
        resb    4
typed:
        resb    TYPED_ROOM
