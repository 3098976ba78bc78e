; LOCK before an instruction that does not change memory, or has no memory operand to change, is a #UD.
;
; manual: SDM 2A LOCK
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  invalid_opcode_by_prefix_lock
invalid_opcode_by_prefix_lock:
        mov     rbx, scratch
; lock add eax, ecx; lock add eax, [rbx]; lock cmp [rbx], eax; lock nop
        CATCH   {db 0xf0, 0x01, 0xc8}
        CATCH   {db 0xf0, 0x03, 0x03}
        CATCH   {db 0xf0, 0x39, 0x03}
        CATCH   {db 0xf0, 0x90}
        ret
