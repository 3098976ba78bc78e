; Every CPU's way through the workload: a stack, the others, the barrier, the end.

%include "stand/stand.inc"
%include "stand/place.inc"

section .text.stand

; -----------------------------------------------------------------------------
; stand_cpu - the first 64-bit code of each CPU
;
;   entered by  stand_climb
;   in        nothing
;   out       does not return: all call workload_cpu with edi = their number, from 0 on, then
;             the first one ends the machine with 0
;   clobbers  everything
;   needs     IF = 0; one CPU after the other comes here
;   probe     none
; -----------------------------------------------------------------------------
global  stand_cpu
stand_cpu:
        mov     ebx, 1
        lock xadd [rel stand_arrived], ebx
        mov     eax, ebx
        inc     eax
        shl     eax, STAND_STACK_SHIFT
        lea     rsp, [rel stand_stacks]
        add     rsp, rax
        xor     ebp, ebp
        push    rbx
        push    rbx
        test    ebx, ebx
        jnz     .gates_made
        call    stand_gates
.gates_made:
        lidt    [rel stand_idt_pointer]
        mov     rax, LAPIC_BASE
        mov     dword [rax + LAPIC_PRIORITY], 0
        mov     dword [rax + LAPIC_SPURIOUS], LAPIC_ENABLE | SPURIOUS_VECTOR
        test    ebx, ebx
        jnz     .others_run
        call    stand_others
.others_run:
        call    stand_barrier
        mov     rdi, [rsp]
        call    workload_cpu
        call    stand_barrier
        pop     rbx
        test    ebx, ebx
        jnz     .stop
        xor     eax, eax
        jmp     stand_exit
.stop:
        cli
        hlt
        jmp     .stop

; Starts the other CPUs, one after the other (SDM 3A 9.4.4.1). Clobbers rax, rcx, rdx, rsi, rdi.
stand_others:
        mov     rsi, stand_trampoline
        mov     rcx, stand_trampoline_end
        sub     rcx, rsi
        mov     edi, STAND_TRAMPOLINE << PAGE_SHIFT
        rep movsb
        mov     rcx, LAPIC_BASE
        mov     edx, 1
.next:
        cmp     edx, CPUS
        jae     .done
        mov     edi, LAPIC_ASSERT | LAPIC_INIT
        call    .send
        mov     edi, LAPIC_ASSERT | LAPIC_STARTUP | STAND_TRAMPOLINE
        call    .send
.wait:
        pause
        cmp     [rel stand_arrived], edx
        jbe     .wait
        inc     edx
        jmp     .next
.done:
        ret
.send:
        mov     eax, edx
        shl     eax, LAPIC_TO_SHIFT
        mov     [rcx + LAPIC_COMMAND_TO], eax
        mov     [rcx + LAPIC_COMMAND], edi
.pending:
        pause
        test    dword [rcx + LAPIC_COMMAND], LAPIC_PENDING
        jnz     .pending
        ret

; -----------------------------------------------------------------------------
; stand_barrier - wait until all CPUs are here
;
;   in        nothing
;   out       all of them have come
;   clobbers  rax, rcx, flags
;   needs     every CPU comes
;   probe     none
;
; Who comes last opens the next phase; the others watch the phase that they came in.
; -----------------------------------------------------------------------------
global  stand_barrier
stand_barrier:
        mov     eax, [rel stand_phase]
        mov     ecx, 1
        lock xadd [rel stand_waiting], ecx
        inc     ecx
        cmp     ecx, CPUS
        je      .last
.wait:
        pause
        cmp     [rel stand_phase], eax
        je      .wait
        ret
.last:
        mov     dword [rel stand_waiting], 0
        inc     dword [rel stand_phase]
        ret

section .bss.stand
align STAND_LINE
stand_arrived:
        resb    4
stand_waiting:
        resb    4
align STAND_LINE
stand_phase:
        resb    4
align PAGE_SIZE
stand_stacks:
        resb    CPUS * STAND_STACK
