; PUSHAD in compatibility mode pushes eight registers, EAX first and ESP as it was before; POPAD loads all but
; ESP.
;
; manual: SDM 2A POPA, PUSHA
; expect:
;   bytes=0x20
;   eax=0xaa
;   esp=0x0
;   popped eax=0xbb
;   popped esp=0x0

%include "runtime/conformance.inc"

        section .text
global  all_registers_in_32_bit_code
all_registers_in_32_bit_code:
        mov     eax, 0xaa
        TRY     .pushed
        ENTER_COMPAT FLAG_1
bits 32
        mov     ecx, esp
; pushad
        db      0x60
        mov     edx, esp
        mov     eax, [esp + 28]
        mov     ebx, [esp + 12]
        LEAVE
bits 64
        CAUGHT  .pushed
        sub     ebx, ecx
        sub     ecx, edx
        FACT    "bytes", rcx
        FACT    "eax", rax
        FACT    "esp", rbx
        TRY     .popped
        ENTER_COMPAT FLAG_1
bits 32
        mov     ecx, esp
        db      0x60
        mov     dword [esp + 28], 0xbb
        mov     dword [esp + 12], 0x1234
; popad
        db      0x61
        sub     ecx, esp
        LEAVE
bits 64
        CAUGHT  .popped
        FACT    "popped eax", rax
        FACT    "popped esp", rcx
        ret
