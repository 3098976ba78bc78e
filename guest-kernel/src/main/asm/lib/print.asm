; Text and numbers in hex on the serial port.

%include "abi/machine.inc"

HEX_DIGITS      equ     16
BITS_PER_DIGIT  equ     4

section .text

; -----------------------------------------------------------------------------
; print_text - print up to a zero byte
;
;   in        rdi = text, in the kernel's window
;   out       printed
;   clobbers  rax, rdx, rdi, flags
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  print_text
print_text:
        push    rbx
        mov     rbx, rdi
.next:
        movzx   edi, byte [rbx]
        test    edi, edi
        jz      .end
        call    uart_put_byte
        inc     rbx
        jmp     .next
.end:
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; print_hex - print 64 bits as 0x and 16 digits
;
;   in        rdi = number
;   out       printed
;   clobbers  rax, rdx, rdi, flags
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  print_hex
print_hex:
        push    rbx
        push    r12
        mov     rbx, rdi
        lea     rdi, [rel print_hex_prefix]
        call    print_text
        mov     r12d, HEX_DIGITS
.next:
        rol     rbx, BITS_PER_DIGIT
        mov     edi, ebx
        and     edi, HEX_DIGITS - 1
        lea     rax, [rel print_digits]
        movzx   edi, byte [rax + rdi]
        call    uart_put_byte
        dec     r12d
        jnz     .next
        pop     r12
        pop     rbx
        ret

section .rodata
print_hex_prefix:
        db      "0x", 0
print_digits:
        db      "0123456789abcdef"
