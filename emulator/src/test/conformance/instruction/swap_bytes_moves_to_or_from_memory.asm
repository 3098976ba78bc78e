; MOVBE has a memory operand: between registers it is a #UD, where the same opcode with F2 is CRC32.
;
; manual: SDM 2B MOVBE; 2A CRC32
; expect:
;   rax=0x78563412
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   rcx=0x0

%include "runtime/conformance.inc"

        section .text
global  swap_bytes_moves_to_or_from_memory
swap_bytes_moves_to_or_from_memory:
        NEED    1, 0, ecx, 22, "movbe"
        NEED    1, 0, ecx, 20, "sse4.2"
        mov     dword [scratch], 0x1234_5678
        movbe   eax, [scratch]
        FACT    "rax", rax
        mov     ebx, scratch
        mov     eax, scratch
        CATCH   {db 0x0f, 0x38, 0xf0, 0xc3}
        CATCH   {db 0x0f, 0x38, 0xf1, 0xc3}
        CATCH   {db 0x66, 0x0f, 0x38, 0xf0, 0xc3}
        xor     ecx, ecx
        xor     ebx, ebx
; crc32 ecx, bl
        db      0xf2, 0x0f, 0x38, 0xf0, 0xcb
        FACT    "rcx", rcx
        ret
