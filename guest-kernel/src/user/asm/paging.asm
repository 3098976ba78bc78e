; The rules of memory that is filled when it is touched, one case each: faults as messages,
; pagers, forks that are copied page by page; large pages. After each case all that it made
; is gone.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "user/case.inc"
%include "user/system.inc"

; Slots that cases may fill.
SLOT_CODE       equ     16                      ; memory with the code of children
SLOT_CLIENT     equ     17
SLOT_END        equ     18                      ; where faults of the client go
SLOT_THREAD     equ     19
SLOT_A          equ     20
SLOT_B          equ     21
SLOT_C          equ     22
SLOT_D          equ     23
SLOT_E          equ     24
SLOT_STACK      equ     25
SLOT_LAST       equ     26                      ; of answer and wait_for_all
SLOT_NOTE       equ     27                      ; of wait_for_all
SLOT_EMPTY      equ     60

PRIORITY_LAST   equ     32
PRIORITY_OWN    equ     128
PRIORITY_CLIENT equ     127                     ; a tick gives it no turn before we wait

BADGE_CLIENT    equ     0xc1
CLIENT_QUOTA    equ     0x20000

; A message received, in paging_message.
MESSAGE_STATUS  equ     0
MESSAGE_BADGE   equ     1
MESSAGE_TAG     equ     2
MESSAGE_WORD    equ     3

WOKEN           equ     0x3a                    ; what the last thread to run sends

; The case has failed unless a word of the message is this.
%macro EXPECT_MESSAGE word, value
        lea     rax, [rel paging_message]
        mov     rcx, %value
        cmp     [rax + (%word) * WORD_SIZE], rcx
        jne     case_failed
%endmacro

; The case has failed unless the message is this fault of the client.
%macro EXPECT_FAULT vector, error, address, rip
        EXPECT_MESSAGE MESSAGE_STATUS, STATUS_OK
        EXPECT_MESSAGE MESSAGE_BADGE, BADGE_CLIENT
        EXPECT_MESSAGE MESSAGE_TAG, 4
        EXPECT_MESSAGE MESSAGE_WORD, %vector
        EXPECT_MESSAGE MESSAGE_WORD + 1, %error
        EXPECT_MESSAGE MESSAGE_WORD + 2, %address
        EXPECT_MESSAGE MESSAGE_WORD + 3, %rip
%endmacro

; The case has failed unless everybody waits and nobody has sent anything.
%macro EXPECT_SILENCE
        EXPECT_MESSAGE MESSAGE_BADGE, 0
        EXPECT_MESSAGE MESSAGE_WORD, WOKEN
%endmacro

; Take the next message of an endpoint.
%macro RECEIVE_AT slot
        mov     eax, SYS_RECV
        mov     edi, %slot
        call    exchange
%endmacro

; Take the next message of the client.
%macro RECEIVE
        RECEIVE_AT SLOT_END
%endmacro

; Answer with a word, and take the next message.
%macro ANSWER word
        mov     edx, %word
        mov     eax, SYS_REPLY_RECV
        mov     edi, SLOT_END
        call    exchange
%endmacro

section .text.paging

; -----------------------------------------------------------------------------
; paging_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of paging in FirstTasks
;   probe     paging_begin, paging_end
; -----------------------------------------------------------------------------
global  paging_main
paging_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        PROBE   paging_begin
        lea     rbx, [rel paging_table]
        lea     rsi, [rel paging_table_end]
        call    run_cases
        PROBE   paging_end
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     paging_main

; After each case: end and close all that it left; no fault handler of our own stays.
case_after:
        push    rbx
        SYSTEM  SYS_FAULT_HANDLER, HANDLE_SELF, HANDLE_NONE, 0
        mov     ebx, SLOT_CODE
.next:
        OPERATE SYS_KILL, ebx, 0
        OPERATE SYS_HANDLE_CLOSE, ebx, 0
        inc     ebx
        cmp     ebx, SLOT_NOTE
        jbe     .next
        pop     rbx
        ret

; eax = SYS_RECV, or SYS_REPLY_RECV with the word edx, edi = slot. When nobody else can run,
; we get WOKEN. Out: the message is in paging_message; clobbers what calls clobber
exchange:
        push    rbx
        push    rbp
        push    rdi
        mov     ebx, eax
        mov     ebp, edx
        mov     r9d, edi
        lea     rdx, [rel paging_waker]
        mov     edi, SLOT_LAST
        call    make_thread
        mov     edx, ebp
        mov     eax, ebx
        pop     rdi
        mov     esi, 1
        syscall
        lea     rcx, [rel paging_message]
        mov     [rcx + MESSAGE_STATUS * WORD_SIZE], rax
        mov     [rcx + MESSAGE_BADGE * WORD_SIZE], rdi
        mov     [rcx + MESSAGE_TAG * WORD_SIZE], rsi
        mov     [rcx + MESSAGE_WORD * WORD_SIZE], rdx
        mov     [rcx + (MESSAGE_WORD + 1) * WORD_SIZE], r8
        mov     [rcx + (MESSAGE_WORD + 2) * WORD_SIZE], r9
        mov     [rcx + (MESSAGE_WORD + 3) * WORD_SIZE], r10
        OPERATE SYS_KILL, SLOT_LAST, 0
        OPERATE SYS_HANDLE_CLOSE, SLOT_LAST, 0
        pop     rbp
        pop     rbx
        ret

