; The timer server: it answers and signals in time, for several clients at once. Who waits
; is a list in the order of ticks; the server itself waits for messages until the first.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "user/case.inc"
%include "user/system.inc"
%include "user/names.inc"

SLOT_SERVE      equ     16                      ; our endpoint
SLOT_ARRIVED    equ     17                      ; the handle that came with a call
SLOT_TIMERS     equ     32                      ; one a sleeper or alarm

RECEIVED        equ     TAG_SLOT | (SLOT_ARRIVED << TAG_SLOT_SHIFT)

section .text.timer

; -----------------------------------------------------------------------------
; timer_main - register the name timer, and serve
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; answers the call at HANDLE_CONTROL with 0 when it serves
;   clobbers  everything
;   needs     HANDLE_CONTROL to receive, HANDLE_NAMES to send and to grant
;   probe     none
;
;   rbx = the caller's badge, r12 = ticks or tick, r13 = mark, r14 = bits, rbp = tick now
; -----------------------------------------------------------------------------
global  timer_main
timer_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        OPERATE SYS_ENDPOINT_CREATE, SLOT_SERVE, 0
        NAMES_GIVE 'timer', SLOT_SERVE
        or      rax, rdx
        jmp     .answer
.next:
        cmp     rax, STATUS_TIMEOUT
        je      .wait
        test    rax, rax
        jnz     .failed
        mov     rbx, rdi
        mov     r12, r8
        mov     r13, r9
        mov     r14, r10
        mov     r15, rdx
        call    read_tick
        lea     rcx, [r15 - TIMER_SLEEP]
        cmp     rcx, TIMER_CANCEL - TIMER_SLEEP
        mov     eax, TIMER_OPERATION
        ja      .answer
        lea     rdx, [rel timer_operations]
        call    [rdx + rcx * WORD_SIZE]
        jc      .wait

; eax = result, r8 = word 1. What is due comes first.
.answer:
        push    rax
        push    r8
        call    close_arrived
        call    fire_due
        call    next_tag
        pop     r8
        pop     rdx
        add     rsi, 2
        mov     eax, SYS_REPLY_RECV
        mov     edi, SLOT_SERVE
        syscall
        jmp     .next
.wait:
        call    close_arrived
        call    fire_due
        call    next_tag
        mov     eax, SYS_RECV
        mov     edi, SLOT_SERVE
        syscall
        jmp     .next
.failed:
        OPERATE SYS_EXIT, 1, 0
        ud2

close_arrived:
        OPERATE SYS_HANDLE_CLOSE, SLOT_ARRIVED, 0
        ret

; Out: rbp, r8 = the tick
read_tick:
        OPERATE SYS_TICKS, 0, 0
        mov     rbp, rdi
        mov     r8, rdi
        ret

; rbp = tick now; out: rsi = tag to receive with, until the first tick in the list
next_tag:
        mov     esi, RECEIVED
        mov     rdx, [rel timer_first]
        test    rdx, rdx
        jz      .done
        mov     rax, [rdx + TimerEntry_tick]
        sub     rax, rbp
        shl     rax, TAG_TIMEOUT_SHIFT
        or      rsi, rax
.done:
        ret

; End all whose tick has come; rbp becomes the tick
fire_due:
        call    read_tick
        mov     r15, [rel timer_first]
        test    r15, r15
        jz      .done
        cmp     [r15 + TimerEntry_tick], rbp
        ja      .done
        mov     rax, [r15 + TimerEntry_next]
        mov     [rel timer_first], rax
        xor     edx, edx
        call    end_entry
        jmp     fire_due
.done:
        ret

; r15 = entry that is in no list any more, edx = result, rbp = tick: answer or signal
end_entry:
        mov     edi, [r15 + TimerEntry_slot]
        cmp     dword [r15 + TimerEntry_kind], TIMER_IS_ALARM
        mov     dword [r15 + TimerEntry_kind], TIMER_IS_FREE
        je      .alarm
        mov     r8, rbp
        mov     eax, SYS_REPLY
        mov     esi, 2
        syscall
        jmp     .close
.alarm:
        test    edx, edx
        jnz     .close
        mov     eax, SYS_SIGNAL
        mov     rsi, [r15 + TimerEntry_bits]
        syscall
.close:
        mov     eax, SYS_HANDLE_CLOSE
        mov     edi, [r15 + TimerEntry_slot]
        syscall
        ret

%include "user/timer_operations.inc"

; rbx = badge; out: eax = result, r15 = a free entry with its slot; clobbers rcx, rdx, rdi
find_entry:
        xor     ecx, ecx
        xor     edx, edx
        xor     r15d, r15d
        lea     rdi, [rel timer_entries]
.next:
        cmp     dword [rdi + TimerEntry_kind], TIMER_IS_FREE
        jne     .used
        mov     r15, rdi
        lea     eax, [rcx + SLOT_TIMERS]
        mov     [rdi + TimerEntry_slot], eax
        jmp     .counted
.used:
        cmp     [rdi + TimerEntry_badge], rbx
        jne     .counted
        inc     edx
.counted:
        add     rdi, TimerEntry_size
        inc     ecx
        cmp     ecx, TIMER_COUNT
        jb      .next
        mov     eax, TIMER_MANY
        cmp     edx, TIMER_EACH
        jae     .done
        mov     eax, TIMER_FULL
        test    r15, r15
        jz      .done
        xor     eax, eax
.done:
        ret

; r15 = entry, r12 = its tick, rbx = badge, r13 = mark: behind all that are not later
insert_entry:
        mov     [r15 + TimerEntry_tick], r12
        mov     [r15 + TimerEntry_badge], rbx
        mov     [r15 + TimerEntry_mark], r13
        lea     rdx, [rel timer_first]
.next:
        mov     rax, [rdx]
        test    rax, rax
        jz      .here
        cmp     [rax + TimerEntry_tick], r12
        ja      .here
        lea     rdx, [rax + TimerEntry_next]
        jmp     .next
.here:
        mov     [r15 + TimerEntry_next], rax
        mov     [rdx], r15
        ret

section .rodata.timer
align 8
timer_operations:
        dq      do_sleep, do_until, do_alarm, do_cancel

section .bss.timer
align WORD_SIZE
timer_first:
        resb    WORD_SIZE
timer_entries:
        resb    TIMER_COUNT * TimerEntry_size
