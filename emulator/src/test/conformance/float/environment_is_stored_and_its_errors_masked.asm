; FNSTENV masks all exceptions behind the store, so one that was pending is so no more; the image has the control word
; as it was. Where the store faults nothing is masked.
;
; manual: SDM 2A FSTENV/FNSTENV
; qemu: differs, TCG masks nothing (SDM 2A FSTENV)
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80000000
;   control=0x37b
;   no exception
;   image=0x37b
;   control=0x37f
;   status=0x4
;   no exception
;   control=0x37f

%include "runtime/conformance.inc"

        section .text
global  environment_is_stored_and_its_errors_masked
environment_is_stored_and_its_errors_masked:
        mov     rbx, scratch
        mov     word [rbx + 64], 0x37b
        mov     word [rbx + 66], 0
        fninit
        fldcw   [rbx + 64]
        fldz
        fld1
        db      0xd8, 0xf1              ; fdiv st0, st1
        mov     edx, WINDOW
        CATCH   {fnstenv [rdx]}
        call    control
        CATCH   {fnstenv [rbx]}
        movzx   eax, word [rbx]
        FACT    "image", rax
        call    control
        fnstsw  ax
        movzx   eax, ax
        and     eax, 0x80ff
        FACT    "status", rax
        CATCH   {fwait}
        fninit
        fldcw   [rbx + 64]
        fnstenv [rbx]
        fnstcw  [rbx + 66]
        movzx   eax, word [rbx + 66]
        FACT    "control", rax
        fninit
        ret

control:
        fnstcw  [rbx + 66]
        movzx   eax, word [rbx + 66]
        FACT    "control", rax
        ret
