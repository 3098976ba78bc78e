; LGDT and LIDT with a base that is not canonical are a #GP(0).
;
; manual: SDM 2A LGDT
; qemu: hangs, TCG takes any base (SDM 2A LGDT)
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  descriptor_tables_at_non_canonical_addresses
descriptor_tables_at_non_canonical_addresses:
        mov     rbx, scratch
        mov     word [rbx], 0xfff
        mov     rax, 1 << 47
        mov     [rbx + 2], rax
        CATCH   {lidt [rbx]}
        lidt    [idt_pointer]
        CATCH   {lgdt [rbx]}
        lgdt    [gdt_pointer]
        ret
