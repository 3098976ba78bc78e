; COM2 as a line for bytes: interrupts only end a halt, the bytes are asked for.

%include "abi/machine.inc"
%include "abi/layout.inc"
%include "abi/bare.inc"

section .text.bare

; -----------------------------------------------------------------------------
; line_start - set COM2, the 8259s and one gate so that a byte ends a halt
;
;   in        nothing
;   out       nothing
;   clobbers  rax, rcx, rdx, rdi, flags
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  line_start
line_start:
        lea     rax, [rel interrupt_table]
        lea     rdi, [rax + (BARE_VECTORS + COM2_IRQ) * Gate_size]
        lea     rdx, [rel line_interrupt]
        mov     [rdi + Gate_offset_low], dx
        shr     rdx, 16
        mov     [rdi + Gate_offset_middle], dx
        mov     word [rdi + Gate_selector], SELECTOR_KERNEL_CODE
        mov     byte [rdi + Gate_type], GATE_INTERRUPT
        lea     rdx, [rel interrupt_pointer]
        mov     [rdx + TablePointer_base], rax
        mov     word [rdx + TablePointer_limit], INTERRUPT_TABLE - 1
        lidt    [rdx]
        mov     al, PIC_START
        out     PIC1_COMMAND_PORT, al
        out     PIC2_COMMAND_PORT, al
        mov     al, BARE_VECTORS
        out     PIC1_DATA_PORT, al
        add     al, PIC_LINES
        out     PIC2_DATA_PORT, al
        mov     al, PIC_HAS_SECOND
        out     PIC1_DATA_PORT, al
        mov     al, PIC_IS_SECOND
        out     PIC2_DATA_PORT, al
        mov     al, PIC_8086
        out     PIC1_DATA_PORT, al
        out     PIC2_DATA_PORT, al
        mov     al, PIC_MASK_ALL
        out     PIC2_DATA_PORT, al
        mov     al, PIC_MASK_ALL - (1 << COM2_IRQ)
        out     PIC1_DATA_PORT, al
        mov     edx, COM2_PORT + UART_LINE_CONTROL
        mov     al, UART_8N1
        out     dx, al
        mov     edx, COM2_PORT + UART_FIFO
        mov     al, UART_FIFO_ON
        out     dx, al
        mov     edx, COM2_PORT + UART_MODEM_CONTROL
        mov     al, UART_READY | UART_INTERRUPTS_OUT
        out     dx, al
        mov     edx, COM2_PORT + UART_INTERRUPTS
        mov     al, UART_WHEN_RECEIVED
        out     dx, al
        ret

; -----------------------------------------------------------------------------
; line_get - wait for a byte
;
;   in        nothing
;   out       al = the byte, CF = 0; or CF = 1: the line was broken
;   clobbers  rax, rdx, flags
;   needs     IF = 0
;   probe     none
;
; STI holds interrupts off for one more instruction, so none comes between the look and
; the halt.
; -----------------------------------------------------------------------------
global  line_get
line_get:
        mov     edx, COM2_PORT + UART_LINE_STATUS
        in      al, dx
        test    al, UART_DATA_READY
        jnz     .there
        sti
        hlt
        cli
        jmp     line_get
.there:
        mov     ah, al
        mov     edx, COM2_PORT
        in      al, dx
        test    ah, UART_BREAK_SEEN
        jz      .done
        stc
.done:
        ret

; -----------------------------------------------------------------------------
; line_put - send bytes
;
;   in        rsi = bytes, eax = how many
;   out       nothing
;   clobbers  rax, rcx, rdx, rsi, flags
;   needs     nothing
;   probe     none
;
; An empty transmitter takes as many as its FIFO holds.
; -----------------------------------------------------------------------------
global  line_put
line_put:
        mov     ecx, eax
.next:
        test    ecx, ecx
        jz      .done
        mov     edx, COM2_PORT + UART_LINE_STATUS
.busy:
        in      al, dx
        test    al, UART_TRANSMIT_EMPTY
        jz      .busy
        mov     edx, COM2_PORT
        mov     ah, UART_FIFO_DEPTH
.fill:
        lodsb
        out     dx, al
        dec     ecx
        jz      .done
        dec     ah
        jnz     .fill
        jmp     .next
.done:
        ret

; -----------------------------------------------------------------------------
; line_break - break the line: whoever is there shall hang up
;
;   in        nothing
;   out       nothing
;   clobbers  rax, rdx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  line_break
line_break:
        mov     edx, COM2_PORT + UART_LINE_CONTROL
        mov     al, UART_8N1 | UART_SEND_BREAK
        out     dx, al
        mov     al, UART_8N1
        out     dx, al
        ret

; The byte stays where it is: whoever halted looks for it.
line_interrupt:
        push    rax
        mov     al, PIC_END
        out     PIC1_COMMAND_PORT, al
        pop     rax
        iretq

section .bss.bare
align 16
INTERRUPT_TABLE equ     (BARE_VECTORS + PIC_LINES) * Gate_size
interrupt_table:
        resb    INTERRUPT_TABLE
interrupt_pointer:
        resb    TablePointer_size
