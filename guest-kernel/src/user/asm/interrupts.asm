; The rules of interrupts, one case each. The device is the interval timer, which all
; machines have; after each case all that it made is gone, and the line is masked.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "user/case.inc"

; Slots that cases may fill.
SLOT_A          equ     16
SLOT_B          equ     17
SLOT_C          equ     18
SLOT_D          equ     19
SLOT_LAST       equ     SLOT_D
SLOT_EMPTY      equ     20

PRIORITY_LAST   equ     1
CHILD_QUOTA     equ     0x8000                  ; its handles and its page tables
TIMER_LINE      equ     PIT_IOAPIC_PIN
BITS            equ     0x50
BIT             equ     0x10                    ; one of them
OTHER_BIT       equ     0x20                    ; none of them

PIT_COMMAND     equ     PIT_PORT + 3
PIT_ONCE        equ     0x30                    ; channel 0, both bytes of the count, mode 0
PIT_COUNT       equ     1000
LOW_BYTE        equ     0xff
HIGH_SHIFT      equ     8
; Longer than the count takes.
TICKS           equ     2

; A system call with these in rdi, rsi, rdx; r8 and r9 are set before.
%macro SYSTEM number, first, second, third
        mov     eax, %number
        mov     rdi, %first
        mov     rsi, %second
        mov     rdx, %third
        syscall
%endmacro

%macro COPY from, slot, rights, badge
        mov     r8, %badge
        mov     r9, HANDLE_SELF
        SYSTEM  SYS_HANDLE_COPY, %from, %slot, %rights
%endmacro

; Slot A is the timer's interrupt, slot B a notification to which it is bound.
%macro BIND
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, HANDLE_MACHINE
        EXPECT  rax, STATUS_OK
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_B, 0
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_A, SLOT_B, BITS
        EXPECT  rax, STATUS_OK
%endmacro

; The timer's interrupt comes after an acknowledgement.
%macro EXPECT_INTERRUPT
        call    fire
        OPERATE SYS_WAIT, SLOT_B, 0
        EXPECT  rax, STATUS_OK
        EXPECT  rdx, BITS
        OPERATE SYS_POLL, SLOT_B, 0
        EXPECT  rax, STATUS_EMPTY
%endmacro

section .text.interrupts

; -----------------------------------------------------------------------------
; interrupts_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of interrupts in FirstTasks, HANDLE_MACHINE, IOPL 3
;   probe     none
; -----------------------------------------------------------------------------
global  interrupts_main
interrupts_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        lea     rbx, [rel interrupts_table]
        lea     rsi, [rel interrupts_table_end]
        call    run_cases
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     interrupts_main

; After each case: end and close all that it left.
case_after:
        push    rbx
        mov     ebx, SLOT_A
.next:
        OPERATE SYS_KILL, ebx, 0
        OPERATE SYS_HANDLE_CLOSE, ebx, 0
        inc     ebx
        cmp     ebx, SLOT_LAST
        jbe     .next
        pop     rbx
        ret

; Let the timer ask for its interrupt in a while; clobbers rax.
fire:
        mov     al, PIT_ONCE
        out     PIT_COMMAND, al
        mov     al, PIT_COUNT & LOW_BYTE
        out     PIT_PORT, al
        mov     al, PIT_COUNT >> HIGH_SHIFT
        out     PIT_PORT, al
        ret

; Let it ask and wait until it has; clobbers what calls clobber.
fire_unheard:
        call    fire
        OPERATE SYS_SLEEP, TICKS, 0
        ret

; Acknowledge, and forget what the I/O APIC kept while the line was masked: some keep an
; edge, some do not. Out: rax = status; clobbers what calls clobber.
acknowledge:
        OPERATE SYS_INTERRUPT_ACK, SLOT_A, 0
        test    rax, rax
        jnz     .refused
        OPERATE SYS_SLEEP, 1, 0
        OPERATE SYS_POLL, SLOT_B, 0
        OPERATE SYS_INTERRUPT_ACK, SLOT_A, 0
.refused:
        ret

%include "user/run_cases.inc"

case_create:
        SYSTEM  SYS_INTERRUPT_CREATE, HANDLE_CONSOLE, TIMER_LINE, HANDLE_MACHINE
        EXPECT  rax, STATUS_SLOT
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, SLOT_EMPTY
        EXPECT  rax, STATUS_HANDLE
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, HANDLE_CONSOLE
        EXPECT  rax, STATUS_RIGHTS
        COPY    HANDLE_MACHINE, SLOT_B, 0, 0
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, SLOT_B
        EXPECT  rax, STATUS_RIGHTS
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, LINE_COUNT, HANDLE_MACHINE
        EXPECT  rax, STATUS_LINE
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, -1, HANDLE_MACHINE
        EXPECT  rax, STATUS_LINE
        jmp     case_holds

