; The kernel's own way to the first serial port: for its banner, reports and panics.
; It waits for each byte and uses no interrupt, so it works in every state.

%include "abi/machine.inc"

section .text

; -----------------------------------------------------------------------------
; uart_start - 115200 baud, 8 data bits, no parity, no interrupts
;
;   in        nothing
;   out       the port takes bytes
;   clobbers  rax, rdx, flags
;   needs     nothing
;   probe     none
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
        mov     eax, UART_FIFO_ON
        mov     edx, COM1_PORT + UART_FIFO
        out     dx, al
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
