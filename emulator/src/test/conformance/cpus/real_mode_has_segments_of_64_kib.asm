; In real mode an address is segment * 16 + offset, IN, OUT and 32-bit operands work, and INT goes through the
; table at 0.
;
; manual: SDM 3A 20.1
; cpus: 2
; expect:
;   sum=0x12345679
;   through the table=0x77

%include "runtime/conformance.inc"

PLACE           equ     0x9000

        section .text
global  real_mode_has_segments_of_64_kib
real_mode_has_segments_of_64_kib:
        mov     rsi, .code
        mov     rdi, PLACE
        mov     ecx, .code_end - .code
        rep movsb
        mov     qword [PLACE + 0x200], 0
        mov     dword [PLACE + 0x208], 0x1234_5678
; vector 0x40 of the real-mode table, kept and brought back
        mov     ebx, [0x40 * 4]
        mov     dword [0x40 * 4], (PLACE >> 4) << 16 | .handler - .code
        SEND    1, ICR_INIT | ICR_ASSERT
        call    cpus_pause
        mov     ebp, 100
.again:
        SEND    1, ICR_STARTUP | ICR_ASSERT | PLACE >> 12
        call    cpus_pause
        cmp     byte [PLACE + 0x206], 0
        jne     .done
        dec     ebp
        jnz     .again
.done:
        mov     [0x40 * 4], ebx
        mov     eax, [PLACE + 0x200]
        FACT    "sum", rax
        movzx   eax, byte [PLACE + 0x206]
        FACT    "through the table", rax
        SEND    1, ICR_INIT | ICR_ASSERT
        call    cpus_pause
        ret
        section .rodata
; 16-bit code. mov ax, 0x900; mov ss, ax; mov sp, 0x1000
.code:
        db      0xb8, 0x00, 0x09, 0x8e, 0xd0, 0xbc, 0x00, 0x10
; mov ax, 0x910; mov ds, ax: DS:0x108 is PLACE + 0x208
        db      0xb8, 0x10, 0x09, 0x8e, 0xd8
; mov eax, [0x108]; inc eax; mov [0x100], eax
        db      0x66, 0xa1, 0x08, 0x01, 0x66, 0x40, 0x66, 0xa3, 0x00, 0x01
; int 0x40; mov [0x106], bl; cli; hlt; jmp back
        db      0xcd, 0x40, 0x88, 0x1e, 0x06, 0x01, 0xfa, 0xf4, 0xeb, 0xfd
; mov bl, 0x77; iret
.handler:
        db      0xb3, 0x77, 0xcf
.code_end:
        ret
