; What is bound through a handle: a notification to a thread, an interrupt to a notification.
; Each of the two sides was named by a handle, and the binding ends with either handle.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; handle_bindings - let what is bound through a handle live on another one, or end
;
;   in        rdi = Handle, rsi = Handle that it becomes, or 0
;   out       nothing is bound through the first any more
;   clobbers  rax, rcx, rdx, flags
;   needs     the slot of the first is not empty
;   probe     none
;
; Bounded: a thread has one binding, an interrupt one, a notification one and LINE_COUNT.
; -----------------------------------------------------------------------------
global  handle_bindings
handle_bindings:
        mov     rdx, [rdi + Handle_object]
        mov     eax, [rdx + Object_kind]
        cmp     eax, KIND_NOTIFICATION
        je      .notification
        cmp     eax, KIND_INTERRUPT
        je      .interrupt
        cmp     eax, KIND_THREAD
        jne     .done
        cmp     [rdx + Thread_bound_through], rdi
        jne     .done
        mov     [rdx + Thread_bound_through], rsi
        mov     rax, [rdx + Thread_bound]
        jmp     .unbind
.interrupt:
        cmp     [rdx + Interrupt_through], rdi
        jne     .done
        mov     [rdx + Interrupt_through], rsi
        test    rsi, rsi
        jnz     .done
        push    rdi
        mov     rdi, rdx
        call    interrupt_unbind
        pop     rdi
.done:
        ret

.notification:
        push    rbx
        push    rdx
        mov     rbx, [rdx + Notification_interrupts]
.next_interrupt:
        test    rbx, rbx
        jz      .no_interrupt
        mov     rdx, rbx
        mov     rbx, [rbx + Interrupt_next]
        cmp     [rdx + Interrupt_by], rdi
        jne     .next_interrupt
        mov     [rdx + Interrupt_by], rsi
        test    rsi, rsi
        jnz     .next_interrupt
        push    rdi
        mov     rdi, rdx
        call    interrupt_unbind
        pop     rdi
        jmp     .next_interrupt
.no_interrupt:
        pop     rax
        pop     rbx
        mov     rcx, [rax + Notification_bound]
        test    rcx, rcx
        jz      .done
        cmp     [rcx + Thread_bound_by], rdi
        jne     .done
        mov     [rcx + Thread_bound_by], rsi

; rax = Notification that is bound
.unbind:
        test    rsi, rsi
        jnz     .done
        push    rdi
        mov     rdi, rax
        call    notification_unbind
        pop     rdi
        ret