case_taken:
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, HANDLE_MACHINE
        EXPECT  rax, STATUS_OK
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_B, TIMER_LINE, HANDLE_MACHINE
        EXPECT  rax, STATUS_TAKEN
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_B, LINE_COUNT - 1, HANDLE_MACHINE
        EXPECT  rax, STATUS_OK
        OPERATE SYS_HANDLE_CLOSE, SLOT_A, 0
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, HANDLE_MACHINE
        EXPECT  rax, STATUS_OK
        jmp     case_holds

case_bind:
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, HANDLE_MACHINE
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_B, 0
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_EMPTY, SLOT_B, BITS
        EXPECT  rax, STATUS_HANDLE
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_A, SLOT_EMPTY, BITS
        EXPECT  rax, STATUS_HANDLE
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_B, SLOT_B, BITS
        EXPECT  rax, STATUS_RIGHTS
        COPY    SLOT_B, SLOT_C, RIGHT_WAIT, 0
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_A, SLOT_C, BITS
        EXPECT  rax, STATUS_RIGHTS
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_A, SLOT_B, 0
        EXPECT  rax, STATUS_EMPTY
        COPY    SLOT_B, SLOT_D, RIGHT_SIGNAL, BIT
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_A, SLOT_D, OTHER_BIT
        EXPECT  rax, STATUS_EMPTY
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_A, SLOT_D, BITS
        EXPECT  rax, STATUS_OK
        SYSTEM  SYS_INTERRUPT_BIND, SLOT_A, SLOT_B, BITS
        EXPECT  rax, STATUS_TAKEN
        call    acknowledge
        call    fire
        OPERATE SYS_WAIT, SLOT_B, 0
        EXPECT  rdx, BIT
        jmp     case_holds

case_unbound:
        SYSTEM  SYS_INTERRUPT_CREATE, SLOT_A, TIMER_LINE, HANDLE_MACHINE
        OPERATE SYS_INTERRUPT_ACK, SLOT_EMPTY, 0
        EXPECT  rax, STATUS_HANDLE
        OPERATE SYS_INTERRUPT_ACK, HANDLE_MACHINE, 0
        EXPECT  rax, STATUS_RIGHTS
        OPERATE SYS_INTERRUPT_ACK, SLOT_A, 0
        EXPECT  rax, STATUS_UNBOUND
        jmp     case_holds

case_comes:
        BIND
        call    fire_unheard
        OPERATE SYS_POLL, SLOT_B, 0
        EXPECT  rax, STATUS_EMPTY
        call    acknowledge
        EXPECT  rax, STATUS_OK
        EXPECT_INTERRUPT
        call    fire_unheard
        OPERATE SYS_POLL, SLOT_B, 0
        EXPECT  rax, STATUS_EMPTY
        call    acknowledge
        EXPECT  rax, STATUS_OK
        EXPECT_INTERRUPT
        jmp     case_holds

; A thread that never waits is below us.
case_urgent:
        BIND
        xor     r8d, r8d
        mov     r10d, PRIORITY_LAST
        lea     rdx, [rel spin]
        SYSTEM  SYS_THREAD_CREATE, SLOT_C, HANDLE_SELF, rdx
        EXPECT  rax, STATUS_OK
        call    acknowledge
        EXPECT_INTERRUPT
        EXPECT  dword [rel spinning], 1
        jmp     case_holds
spin:
        mov     dword [rel spinning], 1
        jmp     spin

%include "user/interrupts_end.inc"
%include "user/interrupts_bindings.inc"
%include "user/say.inc"

section .rodata.interrupts
%include "user/case_texts.inc"
align 8
interrupts_table:
        dq      case_create, text_create
        dq      case_taken, text_taken
        dq      case_bind, text_bind
        dq      case_unbound, text_unbound
        dq      case_comes, text_comes
        dq      case_urgent, text_urgent
        dq      case_forgotten, text_forgotten
        dq      case_closed, text_closed
        dq      case_ends, text_ends
        dq      case_apart, text_apart
        dq      case_taken_back, text_taken_back
interrupts_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_create, "an interrupt of no line, or without the machine"
        TEXT    text_taken, "a line has one interrupt at a time"
        TEXT    text_bind, "an interrupt sets bits that its maker may set"
        TEXT    text_unbound, "an interrupt that is not bound"
        TEXT    text_comes, "an interrupt comes once for each acknowledgement"
        TEXT    text_urgent, "an interrupt ends the turn of who is less urgent"
        TEXT    text_forgotten, "an interrupt is masked without its notification"
        TEXT    text_closed, "an interrupt is closed before and after it came"
        TEXT    text_ends, "an interrupt ends with its process"
        TEXT    text_apart, "an interrupt is taken from its notification"
        TEXT    text_taken_back, "an interrupt is bound as long as the handles are"
align TEXT_BLOCK, 0

section .bss.interrupts
align WORD_SIZE
spinning:
        resb    WORD_SIZE
