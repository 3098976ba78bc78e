; LTR marks its TSS busy; a busy one, an LDT or a null selector is a #GP, an absent one a #NP.
;
; manual: SDM 2A LTR
; qemu: differs, LTR takes a null selector (SDM 2A LTR)
; expect:
;   access=0x8b
;   #GP error=0x38 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x10 rip=+0x0
;   #NP error=0x58 rip=+0x0
;   #GP error=0x3c rip=+0x0
;   tr=0x38

%include "runtime/conformance.inc"

        section .text
global  task_register_takes_an_available_tss_once
task_register_takes_an_available_tss_once:
        movzx   ebx, byte [gdt + TASK + 5]
        FACT    "access", rbx
        mov     eax, TASK
        CATCH   {ltr ax}
        xor     eax, eax
        CATCH   {ltr ax}
        mov     eax, KERNEL_DATA
        CATCH   {ltr ax}
        DESCRIPTOR SPARE, 0x0000_0900_0000_0067
        mov     eax, SPARE
        CATCH   {ltr ax}
        mov     eax, TASK | 4
        CATCH   {ltr ax}
        str     eax
        FACT    "tr", rax
        ret
