; What strings, the x87, MMX and SSE access is checked by the size of each operand; a repeated instruction with count 0
; accesses nothing, and neither does one of level 0, which is a #GP.
;
; manual: SDM 3A 6.15 (interrupt 17), table of alignment requirements
; qemu: differs, TCG does not check alignment (SDM 3A 6.15)
; expect:
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   no exception
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   no exception
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #AC error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   rcx=0x3
;   rdi=0x4

%include "runtime/conformance.inc"

CHECKED         equ     FLAG_1 | FLAG_AC

        section .text
global  alignment_check_of_other_operands
alignment_check_of_other_operands:
        SET_CR  cr0, CR0_AM
        fninit
        mov     rbx, scratch + USER_BASE
        lea     rsi, [rbx + 8]
        lea     rdi, [rbx + 4]
        mov     ecx, 3
        CATCH_USER_WITH CHECKED, {rep movsq}
        CATCH_USER_WITH CHECKED, {movsb}
        xor     ecx, ecx
        lea     rdi, [rbx + 4]
        CATCH_USER_WITH CHECKED, {rep stosq}
        mov     ecx, 3
        lea     rdi, [rbx + 2]
        CATCH_USER_WITH CHECKED, {rep stosd}
        CATCH_USER_WITH CHECKED, {fld dword [rbx + 2]}
        CATCH_USER_WITH CHECKED, {fnstcw [rbx + 2]}
        CATCH_USER_WITH CHECKED, {fld qword [rbx + 4]}
        CATCH_USER_WITH CHECKED, {movq mm0, [rbx + 4]}
        CATCH_USER_WITH CHECKED, {movss xmm0, [rbx + 2]}
        CATCH_USER_WITH CHECKED, {addsd xmm0, [rbx + 4]}
        CATCH_USER_WITH CHECKED, {cmpxchg8b [rbx + 4]}
        lea     rdi, [rbx + 4]
        CATCH_USER_WITH CHECKED, {scasq}
        lea     rsi, [rbx + 1]
        CATCH_USER_WITH CHECKED, {lldt [rsi]}
        CATCH_USER_WITH CHECKED, {ltr [rsi]}
        FACT    "rcx", rcx
        sub     rdi, rbx
        FACT    "rdi", rdi
        ret
