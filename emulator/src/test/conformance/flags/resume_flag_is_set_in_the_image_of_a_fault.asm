; A fault pushes RF as 1, so that a breakpoint on the instruction does not come again; traps and software
; interrupts push it as 0.
;
; manual: SDM 3B 17.3.1.1
; qemu: differs, TCG pushes RF as it is (SDM 3B 17.3.1.1)
; expect:
;   #UD rip=+0x0
;   fault: RF
;   #PF error=0x0 rip=+0x0 cr2=0x80000000
;   fault: RF
;   #BP rip=+0x1
;   trap:

%include "runtime/conformance.inc"

        section .text
global  resume_flag_is_set_in_the_image_of_a_fault
resume_flag_is_set_in_the_image_of_a_fault:
        CATCH   {ud2}
        FLAGS   "fault", qword [rel last_flags], FLAG_RF
        mov     ebx, WINDOW
        CATCH   {mov al, [rbx]}
        FLAGS   "fault", qword [rel last_flags], FLAG_RF
        CATCH   {int3}
        FLAGS   "trap", qword [rel last_flags], FLAG_RF
        ret
