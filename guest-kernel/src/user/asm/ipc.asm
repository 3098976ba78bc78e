; The rules of rare messages, one case each: those that do not wait, wait for a time only,
; or carry more than words. After each case all that it made is gone.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "user/case.inc"

; Slots that cases may fill.
SLOT_A          equ     16
SLOT_B          equ     17
SLOT_C          equ     18
SLOT_D          equ     19
SLOT_E          equ     20
SLOT_F          equ     21
SLOT_NOTE       equ     27                      ; of settle
SLOT_LAST       equ     28                      ; of settle
SLOT_EMPTY      equ     60

; Our own priority, and those of helpers.
PRIORITY_LAST   equ     32
PRIORITY_LOW    equ     64
PRIORITY_MIDDLE equ     96
PRIORITY_OWN    equ     128

; Where nothing is mapped.
PLACE           equ     0x20000000
OTHER_PLACE     equ     0x20200000

ACCESS_READ     equ     RIGHT_MAP_READ
ACCESS_WRITE    equ     RIGHT_MAP_READ | RIGHT_MAP_WRITE
ACCESS_EXECUTE  equ     RIGHT_MAP_READ | RIGHT_MAP_EXECUTE

CELLS           equ     8
PENDING         equ     1                       ; in a cell: its helper has not come so far

; A system call with these in rdi, rsi, rdx; the others are set before.
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

%macro MAP memory, process, address, pages, access
        xor     r8d, r8d
        mov     r9, %pages
        mov     r10, %access
        SYSTEM  SYS_MEMORY_MAP, %memory, %process, %address
        EXPECT  rax, STATUS_OK
%endmacro

%macro UNMAP address
        SYSTEM  SYS_MEMORY_UNMAP, HANDLE_SELF, %address, 0
%endmacro

; A thread in the own process, with its handle in a slot. It has no stack; its routine
; finds its cell in rdi, keeps it in ebx, and ends at helper_done.
%macro HELP slot, routine, cell, priority
        mov     r9d, %cell
        mov     r10d, %priority
        xor     r8d, r8d
        lea     rdx, [rel %routine]
        mov     eax, SYS_THREAD_CREATE
        mov     edi, %slot
        mov     rsi, HANDLE_SELF
        syscall
        EXPECT  rax, STATUS_OK
%endmacro

; The case has failed unless the helper's cell has the status.
%macro EXPECT_CELL cell, status
        lea     rax, [rel ipc_statuses]
        cmp     qword [rax + %cell * WORD_SIZE], %status
        jne     case_failed
%endmacro

; The case has failed unless the helper's last call left this: its tag, word 0, or r15.
%macro EXPECT_LEFT what, cell, value
        lea     rax, [rel ipc_%what]
        cmp     qword [rax + %cell * WORD_SIZE], %value
        jne     case_failed
%endmacro

section .text.ipc

; -----------------------------------------------------------------------------
; ipc_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of ipc in FirstTasks
;   probe     ipc_begin, ipc_end
; -----------------------------------------------------------------------------
global  ipc_main
ipc_main:
        call    case_after
.next:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        PROBE   ipc_begin
        lea     rbx, [rel ipc_table]
        lea     rsi, [rel ipc_table_end]
        call    run_cases
        PROBE   ipc_end
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     ipc_main.next

; After each case: end and close all that it left, and empty the cells.
case_after:
        push    rbx
        mov     ebx, SLOT_A
.next:
        mov     eax, SYS_KILL
        mov     edi, ebx
        syscall
        mov     eax, SYS_HANDLE_CLOSE
        mov     edi, ebx
        syscall
        inc     ebx
        cmp     ebx, SLOT_LAST
        jbe     .next
        lea     rax, [rel ipc_statuses]
        mov     ecx, CELLS
.next_cell:
        mov     qword [rax + rcx * WORD_SIZE - WORD_SIZE], PENDING
        dec     ecx
        jnz     .next_cell
        pop     rbx
        ret

; Let everybody run until they wait: the last to run wakes us. Clobbers what calls clobber.
settle:
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_NOTE, 0
        mov     r10d, PRIORITY_LAST
        xor     r8d, r8d
        lea     rdx, [rel settle_last]
        mov     eax, SYS_THREAD_CREATE
        mov     edi, SLOT_LAST
        mov     rsi, HANDLE_SELF
        syscall
        OPERATE SYS_WAIT, SLOT_NOTE, 0
        OPERATE SYS_KILL, SLOT_LAST, 0
        OPERATE SYS_HANDLE_CLOSE, SLOT_LAST, 0
        OPERATE SYS_HANDLE_CLOSE, SLOT_NOTE, 0
        ret

