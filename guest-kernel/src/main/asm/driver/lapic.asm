; The local APIC: a periodic tick and its acknowledgement.
; Registers are memory at KERNEL_LAPIC; the APIC's base is where reset put it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; lapic_start - enable the local APIC
;
;   in        nothing
;   out       it takes interrupts
;   clobbers  rax
;   needs     the page at KERNEL_LAPIC
;   probe     none
; -----------------------------------------------------------------------------
global  lapic_start
lapic_start:
        mov     rax, KERNEL_LAPIC
        mov     dword [rax + LAPIC_PRIORITY], 0
        mov     dword [rax + LAPIC_SPURIOUS], LAPIC_ENABLE | SPURIOUS_VECTOR
        ret

; -----------------------------------------------------------------------------
; lapic_tick - start the tick
;
;   in        nothing
;   out       LAPIC_TIMER_VECTOR every TICK_PERIOD counts
;   clobbers  rax
;   needs     lapic_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  lapic_tick
lapic_tick:
        mov     rax, KERNEL_LAPIC
        mov     dword [rax + LAPIC_DIVIDE], LAPIC_DIVIDE_BY_1
        mov     dword [rax + LAPIC_TIMER], LAPIC_PERIODIC | LAPIC_TIMER_VECTOR
        mov     dword [rax + LAPIC_INITIAL], TICK_PERIOD
        ret

; -----------------------------------------------------------------------------
; lapic_stop - let no tick come
;
;   in        nothing
;   out       only other interrupts come
;   clobbers  rax, flags
;   needs     lapic_start is done
;   probe     none
;
; A CPU that waits for a device alone, or for another CPU, is not woken for nothing. Ticks of
; the first one count the time in which somebody ran or slept.
; -----------------------------------------------------------------------------
global  lapic_stop
lapic_stop:
        mov     rax, KERNEL_LAPIC
        mov     dword [rax + LAPIC_INITIAL], 0
        ret

; -----------------------------------------------------------------------------
; lapic_resume - let ticks come again
;
;   in        nothing
;   out       they come every TICK_PERIOD counts, from now on if there were none
;   clobbers  rax, flags
;   needs     lapic_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  lapic_resume
lapic_resume:
        mov     rax, KERNEL_LAPIC
        cmp     dword [rax + LAPIC_INITIAL], 0
        jne     .ticks
        mov     dword [rax + LAPIC_INITIAL], TICK_PERIOD
.ticks:
        ret

; -----------------------------------------------------------------------------
; lapic_acknowledge - tell the local APIC that its interrupt was served
;
;   in        nothing
;   out       the next interrupt may come
;   clobbers  rax
;   needs     in the service of an interrupt
;   probe     none
; -----------------------------------------------------------------------------
global  lapic_acknowledge
lapic_acknowledge:
        mov     rax, KERNEL_LAPIC
        mov     dword [rax + LAPIC_EOI], 0
        ret

%if SMP
; -----------------------------------------------------------------------------
; lapic_send - send another CPU an interrupt
;
;   in        edi = number of its local APIC, esi = what is written to LAPIC_COMMAND
;   out       it was taken
;   clobbers  rax, rcx, rdi, flags
;   needs     the local APIC is not in x2APIC mode
;   probe     none
; -----------------------------------------------------------------------------
global  lapic_send
lapic_send:
        mov     rcx, KERNEL_LAPIC
        shl     edi, LAPIC_TO_SHIFT
        mov     [rcx + LAPIC_COMMAND_TO], edi
        mov     [rcx + LAPIC_COMMAND], esi
.pending:
        test    dword [rcx + LAPIC_COMMAND], LAPIC_PENDING
        jz      .taken
        pause
        jmp     .pending
.taken:
        ret
%endif
