; The first instructions of a CPU that another one starts: from real mode to stand_climb.
; The page that it starts in holds a copy of these few bytes.

%include "stand/stand.inc"
%include "stand/place.inc"

; In 16-bit code these make the next instruction what it is in 32-bit code.
OPERAND_SIZE    equ     0x66
ADDRESS_SIZE    equ     0x67

section .text.stand
bits 32

; -----------------------------------------------------------------------------
; stand_trampoline - where the start-up message sends a CPU, copied below 1 MiB
;
;   entered by  LAPIC_STARTUP: real mode, cs = its page, ip = 0
;   in        nothing
;   out       goes on at stand_climb
;   clobbers  rax, flags
;   needs     IF = 0
;   probe     none
;
; 16-bit code, written as the 32-bit code with the same bytes.
; -----------------------------------------------------------------------------
global  stand_trampoline
stand_trampoline:
        cli
        mov     eax, cs
        mov     ds, eax
        db      ADDRESS_SIZE, OPERAND_SIZE
        lgdt    [stand_trampoline_gdt - stand_trampoline]
        mov     eax, cr0
        or      al, CR0_PROTECTION
        mov     cr0, eax
        db      OPERAND_SIZE
        jmp     dword STAND_BOOT_CODE:stand_climb
stand_trampoline_gdt:
        dw      STAND_BOOT_CODE + (1 << PTE_SHIFT) - 1
        dd      stand_gdt

; -----------------------------------------------------------------------------
; stand_trampoline_end - where what is copied ends
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_trampoline_end
stand_trampoline_end:
