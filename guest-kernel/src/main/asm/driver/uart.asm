; The kernel's own way to the first serial port: for its banner, reports and panics.
; It waits for each byte and uses no interrupt, so it works in every state.

%include "abi/machine.inc"

; More than a byte takes at 115200 baud.
LOOKS_FOR_A_BYTE equ    10000

section .text

; -----------------------------------------------------------------------------
; uart_start - 115200 baud, 8 data bits, no parity, no interrupts
;
;   in        nothing
;   out       the port takes bytes; one that has come before is still there to be read
;   clobbers  rax, rcx, rdx, r8, flags
;   needs     nothing
;   probe     none
;
; Turning the FIFOs on forgets what came, so the port sends that to itself once more. While
; it does, nothing comes from outside.
; -----------------------------------------------------------------------------
global  uart_start
uart_start:
        xor     eax, eax
        mov     edx, COM1_PORT + UART_INTERRUPTS
        out     dx, al
        mov     eax, UART_DIVISOR_LATCH
        mov     edx, COM1_PORT + UART_LINE_CONTROL
        out     dx, al
        mov     eax, UART_DIVISOR_115200
        mov     edx, COM1_PORT
        out     dx, al
        xor     eax, eax
        mov     edx, COM1_PORT + UART_INTERRUPTS
        out     dx, al
        mov     eax, UART_8N1
        mov     edx, COM1_PORT + UART_LINE_CONTROL
        out     dx, al
        mov     eax, UART_LOOP_BACK
        mov     edx, COM1_PORT + UART_MODEM_CONTROL
        out     dx, al
        mov     edx, COM1_PORT + UART_LINE_STATUS
        in      al, dx
        mov     ecx, eax
        mov     edx, COM1_PORT
        in      al, dx
        mov     r8d, eax
        mov     eax, UART_FIFO_ON
        mov     edx, COM1_PORT + UART_FIFO
        out     dx, al
        test    cl, UART_DATA_READY
        jz      .settled
        mov     eax, r8d
        mov     edx, COM1_PORT
        out     dx, al
        mov     ecx, LOOKS_FOR_A_BYTE
        mov     edx, COM1_PORT + UART_LINE_STATUS
.arrives:
        in      al, dx
        test    al, UART_DATA_READY
        jnz     .settled
        dec     ecx
        jnz     .arrives
.settled:
        mov     eax, UART_READY
        mov     edx, COM1_PORT + UART_MODEM_CONTROL
        out     dx, al
        ret

; -----------------------------------------------------------------------------
; uart_put_byte - send a byte, waiting until the port takes it
;
;   in        dil = the byte
;   out       sent
;   clobbers  rax, rdx, flags
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  uart_put_byte
uart_put_byte:
        mov     edx, COM1_PORT + UART_LINE_STATUS
.busy:
        in      al, dx
        test    al, UART_TRANSMIT_EMPTY
        jz      .busy
        mov     eax, edi
        mov     edx, COM1_PORT
        out     dx, al
        ret

; -----------------------------------------------------------------------------
; uart_drain - wait until the last byte has left the port
;
;   in        nothing
;   out       nothing is on its way
;   clobbers  rax, rdx, flags
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  uart_drain
uart_drain:
        mov     edx, COM1_PORT + UART_LINE_STATUS
.busy:
        in      al, dx
        test    al, UART_ALL_SENT
        jz      .busy
        ret
