; The end of all CPUs when one of them gives up or ends the machine: what it prints stays
; in one piece, and nothing happens behind it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

%if SMP
STOP_PATIENCE   equ     1000000

section .text

; -----------------------------------------------------------------------------
; cpus_stop - stop all other CPUs for good
;
;   in        nothing
;   out       they do nothing any more, or do not answer; back only on the first CPU
;             that asks for it
;   clobbers  rax, rcx, flags
;   needs     nothing: others may be in the kernel, gs may be anything
;   probe     none
;
; By NMI, which arrives whatever they do.
; -----------------------------------------------------------------------------
global  cpus_stop
cpus_stop:
        mov     eax, 1
        xchg    eax, [rel cpus_stopping]
        test    eax, eax
        jnz     cpu_stop
        mov     eax, [rel cpu_count]
        dec     eax
        jz      .done
        mov     rcx, KERNEL_LAPIC
        mov     dword [rcx + LAPIC_COMMAND], LAPIC_OTHERS | LAPIC_ASSERT | LAPIC_NMI
        mov     ecx, STOP_PATIENCE
.wait:
        cmp     [rel cpus_stopped], eax
        jae     .done
        pause
        dec     ecx
        jnz     .wait
.done:
        ret

; -----------------------------------------------------------------------------
; trap_nmi - an NMI: another CPU's order to stop, or a panic
;
;   entered by  the stub of VECTOR_NMI, on a stack of its own
;   in        TrapStack on the stack
;   out       does not return
;   clobbers  nothing that trap_panic would show
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  trap_nmi
trap_nmi:
        cmp     dword [rel cpus_stopping], 0
        je      trap_panic
        lock inc dword [rel cpus_stopped]
cpu_stop:
        cli
        hlt
        jmp     cpu_stop

section .bss
align CACHE_LINE
cpus_stopping:
        resb    4
cpus_stopped:
        resb    4
%endif