; Let everybody run until they wait; clobbers what calls clobber
wait_for_all:
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_NOTE, 0
        lea     rdx, [rel paging_signaller]
        mov     edi, SLOT_LAST
        call    make_thread
        OPERATE SYS_WAIT, SLOT_NOTE, 0
        OPERATE SYS_KILL, SLOT_LAST, 0
        OPERATE SYS_HANDLE_CLOSE, SLOT_LAST, 0
        OPERATE SYS_HANDLE_CLOSE, SLOT_NOTE, 0
        ret

; edi = slot, rdx = entry, r9 = argument: a thread of ours that runs when nobody else does
make_thread:
        mov     r10d, PRIORITY_LAST
        xor     r8d, r8d
        mov     eax, SYS_THREAD_CREATE
        mov     rsi, HANDLE_SELF
        syscall
        ret

; Threads of ours without a stack.
paging_waker:
        mov     edx, WOKEN
        OPERATE SYS_SEND, edi, 1
        jmp     paging_ends
paging_signaller:
        OPERATE SYS_SIGNAL, SLOT_NOTE, 1
        jmp     paging_ends
paging_server:
        OPERATE SYS_RECV, SLOT_END, 0
        OPERATE SYS_RECV, SLOT_E, 0
paging_ends:
        SYSTEM  SYS_KILL, HANDLE_SELF, 0, 0
        ud2

%include "user/run_cases.inc"
%include "user/paging_child.inc"
%include "user/paging_faults.inc"
%include "user/paging_fault_ends.inc"
%include "user/paging_pager.inc"
%include "user/paging_fork.inc"
%include "user/paging_large.inc"
%include "user/say.inc"

section .rodata.paging
%include "user/case_texts.inc"
align 8
paging_table:
        dq      case_fault, text_fault
        dq      case_trap, text_trap
        dq      case_fault_own, text_fault_own
        dq      case_fault_refused, text_fault_refused
        dq      case_fault_removed, text_fault_removed
        dq      case_kill, text_kill
        dq      case_handler_ends, text_handler_ends
        dq      case_handler_faults, text_handler_faults
        dq      case_pager, text_pager
        dq      case_pager_refuses, text_pager_refuses
        dq      case_pager_dies, text_pager_dies
        dq      case_fork, text_fork
        dq      case_fork_mapped, text_fork_mapped
        dq      case_forks, text_forks
        dq      case_fork_client, text_fork_client
        dq      case_fork_refused, text_fork_refused
        dq      case_fork_quota, text_fork_quota
        dq      case_large, text_large
        dq      case_large_refused, text_large_refused
paging_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_fault, "a fault is a message, and its answer lets it go on"
        TEXT    text_trap, "breakpoints and single steps are messages too"
        TEXT    text_fault_own, "a thread handles a fault of another of its process"
        TEXT    text_fault_refused, "what cannot be a fault handler"
        TEXT    text_fault_removed, "a fault handler goes with its handle"
        TEXT    text_kill, "any other answer ends the process"
        TEXT    text_handler_ends, "so does a handler that ends or goes on"
        TEXT    text_handler_faults, "a handler's own fault is not sent to itself"
        TEXT    text_pager, "a pager gives a process each page when it is touched"
        TEXT    text_pager_refuses, "a pager refuses, and its client ends"
        TEXT    text_pager_dies, "a pager ends, and so does its client"
        TEXT    text_fork, "what is written to memory is not in its fork"
        TEXT    text_fork_mapped, "all mappings of memory show the same after a fork"
        TEXT    text_forks, "forks of forks end in any order"
        TEXT    text_fork_client, "a process goes on writing after a fork"
        TEXT    text_fork_refused, "forks without a right, of nothing, to nowhere"
        TEXT    text_fork_quota, "a fork is charged like other memory"
        TEXT    text_large, "a large page is mapped and protected as one"
        TEXT    text_large_refused, "large pages in part, between two, forked, too many"
align TEXT_BLOCK, 0

section .bss.paging
align WORD_SIZE
paging_message:
        resb    (MESSAGE_WORD + WORDS_SHORT) * WORD_SIZE
paging_cell:
        resb    WORD_SIZE
