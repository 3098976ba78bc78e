; With CR0.AM and RFLAGS.AC an access at level 3 that is not aligned to its size is a #AC, a fault with error code 0;
; it reads and writes nothing.
;
; manual: SDM 3A 6.15 (interrupt 17)
; qemu: differs, TCG does not check alignment (SDM 3A 6.15)
; expect:
;   no exception
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   no exception
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   no exception
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   memory=0x0
;   rax=0x5555

%include "runtime/conformance.inc"

CHECKED         equ     FLAG_1 | FLAG_AC

        section .text
global  alignment_check_by_size
alignment_check_by_size:
        SET_CR  cr0, CR0_AM
        mov     rbx, scratch + USER_BASE
        mov     eax, 0x5555
        mov     r8, -1
        CATCH_USER_WITH CHECKED, {mov cl, [rbx + 1]}
        CATCH_USER_WITH CHECKED, {mov cx, [rbx + 1]}
        CATCH_USER_WITH CHECKED, {mov eax, [rbx + 2]}
        CATCH_USER_WITH CHECKED, {mov rax, [rbx + 4]}
        CATCH_USER_WITH CHECKED, {mov cx, [rbx + 2]}
        CATCH_USER_WITH CHECKED, {mov rcx, [rbx + 8]}
        CATCH_USER_WITH CHECKED, {mov [rbx + 6], r8d}
        CATCH_USER_WITH CHECKED, {lock add [rbx + 12], r8}
        CATCH_USER_WITH CHECKED, {lea rcx, [rbx + 1]}
        CATCH_USER_WITH CHECKED, {movzx ecx, byte [rbx + 3]}
        CATCH_USER_WITH CHECKED, {movzx ecx, word [rbx + 3]}
        mov     rcx, [rel scratch]
        or      rcx, [rel scratch + 8]
        or      rcx, [rel scratch + 16]
        FACT    "memory", rcx
        FACT    "rax", rax
        ret
