; Interrupts as objects: a line that comes sets bits of a notification, and is masked until
; somebody acknowledges it. The kernel knows no device.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; interrupt_serve - a line came
;
;   in        edi = line, r15 = the running Thread, saved, or 0 when the CPU was idle
;   out       the line is masked, its notification signalled; a thread is chosen
;   clobbers  everything but r15
;   needs     IF = 0
;   probe     interrupt_enter (rdi = line), interrupt_signal (rdi = Interrupt,
;             rbx = Notification, rax = bits)
;
; A line whose interrupt was closed or unbound when it was already on its way is nobody's.
; -----------------------------------------------------------------------------
global  interrupt_serve
interrupt_serve:
        PROBE   interrupt_enter, rdi
        call    ioapic_mask
        call    lapic_acknowledge
        lea     rax, [rel interrupt_lines]
        mov     rdi, [rax + rdi * WORD_SIZE]
        test    rdi, rdi
        jz      .choose
        cmp     dword [rdi + Interrupt_open], 0
        je      .choose
        mov     dword [rdi + Interrupt_open], 0
        dec     qword [rel interrupts_open]
        mov     rbx, [rdi + Interrupt_notification]
        mov     rax, [rdi + Interrupt_bits]
        PROBE   interrupt_signal, rdi, rbx, rax
        call    notification_signal
.choose:
        test    r15, r15
        jnz     scheduler_preempt
        call    lapic_resume
        jmp     scheduler_pick

; rdi = Interrupt, in no notification's list: it is not bound; clobbers rax
interrupt_clear:
        xor     eax, eax
        mov     [rdi + Interrupt_notification], rax
        mov     [rdi + Interrupt_next], rax
        mov     [rdi + Interrupt_by], rax
        mov     [rdi + Interrupt_through], rax
        ret

; rdi = Interrupt: let it come no more; clobbers rax, rcx, rdx, rdi
interrupt_silence:
        cmp     dword [rdi + Interrupt_open], 0
        je      .is_masked
        mov     dword [rdi + Interrupt_open], 0
        dec     qword [rel interrupts_open]
        mov     edi, [rdi + Interrupt_line]
        jmp     ioapic_mask
.is_masked:
        ret

; -----------------------------------------------------------------------------
; interrupt_close - nobody has a handle any more
;
;   in        rdi = Interrupt
;   out       its line is masked, and another interrupt may have it
;   clobbers  rax, rcx, rdx, rsi, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  interrupt_close
interrupt_close:
        mov     eax, [rdi + Interrupt_line]
        lea     rcx, [rel interrupt_lines]
        mov     qword [rcx + rax * WORD_SIZE], 0

; -----------------------------------------------------------------------------
; interrupt_unbind - take an interrupt from its notification
;
;   in        rdi = Interrupt, bound or not
;   out       it is bound to none, its line is masked
;   clobbers  rax, rcx, rdx, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  interrupt_unbind
interrupt_unbind:
        mov     rax, [rdi + Interrupt_notification]
        test    rax, rax
        jz      .unbound
        add     rax, Notification_interrupts
.next:
        mov     rcx, [rax]
        cmp     rcx, rdi
        je      .found
        lea     rax, [rcx + Interrupt_next]
        jmp     .next
.found:
        mov     rcx, [rdi + Interrupt_next]
        mov     [rax], rcx
        call    interrupt_clear
.unbound:
        jmp     interrupt_silence

; -----------------------------------------------------------------------------
; interrupts_forget - a notification is gone
;
;   in        rdi = Notification
;   out       interrupts that were bound to it are masked, and not bound any more
;   clobbers  rax, rcx, rdx, rsi, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  interrupts_forget
interrupts_forget:
        mov     rsi, [rdi + Notification_interrupts]
        mov     qword [rdi + Notification_interrupts], 0
.next:
        test    rsi, rsi
        jz      .done
        mov     rdi, rsi
        mov     rsi, [rdi + Interrupt_next]
        call    interrupt_clear
        call    interrupt_silence
        jmp     .next
.done:
        ret

section .bss
align 8
global  interrupt_lines, interrupts_open
; The Interrupt of each line, or 0.
interrupt_lines:
        resb    LINE_COUNT * WORD_SIZE
; How many may come: as long as there is one, a CPU without work waits for it.
interrupts_open:
        resb    WORD_SIZE
