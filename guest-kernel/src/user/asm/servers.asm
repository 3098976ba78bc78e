; What the name server and the timer server promise, one case each.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "user/case.inc"
%include "user/system.inc"
%include "user/names.inc"

; Slots that cases may fill.
SLOT_A          equ     16
SLOT_B          equ     17
SLOT_C          equ     18
SLOT_D          equ     19
SLOT_E          equ     20
SLOT_OTHER      equ     21                      ; the timer server, by another badge
SLOT_DONE       equ     22                      ; a notification: a bit for each helper
SLOT_TIMER      equ     23                      ; the timer server
SLOT_LAST       equ     SLOT_DONE
SLOT_EMPTY      equ     60

PRIORITY_OWN    equ     128
CELLS           equ     4
LETTERS         equ     8                       ; bits of a name's last character

; A thread in the own process, with its handle in a slot. It has no stack; its routine finds
; its cell in rdi, keeps it in ebx, and ends at helper_done.
%macro HELP slot, routine, cell
        mov     r9d, %cell
        mov     r10d, PRIORITY_OWN
        xor     r8d, r8d
        lea     rdx, [rel %routine]
        SYSTEM  SYS_THREAD_CREATE, %slot, HANDLE_SELF, rdx
        EXPECT  rax, STATUS_OK
%endmacro

; What the last request was answered with.
%macro RESULT value
        EXPECT  rax, STATUS_OK
        EXPECT  rdx, %value
%endmacro

; Ask the timer server by a handle: words 1 to 3, and what else the tag has.
%macro TIMER_ASK slot, operation, ticks, mark, bits, tag
        mov     r8, %ticks
        mov     r9, %mark
        mov     r10, %bits
        mov     edx, %operation
        OPERATE SYS_CALL, %slot, WORDS_SHORT | (%tag)
%endmacro

; A case whose code may use rbx, rbp, r12 and r13.
%macro CASE label
%label:
        push    rbx
        push    rbp
        call    %%case
        pop     rbp
        pop     rbx
        ret
%%case:
%endmacro

section .text.servers

; -----------------------------------------------------------------------------
; servers_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of servers in FirstTasks
;   probe     none
; -----------------------------------------------------------------------------
global  servers_main
servers_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        NAMES_TAKE 'timer', SLOT_TIMER
        lea     rbx, [rel servers_table]
        lea     rsi, [rel servers_table_end]
        call    run_cases
        OPERATE SYS_HANDLE_CLOSE, SLOT_TIMER, 0
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     servers_main

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

; ebx = cell, rax, rdx, rdi = what the last call returned: leave it, tell and end
helper_done:
        lea     rcx, [rel servers_statuses]
        mov     [rcx + rbx * WORD_SIZE], rax
        lea     rcx, [rel servers_words]
        mov     [rcx + rbx * WORD_SIZE], rdx
        lea     rcx, [rel servers_badges]
        mov     [rcx + rbx * WORD_SIZE], rdi
        mov     ecx, ebx
        mov     esi, 1
        shl     esi, cl
        mov     eax, SYS_SIGNAL
        mov     edi, SLOT_DONE
        syscall
        SYSTEM  SYS_KILL, HANDLE_SELF, 0, 0
        ud2

; rbp = bits: wait until all of them were set; clobbers rbp and what calls clobber
wait_all:
        OPERATE SYS_WAIT, SLOT_DONE, 0
        test    rax, rax
        jnz     .done
        not     rdx
        and     rbp, rdx
        jnz     wait_all
.done:
        ret

%include "user/run_cases.inc"
%include "user/servers_names.inc"
%include "user/servers_timer.inc"
%include "user/say.inc"

section .rodata.servers
%include "user/case_texts.inc"
align 8
servers_table:
        dq      case_console, text_console
        dq      case_found, text_found
        dq      case_names_refused, text_names_refused
        dq      case_names_owner, text_names_owner
        dq      case_names_gone, text_names_gone
        dq      case_names_full, text_names_full
        dq      case_sleepers, text_sleepers
        dq      case_alarm, text_alarm
        dq      case_cancel, text_cancel
        dq      case_timer_refused, text_timer_refused
        dq      case_timer_full, text_timer_full
        dq      case_sleeper_killed, text_sleeper_killed
servers_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_console, "the console is found by its name"
        TEXT    text_found, "a name leads to its server, who sees who asked"
        TEXT    text_names_refused, "what is no name, and what no name can be given to"
        TEXT    text_names_owner, "a name is taken back by who registered it"
        TEXT    text_names_gone, "a name without its server is free"
        TEXT    text_names_full, "each client has some of the names, and all have all"
        TEXT    text_sleepers, "sleepers wake in the order of their times"
        TEXT    text_alarm, "an alarm sets bits of a notification"
        TEXT    text_cancel, "a sleep or an alarm is cancelled by who asked for it"
        TEXT    text_timer_refused, "times that are too far, and alarms for nobody"
        TEXT    text_timer_full, "each client has some of the timers, and all have all"
        TEXT    text_sleeper_killed, "a sleeper that is killed is not missed"
        TEXT    text_through, "said to a console that was found by its name\n"
align TEXT_BLOCK, 0

section .bss.servers
align WORD_SIZE
servers_statuses:
        resb    CELLS * WORD_SIZE
servers_words:
        resb    CELLS * WORD_SIZE
servers_badges:
        resb    CELLS * WORD_SIZE
servers_order:
        resb    WORD_SIZE
