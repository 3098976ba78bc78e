; How a run ends: well, by a check, by an exception; and what the control arm does.

%include "stand/stand.inc"
%include "stand/place.inc"

GATE_SELECTOR   equ     2                       ; offsets in a gate (SDM 3A 6.14.1)
GATE_TYPE       equ     5
GATE_MIDDLE     equ     6
GATE_HIGH       equ     8
GATE_PART       equ     16                      ; bits of the address in its first two fields
CONTROL_STEPS   equ     8

section .text.stand

; -----------------------------------------------------------------------------
; stand_gates - let every vector end the run
;
;   in        nothing
;   out       the IDT is made
;   clobbers  rax, rcx, rdx, rsi, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_gates
stand_gates:
        xor     edi, edi
.next:
        mov     rsi, stand_exception
        call    stand_gate
        inc     edi
        cmp     edi, VECTOR_COUNT
        jb      .next
        ret

; -----------------------------------------------------------------------------
; stand_gate - say what handles a vector, on all CPUs
;
;   in        edi = vector, rsi = handler, which ends by IRETQ
;   out       nothing
;   clobbers  rax, rcx, rdx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_gate
stand_gate:
        mov     ecx, edi
        shl     ecx, STAND_GATE_SHIFT
        lea     rdx, [rel stand_idt]
        add     rdx, rcx
        mov     rax, rsi
        mov     [rdx], ax
        mov     word [rdx + GATE_SELECTOR], SELECTOR_KERNEL_CODE
        mov     byte [rdx + GATE_TYPE], GATE_INTERRUPT
        shr     rax, GATE_PART
        mov     [rdx + GATE_MIDDLE], ax
        shr     rax, GATE_PART
        mov     [rdx + GATE_HIGH], eax
        ret

; An exception that nobody handles: the host heard which and where.
stand_exception:
        mov     eax, STAND_EXIT_EXCEPTION
        jmp     stand_exit

; -----------------------------------------------------------------------------
; stand_check_failed - end the run because a CHECK failed
;
;   in        nothing: the probe before the jump told which
;   out       does not return
;   clobbers  everything
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_check_failed
stand_check_failed:
        mov     eax, STAND_EXIT_CHECK

; -----------------------------------------------------------------------------
; stand_exit - end the run
;
;   in        eax = exit value, 0 where all went well
;   out       does not return
;   clobbers  everything
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_exit
stand_exit:
        mov     edx, DEBUG_EXIT_PORT
        out     dx, eax
.stop:
        cli
        hlt
        jmp     .stop

; -----------------------------------------------------------------------------
; stand_control - what a control arm does where the workload has none of its own
;
;   in        nothing
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  stand_control
stand_control:
        mov     ecx, CONTROL_STEPS
        xor     eax, eax
.next:
        push    rax
        add     rax, [rsp]
        add     rsp, PTE_SIZE
        dec     ecx
        jnz     .next
        ret

section .rodata.stand
; -----------------------------------------------------------------------------
; stand_idt_pointer - what LIDT loads
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
align 8
global  stand_idt_pointer
stand_idt_pointer:
        dw      (VECTOR_COUNT << STAND_GATE_SHIFT) - 1
        dq      stand_idt

section .bss.stand
align PAGE_SIZE
stand_idt:
        resb    VECTOR_COUNT << STAND_GATE_SHIFT
