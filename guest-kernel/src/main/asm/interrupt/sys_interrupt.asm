; System calls about interrupts.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_interrupt_create - make the interrupt of a line
;
;   in        r15 = the running Thread; its rdi = slot, rsi = line, rdx = handle of the
;             machine
;   out       its status; the handle may bind and acknowledge
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_interrupt_create
sys_interrupt_create:
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rdi]
        call    slot_check
        test    eax, eax
        jz      .refused
        mov     rdi, [r15 + Thread_rdx]
        mov     esi, RIGHT_MACHINE
        call    interrupt_handle
        jz      .refused
        mov     rbx, [r15 + Thread_rsi]
        cmp     rbx, LINE_COUNT
        jae     .no_line
        lea     rax, [rel interrupt_lines]
        lea     rbx, [rax + rbx * WORD_SIZE]
        cmp     qword [rbx], 0
        jne     .taken
        mov     edi, KIND_INTERRUPT
        mov     rsi, [r15 + Thread_process]
        call    object_alloc
        test    rax, rax
        jz      .make_handle
        mov     ecx, [r15 + Thread_rsi]
        mov     [rax + Interrupt_line], ecx
        mov     [rbx], rax
.make_handle:
        mov     r12d, RIGHT_INTERRUPT
        jmp     create_handle
.no_line:
        mov     qword [r15 + Thread_rax], STATUS_LINE
        ret
.taken:
        mov     qword [r15 + Thread_rax], STATUS_TAKEN
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_interrupt_bind - say which bits of which notification an interrupt sets
;
;   in        r15 = the running Thread; its rdi = handle, rsi = handle of a notification,
;             rdx = bits
;   out       its status; the line stays masked
;   clobbers  all caller-saved registers, rbx, flags
;   needs     nothing
;   probe     none
;
; The badge of the notification's handle is the set of bits that may be set, as in
; sys_signal. The binding ends with either handle.
; -----------------------------------------------------------------------------
global  sys_interrupt_bind
sys_interrupt_bind:
        mov     rdi, [r15 + Thread_rdi]
        mov     esi, RIGHT_INTERRUPT
        call    interrupt_handle
        jz      .refused
        mov     rbx, [rax + Handle_object]
        mov     r8, rax
        mov     rdi, [r15 + Thread_rsi]
        mov     esi, RIGHT_SIGNAL
        call    interrupt_handle
        jz      .refused
        cmp     qword [rbx + Interrupt_notification], 0
        jne     .taken
        mov     rdx, [r15 + Thread_rdx]
        mov     rcx, [rax + Handle_badge]
        test    rcx, rcx
        jz      .may_set_all
        and     rdx, rcx
.may_set_all:
        test    rdx, rdx
        jz      .no_bits
        mov     [rbx + Interrupt_by], rax
        mov     [rbx + Interrupt_through], r8
        mov     rax, [rax + Handle_object]
        mov     [rbx + Interrupt_bits], rdx
        mov     [rbx + Interrupt_notification], rax
        mov     rcx, [rax + Notification_interrupts]
        mov     [rbx + Interrupt_next], rcx
        mov     [rax + Notification_interrupts], rbx
        ret
.taken:
        mov     qword [r15 + Thread_rax], STATUS_TAKEN
        ret
.no_bits:
        mov     qword [r15 + Thread_rax], STATUS_EMPTY
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_interrupt_unbind - let an interrupt set no bits any more
;
;   in        r15 = the running Thread; its rdi = handle
;   out       its status; the line is masked, bits that are set stay
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_interrupt_unbind
sys_interrupt_unbind:
        mov     rdi, [r15 + Thread_rdi]
        mov     esi, RIGHT_INTERRUPT
        call    interrupt_handle
        jz      sys_interrupt_bind.refused
        mov     rdi, [rax + Handle_object]
        jmp     interrupt_unbind

; -----------------------------------------------------------------------------
; sys_interrupt_ack - let an interrupt come once more
;
;   in        r15 = the running Thread; its rdi = handle
;   out       its status; the line is not masked any more
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_interrupt_ack
sys_interrupt_ack:
        mov     rdi, [r15 + Thread_rdi]
        mov     esi, RIGHT_INTERRUPT
        call    interrupt_handle
        jz      .refused
        mov     rdi, [rax + Handle_object]
        cmp     qword [rdi + Interrupt_notification], 0
        je      .unbound
        cmp     dword [rdi + Interrupt_open], 0
        jne     .refused
        mov     dword [rdi + Interrupt_open], 1
        inc     qword [rel interrupts_open]
        mov     edi, [rdi + Interrupt_line]
        jmp     ioapic_unmask
.unbound:
        mov     qword [r15 + Thread_rax], STATUS_UNBOUND
.refused:
        ret

; rdi = number, esi = right; out: rax = Handle, ZF clear; or ZF set and the running
; thread's status says why not
interrupt_handle:
        call    handle_find
        test    rax, rax
        jz      .none
        test    [rax + Handle_rights], esi
        jnz     .none
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        xor     eax, eax
.none:
        ret
