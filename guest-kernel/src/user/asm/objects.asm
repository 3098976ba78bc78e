; The rules of objects and handles, one case each: what every system call about them does
; and what it refuses. After each case all that it made is gone.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "abi/user.inc"
%include "user/case.inc"
%include "user/system.inc"

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
SLOT_MANY       equ     64                      ; and all above

; Our own priority, and those of helpers.
PRIORITY_LAST   equ     32
PRIORITY_LOW    equ     64
PRIORITY_MIDDLE equ     96
PRIORITY_OWN    equ     128

; What helpers do, in the low byte of their argument; then a slot, then a cell for the result.
JOB_SEND        equ     0
JOB_CALL        equ     1
JOB_RECEIVE     equ     2
JOB_WAIT        equ     3
JOB_SLEEP       equ     4
JOB_READY       equ     5
JOB_SIGNAL      equ     6
JOB_KILL        equ     7
JOB_SERVE       equ     8
JOB_ANSWER      equ     9                       ; and then receive from the next slot
JOB_FUTEX       equ     10                      ; at so many bytes instead of a slot
JOB_SLOT_SHIFT  equ     8
JOB_CELL_SHIFT  equ     16

CELLS           equ     8
PENDING         equ     1                       ; in a cell: its helper has not come so far
FOREVER         equ     1000000

%macro COPY from, slot, rights, badge
        COPY_TO HANDLE_SELF, %from, %slot, %rights, %badge
%endmacro

; A helper in the own process, with its handle in a slot.
%macro HELP slot, job, target, cell, priority
        mov     r9d, %job | (%target << JOB_SLOT_SHIFT) | (%cell << JOB_CELL_SHIFT)
        mov     r10d, %priority
        xor     r8d, r8d
        lea     rdx, [rel objects_helper]
        mov     eax, SYS_THREAD_CREATE
        mov     edi, %slot
        mov     rsi, HANDLE_SELF
        syscall
        EXPECT  rax, STATUS_OK
%endmacro

; The case has failed unless the helper's cell has the status.
%macro EXPECT_CELL cell, status
        lea     rax, [rel objects_cells]
        cmp     qword [rax + %cell * WORD_SIZE], %status
        jne     case_failed
%endmacro

section .text.objects

; -----------------------------------------------------------------------------
; objects_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of objects in FirstTasks
;   probe     objects_begin, objects_end
; -----------------------------------------------------------------------------
global  objects_main
objects_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        PROBE   objects_begin
        lea     rbx, [rel objects_table]
        lea     rsi, [rel objects_table_end]
        call    run_cases
        PROBE   objects_end
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     objects_main

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
        lea     rax, [rel objects_cells]
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
        mov     r9d, JOB_SIGNAL | (SLOT_NOTE << JOB_SLOT_SHIFT)
        mov     r10d, PRIORITY_LAST
        xor     r8d, r8d
        lea     rdx, [rel objects_helper]
        mov     eax, SYS_THREAD_CREATE
        mov     edi, SLOT_LAST
        mov     rsi, HANDLE_SELF
        syscall
        OPERATE SYS_WAIT, SLOT_NOTE, 0
        OPERATE SYS_KILL, SLOT_LAST, 0
        OPERATE SYS_HANDLE_CLOSE, SLOT_LAST, 0
        ret

%include "user/run_cases.inc"
%include "user/objects_handles.inc"
%include "user/objects_refused.inc"
%include "user/objects_notifications.inc"
%include "user/objects_threads.inc"
%include "user/objects_memory.inc"
%include "user/objects_memory_refused.inc"
%include "user/objects_futex.inc"
%include "user/objects_child.inc"
%include "user/objects_helper.inc"
%include "user/say.inc"

section .rodata.objects
%include "user/case_texts.inc"
align 8
objects_table:
        dq      case_copy, text_copy
        dq      case_badge, text_badge
        dq      case_move, text_move
        dq      case_close, text_close
        dq      case_close_receiver, text_close_receiver
        dq      case_revoke, text_revoke
        dq      case_no_handle, text_no_handle
        dq      case_no_slot, text_no_slot
        dq      case_other_kinds, text_other_kinds
        dq      case_bits, text_bits
        dq      case_waiters, text_waiters
        dq      case_thread, text_thread
        dq      case_kill_senders, text_kill_senders
        dq      case_kill_receivers, text_kill_receivers
        dq      case_kill_answerer, text_kill_answerer
        dq      case_kill_others, text_kill_others
        dq      case_kill_caller, text_kill_caller
        dq      case_kill_server, text_kill_server
        dq      case_process, text_process
        dq      case_fault, text_fault
        dq      case_quota, text_quota
        dq      case_fill, text_fill
        dq      case_memory, text_memory
        dq      case_memory_ends, text_memory_ends
        dq      case_create_refused, text_create_refused
        dq      case_map_refused, text_map_refused
        dq      case_map_address, text_map_address
        dq      case_map_quota, text_map_quota
        dq      case_protect_refused, text_protect_refused
        dq      case_futex, text_futex
        dq      case_futex_ends, text_futex_ends
        dq      case_futex_refused, text_futex_refused
        dq      case_child, text_child
objects_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_copy, "a copy has at most the rights of the handle"
        TEXT    text_badge, "a badge is given once"
        TEXT    text_move, "a moved handle keeps its copies"
        TEXT    text_close, "without a receiver senders do not wait"
        TEXT    text_close_receiver, "an object ends with its last handle"
        TEXT    text_revoke, "all copies are taken back, and theirs"
        TEXT    text_no_handle, "calls with a handle that names nothing"
        TEXT    text_no_slot, "calls with a slot that cannot be filled"
        TEXT    text_other_kinds, "calls with a handle of another kind"
        TEXT    text_bits, "bits are set, taken, polled and masked"
        TEXT    text_waiters, "a signal wakes the most urgent waiter"
        TEXT    text_thread, "threads above the own priority or user memory"
        TEXT    text_kill_senders, "a sender that is killed sends nothing"
        TEXT    text_kill_receivers, "a receiver that is killed receives nothing"
        TEXT    text_kill_answerer, "nor one that is killed after an answer"
        TEXT    text_kill_others, "threads are killed wherever they wait"
        TEXT    text_kill_caller, "a caller that is killed gets no answer"
        TEXT    text_kill_server, "a caller of a server that is killed learns it"
        TEXT    text_process, "a process ends with all that it has"
        TEXT    text_fault, "a process without memory faults"
        TEXT    text_quota, "a quota is more than what is made of it"
        TEXT    text_fill, "a quota can be filled and comes back"
        TEXT    text_memory, "memory is zeros, and the same wherever it is mapped"
        TEXT    text_memory_ends, "a mapping ends with its handle"
        TEXT    text_create_refused, "memory of no page, of too many, beyond the quota"
        TEXT    text_map_refused, "maps without a right, an access or the pages"
        TEXT    text_map_address, "maps where no memory can be, or some is"
        TEXT    text_map_quota, "a map that fails half-way leaves nothing"
        TEXT    text_protect_refused, "what cannot be unmapped or protected"
        TEXT    text_futex, "a word is one wherever it is mapped, and wakes its waiters"
        TEXT    text_futex_ends, "who waits for a word learns that it is gone"
        TEXT    text_futex_refused, "words that nobody can wait for or wake"
        TEXT    text_child, "a process made of memory has what was mapped in it"
align TEXT_BLOCK, 0

section .bss.objects
align WORD_SIZE
objects_cells:
        resb    CELLS * WORD_SIZE
objects_words:
        resb    CELLS * WORD_SIZE
