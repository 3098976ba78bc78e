; Instructions of level 0 are a #GP with error code 0 at level 3, before they do anything.
;
; manual: SDM 3A 5.9
; expect:
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3
;   #GP error=0x0 rip=+0x0 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  privileged_instructions_at_level_3
privileged_instructions_at_level_3:
        mov     ebx, WINDOW
        mov     ecx, MSR_EFER
        CATCH_USER {hlt}
        CATCH_USER {clts}
        CATCH_USER {invd}
        CATCH_USER {wbinvd}
        CATCH_USER {mov rax, cr0}
        CATCH_USER {mov cr3, rax}
        CATCH_USER {mov rax, cr8}
        CATCH_USER {mov rax, dr7}
        CATCH_USER {mov dr0, rax}
        CATCH_USER {rdmsr}
        CATCH_USER {wrmsr}
        CATCH_USER {invlpg [rbx]}
        CATCH_USER {lgdt [rbx]}
        CATCH_USER {lidt [rbx]}
        CATCH_USER {ltr ax}
        CATCH_USER {swapgs}
        ret