settle_last:
        OPERATE SYS_SIGNAL, SLOT_NOTE, 1
        jmp     helper_end

; ebx = cell: leave what the last call returned, and end
helper_done:
        lea     rcx, [rel ipc_words]
        mov     [rcx + rbx * WORD_SIZE], rdx
        lea     rcx, [rel ipc_lengths]
        mov     [rcx + rbx * WORD_SIZE], r15
        lea     rcx, [rel ipc_tags]
        mov     [rcx + rbx * WORD_SIZE], rsi
        lea     rcx, [rel ipc_statuses]
        mov     [rcx + rbx * WORD_SIZE], rax
helper_end:
        mov     eax, SYS_KILL
        mov     rdi, HANDLE_SELF
        syscall
        ud2

; What helpers do most: one call on the endpoint in SLOT_A, with their cell as the word.
help_send:
        mov     ebx, edi
        mov     edx, edi
        OPERATE SYS_SEND, SLOT_A, 1
        jmp     helper_done
help_call:
        mov     ebx, edi
        mov     edx, edi
        OPERATE SYS_CALL, SLOT_A, 1
        jmp     helper_done
help_receive:
        mov     ebx, edi
        OPERATE SYS_RECV, SLOT_A, 0
        jmp     helper_done

%include "user/run_cases.inc"
%include "user/ipc_no_wait.inc"
%include "user/ipc_timeouts.inc"
%include "user/ipc_buffers.inc"
%include "user/ipc_buffers_refused.inc"
%include "user/ipc_handles.inc"
%include "user/ipc_replies.inc"
%include "user/ipc_bound.inc"
%include "user/ipc_revoked.inc"
%include "user/ipc_priorities.inc"
%include "user/say.inc"

section .rodata.ipc
%include "user/case_texts.inc"
align 8
ipc_table:
        dq      case_no_wait_send, text_no_wait_send
        dq      case_no_wait_call, text_no_wait_call
        dq      case_no_wait_receive, text_no_wait_receive
        dq      case_no_wait_answer, text_no_wait_answer
        dq      case_timeout, text_timeout
        dq      case_timeout_served, text_timeout_served
        dq      case_timeout_answer, text_timeout_answer
        dq      case_timeout_wait, text_timeout_wait
        dq      case_timeout_order, text_timeout_order
        dq      case_timeout_ends, text_timeout_ends
        dq      case_buffer, text_buffer
        dq      case_buffer_cut, text_buffer_cut
        dq      case_buffer_queued, text_buffer_queued
        dq      case_buffer_tag, text_buffer_tag
        dq      case_buffer_address, text_buffer_address
        dq      case_buffer_gone, text_buffer_gone
        dq      case_grant, text_grant
        dq      case_grant_answer, text_grant_answer
        dq      case_grant_memory, text_grant_memory
        dq      case_grant_refused, text_grant_refused
        dq      case_grant_lost, text_grant_lost
        dq      case_reply, text_reply
        dq      case_reply_sent, text_reply_sent
        dq      case_reply_refused, text_reply_refused
        dq      case_reply_quota, text_reply_quota
        dq      case_reply_nobody, text_reply_nobody
        dq      case_reply_ends, text_reply_ends
        dq      case_bound, text_bound
        dq      case_bound_first, text_bound_first
        dq      case_bound_refused, text_bound_refused
        dq      case_bound_ends, text_bound_ends
        dq      case_revoked_send, text_revoked_send
        dq      case_revoked_wait, text_revoked_wait
        dq      case_revoked_bound, text_revoked_bound
        dq      case_lend_chain, text_lend_chain
        dq      case_lend_answered, text_lend_answered
        dq      case_lend_timeout, text_lend_timeout
        dq      case_lend_taken, text_lend_taken
ipc_table_end:

%include "user/ipc_texts.inc"
align TEXT_BLOCK, 0

section .bss.ipc
align WORD_SIZE
ipc_statuses:
        resb    CELLS * WORD_SIZE
ipc_tags:
        resb    CELLS * WORD_SIZE
ipc_lengths:
        resb    CELLS * WORD_SIZE
ipc_words:
        resb    CELLS * WORD_SIZE
