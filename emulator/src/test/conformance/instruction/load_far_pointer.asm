; LFS and LSS load a selector and an offset at once; a bad selector loads neither.
;
; manual: SDM 2A LDS/LES/LFS/LGS/LSS
; expect:
;   rax=0x12345678
;   fs=0x23
;   #GP error=0xf8 rip=+0x0
;   rax=0x12345678

%include "runtime/conformance.inc"

        section .text
global  load_far_pointer
load_far_pointer:
        mov     dword [rel scratch], 0x1234_5678
        mov     word [rel scratch + 4], USER_DATA
        mov     rbx, scratch
        xor     eax, eax
; lfs eax, [rbx]
        db      0x0f, 0xb4, 0x03
        mov     ecx, fs
        FACT    "rax", rax
        FACT    "fs", rcx
        mov     word [rel scratch + 4], 0xf8
        mov     dword [rel scratch], 0
        CATCH   {db 0x0f, 0xb4, 0x03}
        FACT    "rax", rax
        ret
