; SGDT and SIDT store a 16-bit limit and a 64-bit base, at level 3 too, and not a byte more.
;
; manual: SDM 2B SGDT
; expect:
;   limit=0x97
;   base=0x40b000
;   behind=0xeeeeeeeeeeee
;   no exception
;   limit=0xfff
;   base=0x40c000

%include "runtime/conformance.inc"

        section .text
global  descriptor_table_registers_store_ten_bytes
descriptor_table_registers_store_ten_bytes:
        mov     rax, -1
        mov     rcx, 0xeeee_eeee_eeee_eeee
        mov     [rel scratch], rcx
        mov     [rel scratch + 8], rcx
        mov     rbx, scratch
        sgdt    [rbx]
        movzx   eax, word [rbx]
        FACT    "limit", rax
        FACT    "base", qword [rbx + 2]
        mov     rax, [rbx + 8]
        shr     rax, 16
        FACT    "behind", rax
        mov     rbx, scratch + USER_BASE
        CATCH_USER {sidt [rbx]}
        mov     rbx, scratch
        movzx   eax, word [rbx]
        FACT    "limit", rax
        FACT    "base", qword [rbx + 2]
        ret
