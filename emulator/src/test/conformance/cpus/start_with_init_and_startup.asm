; INIT and a start-up IPI start another CPU in real mode at the page that the vector names: CS = vector * 256, IP
; = 0.
;
; manual: SDM 3A 8.4.4.1, 9.1.4
; cpus: 2
; expect:
;   cs=0x900
;   ip=0x0
;   cr0: PE=0x0
;   flags=0x2

%include "runtime/conformance.inc"

PLACE           equ     0x9000

        section .text
global  start_with_init_and_startup
start_with_init_and_startup:
        mov     rsi, .code
        mov     rdi, PLACE
        mov     ecx, .code_end - .code
        rep movsb
        mov     qword [PLACE + 0x100], 0
        mov     qword [PLACE + 0x108], 0
        SEND    1, ICR_INIT | ICR_ASSERT
        call    cpus_pause
        mov     ebx, 100
.again:
        SEND    1, ICR_STARTUP | ICR_ASSERT | PLACE >> 12
        call    cpus_pause
        cmp     word [PLACE + 0x108], 1
        je      .started
        dec     ebx
        jnz     .again
.started:
        movzx   eax, word [PLACE + 0x100]
        FACT    "cs", rax
        movzx   eax, word [PLACE + 0x102]
        FACT    "ip", rax
        movzx   eax, word [PLACE + 0x104]
        FACT    "cr0: PE", rax
        movzx   eax, word [PLACE + 0x106]
        FACT    "flags", rax
; back to waiting, before its code is gone
        SEND    1, ICR_INIT | ICR_ASSERT
        call    cpus_pause
        ret
        section .rodata
; 16-bit code. call +0; pop bx; sub bx, 3: where it began
.code:
        db      0xe8, 0, 0, 0x5b, 0x83, 0xeb, 3
; mov cs:[0x102], bx; mov cs:[0x100], cs
        db      0x2e, 0x89, 0x1e, 0x02, 0x01
        db      0x2e, 0x8c, 0x0e, 0x00, 0x01
; smsw ax; and ax, 1; mov cs:[0x104], ax
        db      0x0f, 0x01, 0xe0, 0x83, 0xe0, 0x01, 0x2e, 0xa3, 0x04, 0x01
; mov ax, 0x8c0; mov ss, ax; mov sp, 0x100; xor ax, ax; push ax; popf; pushf; pop ax; mov cs:[0x106], ax
        db      0xb8, 0xc0, 0x08, 0x8e, 0xd0, 0xbc, 0x00, 0x01
        db      0x31, 0xc0, 0x50, 0x9d, 0x9c, 0x58, 0x2e, 0xa3, 0x06, 0x01
; mov word cs:[0x108], 1; cli; hlt; jmp back
        db      0x2e, 0xc7, 0x06, 0x08, 0x01, 0x01, 0x00, 0xfa, 0xf4, 0xeb, 0xfd
.code_end:
        ret
