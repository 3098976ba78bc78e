; The rules of kernel mode, one case each. The server that they are about runs at level 0, in
; another process: the last case ends it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "abi/user.inc"
%include "user/case.inc"

; What the server is asked for, by word 0.
ASK_LEVEL       equ     0                       ; answers CS, SS, its flags, and the sum of the words
ASK_CALLS       equ     1                       ; answers 1 if the system calls do what is due
ASK_TURN        equ     2                       ; the same, of another thread and the tick
ASK_MEMORY      equ     3                       ; the same, of memory
ASK_ROOM        equ     4                       ; takes bytes next and gives them back
ASK_BREAK       equ     5                       ; a breakpoint
ASK_OVERFLOW    equ     6                       ; runs off its stack
ASK_COUNT       equ     7

LEVEL_0_PRIORITY equ    128

; Slots that cases may fill, and the server in its own process.
SLOT_A          equ     16
SLOT_B          equ     17
SLOT_C          equ     18
SLOT_LAST       equ     SLOT_C

; Where nothing is mapped.
PLACE           equ     0x20000000
OTHER_PLACE     equ     0x20200000

ACCESS_READ     equ     RIGHT_MAP_READ
ACCESS_WRITE    equ     RIGHT_MAP_READ | RIGHT_MAP_WRITE
BYTES           equ     3 * WORD_SIZE + 5
ROOM            equ     4 * WORD_SIZE

; Ask the server, with word 0.
%macro ASK what
        mov     edx, %what
        OPERATE SYS_CALL, HANDLE_LEVEL_0, 1
        EXPECT  rax, STATUS_OK
%endmacro

%macro EXPECT_GOOD what
        ASK     %what
        EXPECT  rdx, 1
        jmp     case_holds
%endmacro

section .text.modes

; -----------------------------------------------------------------------------
; modes_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of modes in FirstTasks
;   probe     none
; -----------------------------------------------------------------------------
global  modes_main
modes_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        lea     rbx, [rel modes_table]
        lea     rsi, [rel modes_table_end]
        call    run_cases
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     modes_main

; After each case: close all that it left.
case_after:
        push    rbx
        mov     ebx, SLOT_A
.next:
        CALL_HANDLE_CLOSE rbx
        inc     ebx
        cmp     ebx, SLOT_LAST
        jbe     .next
        pop     rbx
        ret

%include "user/run_cases.inc"

; Words go there and back; whoever answers is at level 0, and interrupts are on.
case_level:
        mov     r8d, 1
        mov     r9d, 2
        mov     r10d, 3
        mov     edx, ASK_LEVEL
        OPERATE SYS_CALL, HANDLE_LEVEL_0, WORDS_SHORT
        EXPECT  rax, STATUS_OK
        EXPECT  rsi, WORDS_SHORT
        EXPECT  rdx, SELECTOR_KERNEL_CODE
        EXPECT  r8, SELECTOR_KERNEL_DATA
        and     r9d, RFLAGS_INTERRUPT | RFLAGS_IOPL
        EXPECT  r9d, RFLAGS_INTERRUPT
        EXPECT  r10, 1 + 2 + 3
        mov     eax, cs
        EXPECT  eax, SELECTOR_USER_CODE
        jmp     case_holds

case_calls:
        EXPECT_GOOD ASK_CALLS
case_turn:
        EXPECT_GOOD ASK_TURN
case_memory:
        EXPECT_GOOD ASK_MEMORY

; From our memory to the server's, and back.
case_bytes:
        ASK     ASK_ROOM
        sub     rsp, ROOM
        lea     r12, [rel text_bytes]
        mov     r13d, BYTES
        mov     r14, rsp
        mov     r15d, ROOM
        OPERATE SYS_CALL, HANDLE_LEVEL_0, TAG_BUFFER | TAG_ROOM
        mov     rdi, rsp
        add     rsp, ROOM
        EXPECT  rax, STATUS_OK
        EXPECT  rsi, TAG_BUFFER
        EXPECT  r15, BYTES
        lea     rsi, [rel text_bytes]
        mov     ecx, BYTES
        repe cmpsb
        jne     case_failed
        jmp     case_holds

; The process may be managed, and still its threads and its memory are its own.
case_refused:
        CALL_THREAD_CREATE SLOT_A, HANDLE_LEVEL_0_PROCESS, 0, 0, 0, 1
        EXPECT  rax, STATUS_RIGHTS
        CALL_MEMORY_CREATE SLOT_A, 1
        CALL_MEMORY_MAP SLOT_A, HANDLE_LEVEL_0_PROCESS, PLACE, 0, 1, ACCESS_READ
        EXPECT  rax, STATUS_RIGHTS
        CALL_MEMORY_PROTECT SLOT_A, HANDLE_LEVEL_0_PROCESS, PLACE, ACCESS_READ
        EXPECT  rax, STATUS_RIGHTS
        CALL_MEMORY_UNMAP HANDLE_LEVEL_0_PROCESS, PLACE
        EXPECT  rax, STATUS_RIGHTS
        jmp     case_holds

; Its breakpoint is a message to us, and goes on behind it.
case_break:
        CALL_ENDPOINT_CREATE SLOT_A
        CALL_FAULT_HANDLER HANDLE_LEVEL_0_PROCESS, SLOT_A
        EXPECT  rax, STATUS_OK
        mov     edx, ASK_BREAK
        OPERATE SYS_SEND, HANDLE_LEVEL_0, 1
        OPERATE SYS_RECV, SLOT_A, 0
        EXPECT  rax, STATUS_OK
        EXPECT  rdx, VECTOR_BREAKPOINT
        lea     rax, [rel level_0_behind_break]
        EXPECT  r10, rax
        CALL_REPLY_TAKE SLOT_B
        EXPECT  rax, STATUS_OK
        mov     edx, FAULT_RESUME
        OPERATE SYS_REPLY, SLOT_B, 1
        EXPECT  rax, STATUS_OK
        ASK     ASK_LEVEL
        CALL_FAULT_HANDLER HANDLE_LEVEL_0_PROCESS, HANDLE_NONE
        jmp     case_holds

; There is nothing below its stack to leave a trap's frame in.
case_overflow:
        mov     edx, ASK_OVERFLOW
        OPERATE SYS_CALL, HANDLE_LEVEL_0, 1
        EXPECT  rax, STATUS_DEAD
        OPERATE SYS_CALL, HANDLE_LEVEL_0, 1
        EXPECT  rax, STATUS_DEAD
        CALL_KILL HANDLE_LEVEL_0_PROCESS
        EXPECT  rax, STATUS_DEAD
        jmp     case_holds

%include "user/modes_server.inc"
%include "user/say.inc"

section .rodata.modes
%include "user/case_texts.inc"
align 8
modes_table:
        dq      case_level, text_level
        dq      case_calls, text_calls
        dq      case_turn, text_turn
        dq      case_memory, text_memory
        dq      case_bytes, text_bytes
        dq      case_refused, text_refused
        dq      case_break, text_break
        dq      case_overflow, text_overflow
modes_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_level, "a server in kernel mode answers"
        TEXT    text_calls, "kernel mode has the same system calls"
        TEXT    text_turn, "the tick takes turns in kernel mode, and a thread ends"
        TEXT    text_memory, "memory in kernel mode is mapped, forked and copied"
        TEXT    text_bytes, "bytes go to kernel mode and back"
        TEXT    text_refused, "nobody else puts threads or memory into kernel mode"
        TEXT    text_break, "a breakpoint in kernel mode is a message"
        TEXT    text_overflow, "a fault in kernel mode ends its process alone"
align TEXT_BLOCK, 0
