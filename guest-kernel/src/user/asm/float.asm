; The rules of floating-point registers, one case each: who has some keeps them, whatever
; happens meanwhile and on however many CPUs, and nobody sees those of anybody else.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"
%include "user/case.inc"
%include "user/system.inc"

; Slots that cases may fill.
SLOT_A          equ     16
SLOT_B          equ     17
SLOT_C          equ     18
SLOT_D          equ     19
SLOT_E          equ     20
SLOT_DONE       equ     21                      ; a notification: a bit for each helper
SLOT_EMPTY      equ     60
SLOT_MANY       equ     64                      ; and the next ones

; Our own priority, and that of helpers.
PRIORITY_OWN    equ     128

HELPERS         equ     4
ROUNDS          equ     24
CPU_BITS        equ     8
ARGUMENT_BITS   equ     16

; A room is a thread's own: what it loads, what it saves to compare, a result, its stack.
ROOM_SAVED      equ     FloatArea_size
ROOM_RESULT     equ     2 * FloatArea_size
ROOM_SIZE       equ     2048
ROOM_SHIFT      equ     11
ROOM_IS_SAME    equ     1
ROOM_DIFFERS    equ     2

; A thread in the own process, with its handle in a slot, that goes to a CPU first.
%macro START slot, entry, argument, cpu
        lea     r9, [rel %entry]
        shl     r9, CPU_BITS
        or      r9, %cpu
        shl     r9, ARGUMENT_BITS
        or      r9, %argument
        mov     r10d, PRIORITY_OWN
        xor     r8d, r8d
        lea     rdx, [rel helper_begin]
        SYSTEM  SYS_THREAD_CREATE, %slot, HANDLE_SELF, rdx
        EXPECT  rax, STATUS_OK
%endmacro

; A case whose code may use rbx.
%macro CASE label
%label:
        push    rbx
        call    %%case
        pop     rbx
        ret
%%case:
%endmacro

section .text.float

; -----------------------------------------------------------------------------
; float_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of float in FirstTasks
;   probe     floats_begin, floats_end
; -----------------------------------------------------------------------------
global  float_main
float_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        OPERATE SYS_CPUS, 0, 0
        mov     [rel float_cpus], rdi
        dec     rdi
        mov     [rel float_last], rdi
; Ours, which stay ours: the cases find them so, and the counts are the same afterwards.
        SYSTEM  SYS_THREAD_FLOAT, HANDLE_SELF, 0, 0
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_DONE, 0
        PROBE   floats_begin
        lea     rbx, [rel float_table]
        lea     rsi, [rel float_table_end]
        call    run_cases
        PROBE   floats_end
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     float_main

; After each case: end and close all that it left, and be on the first CPU again.
case_after:
        push    rbx
        SYSTEM  SYS_THREAD_AFFINITY, HANDLE_SELF, 0, 0
        UNMAP   HANDLE_SELF, PLACE
        mov     ebx, SLOT_A
.next:
        cmp     ebx, SLOT_DONE
        je      .skip
        OPERATE SYS_KILL, ebx, 0
        OPERATE SYS_HANDLE_CLOSE, ebx, 0
.skip:
        inc     ebx
        cmp     ebx, SLOT_MANY + HELPERS
        jb      .next
        OPERATE SYS_POLL, SLOT_DONE, 0
        pop     rbx
        ret

; rdi = entry, CPU and argument, as START packs them: go there, and on with ebx = argument,
; r12 = a number of its own, r14 = its room, and its stack
helper_begin:
        mov     rbx, rdi
        mov     rbp, rdi
        shr     rbp, ARGUMENT_BITS
        movzx   esi, bpl
        shr     rbp, CPU_BITS
        SYSTEM  SYS_THREAD_AFFINITY, HANDLE_SELF, rsi, 0
        movzx   ebx, bx
        lea     r12, [rbx + 1]
        lea     r14, [rel float_rooms]
        mov     eax, ebx
        shl     eax, ROOM_SHIFT
        add     r14, rax
        lea     rsp, [r14 + ROOM_SIZE]
        jmp     rbp

; ebx = number of a bit: set it and end
helper_done:
        mov     ecx, ebx
        mov     esi, 1
        shl     rsi, cl
        mov     eax, SYS_SIGNAL
        mov     edi, SLOT_DONE
        syscall
        SYSTEM  SYS_KILL, HANDLE_SELF, 0, 0
        ud2

; rdx = bits: wait until all of them were set; clobbers r13, r15 and what calls clobber
wait_all:
        mov     r15, rdx
        xor     r13d, r13d
.next:
        OPERATE SYS_WAIT, SLOT_DONE, 0
        or      r13, rdx
        cmp     r13, r15
        jne     .next
        ret

; r14 = our own room, behind those of the helpers, r12 = our number
own_room:
        mov     r12d, HELPERS + 1
        lea     r14, [rel float_rooms + HELPERS * ROOM_SIZE]
        ret

%include "user/run_cases.inc"
%include "user/float_registers.inc"
%include "user/float_threads.inc"
%include "user/float_child.inc"
%include "user/float_faults.inc"
%include "user/say.inc"

section .rodata.float
%include "user/case_texts.inc"
align 8
float_table:
        dq      case_twice, text_twice
        dq      case_refused, text_refused
        dq      case_threads, text_threads
        dq      case_fresh, text_fresh
        dq      case_killed, text_killed
        dq      case_calls, text_calls
        dq      case_without, text_without
        dq      case_lazy, text_lazy
        dq      case_pending, text_pending
        dq      case_error, text_error
float_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_twice, "floating-point registers that are asked for twice"
        TEXT    text_refused, "whom floating-point registers cannot be given"
        TEXT    text_threads, "threads keep them through yields, ticks and moves"
        TEXT    text_fresh, "a new thread sees nobody's registers"
        TEXT    text_killed, "threads with registers are killed where they run"
        TEXT    text_calls, "both sides of a call keep their own"
        TEXT    text_without, "threads without them die of their use, alone"
        TEXT    text_lazy, "a fault handler gives them at their first use"
        TEXT    text_pending, "an error that waits to be told is nobody else's"
        TEXT    text_error, "errors of arithmetic are faults"
align TEXT_BLOCK, 0

section .bss.float
align CACHE_LINE
float_rooms:
        resb    (HELPERS + 1) * ROOM_SIZE
float_cpus:
        resb    WORD_SIZE
float_last:
        resb    WORD_SIZE
