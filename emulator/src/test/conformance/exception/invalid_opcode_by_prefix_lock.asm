; LOCK before an instruction that does not read, change and write memory is a #UD.
;
; manual: SDM 2A LOCK
; qemu: differs, TCG ignores LOCK before MOV and BT (SDM 2A LOCK)
; expect:
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0
;   #UD rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  invalid_opcode_by_prefix_lock
invalid_opcode_by_prefix_lock:
        mov     rbx, scratch
; lock add eax, ecx; lock add eax, [rbx]; lock mov [rbx], eax
        CATCH   {db 0xf0, 0x01, 0xc8}
        CATCH   {db 0xf0, 0x03, 0x03}
        CATCH   {db 0xf0, 0x89, 0x03}
; lock cmp [rbx], eax; lock nop; lock bt [rbx], eax
        CATCH   {db 0xf0, 0x39, 0x03}
        CATCH   {db 0xf0, 0x90}
        CATCH   {db 0xf0, 0x0f, 0xa3, 0x03}
        ret
