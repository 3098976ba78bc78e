; PUSHFQ pushes RF and VM as 0, POPFQ does not set them, and bit 1 is always 1.
;
; manual: SDM 2B PUSHF, POPF
; expect:
;   image=0x2
;   ones=0x247cd7

%include "runtime/conformance.inc"

        section .text
global  pushf_never_shows_rf_or_vm
pushf_never_shows_rf_or_vm:
        push    FLAG_RF | FLAG_VM
        popfq
        pushfq
        pop     rax
        FACT    "image", rax
; all that can be set, but for TF and IF; VIF and VIP belong to virtual-8086 mode and are cleared
        push    -1 & ~(FLAG_TF | FLAG_IF) & 0x7fff_ffff
        popfq
        pushfq
        pop     rax
        push    FLAG_1
        popfq
        FACT    "ones", rax
        ret
