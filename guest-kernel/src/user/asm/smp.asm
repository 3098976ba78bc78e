; The rules of several CPUs, one case each. With fewer CPUs than a case would like, threads
; share them: what is said is the same for any number.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "user/case.inc"

; Slots that cases may fill.
SLOT_A          equ     16
SLOT_B          equ     17
SLOT_C          equ     18
SLOT_D          equ     19
SLOT_DONE       equ     20                      ; a notification: a bit for each helper
SLOT_EMPTY      equ     60
SLOT_MANY       equ     64                      ; and the next ones

; Our own priority, and that of helpers.
PRIORITY_OWN    equ     128

CELLS           equ     64
PAIRS           equ     8                       ; of clients and servers
COUNTS          equ     1000                    ; by each thread
TURN            equ     200                     ; rounds of a loop from one yield to the next
ROUNDS          equ     40
MOVES           equ     64
CPU_BITS        equ     8
ARGUMENT_BITS   equ     16
LINGER          equ     20
LINGER_PAUSES   equ     3000

; A system call with these in rdi, rsi, rdx; others are set before.
%macro SYSTEM number, first, second, third
        mov     eax, %number
        mov     rdi, %first
        mov     rsi, %second
        mov     rdx, %third
        syscall
%endmacro

; A thread in the own process, with its handle in a slot, that goes to a CPU first: a tick
; may let it run before we could send it there.
%macro START slot, entry, argument, cpu
        lea     r9, [rel %entry]
        shl     r9, CPU_BITS
        or      r9, %cpu
        shl     r9, ARGUMENT_BITS
        or      r9, %argument
        mov     r10d, PRIORITY_OWN
        xor     r8d, r8d
        lea     rdx, [rel smp_begin]
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

section .text.smp

; -----------------------------------------------------------------------------
; smp_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of smp in FirstTasks
;   probe     none
; -----------------------------------------------------------------------------
global  smp_main
smp_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        OPERATE SYS_CPUS, 0, 0
        mov     [rel smp_cpus], rdi
        dec     rdi
        mov     [rel smp_last], rdi
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_DONE, 0
        lea     rbx, [rel smp_table]
        lea     rsi, [rel smp_table_end]
        call    run_cases
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     smp_main

; rdi = entry, CPU and argument, as START packs them
smp_begin:
        mov     rbx, rdi
        mov     rbp, rdi
        shr     rbp, ARGUMENT_BITS
        movzx   esi, bpl
        shr     rbp, CPU_BITS
        SYSTEM  SYS_THREAD_AFFINITY, HANDLE_SELF, rsi, 0
        movzx   edi, bx
        jmp     rbp

; After each case: end and close all that it left, forget its bits, empty the cells, and be
; on the first CPU again.
case_after:
        push    rbx
        SYSTEM  SYS_THREAD_AFFINITY, HANDLE_SELF, 0, 0
        mov     ebx, SLOT_A
.next:
        cmp     ebx, SLOT_DONE
        je      .skip
        OPERATE SYS_KILL, ebx, 0
        OPERATE SYS_HANDLE_CLOSE, ebx, 0
.skip:
        inc     ebx
        cmp     ebx, SLOT_MANY + CELLS
        jb      .next
        OPERATE SYS_POLL, SLOT_DONE, 0
        lea     rdi, [rel smp_cells]
        mov     ecx, CELLS
        xor     eax, eax
        rep stosq
        mov     [rel smp_stop], rax
        mov     [rel smp_counter], rax
        pop     rbx
        ret

; rdx = bits: wait until all of them were set; clobbers r13, r14 and what calls clobber
wait_all:
        mov     r14, rdx
        xor     r13d, r13d
.next:
        OPERATE SYS_WAIT, SLOT_DONE, 0
        or      r13, rdx
        cmp     r13, r14
        jne     .next
        ret

; rbx = address of a counter: back when it has changed; clobbers r13 and what calls clobber
wait_change:
        mov     r13, [rbx]
.next:
        OPERATE SYS_YIELD, 0, 0
        cmp     [rbx], r13
        je      .next
        ret

; Give other CPUs, and other threads of this one, their time; clobbers r13 and what calls clobber
linger:
        mov     r13d, LINGER
.next:
        OPERATE SYS_YIELD, 0, 0
        mov     ecx, LINGER_PAUSES
.pause:
        pause
        dec     ecx
        jnz     .pause
        dec     r13d
        jnz     .next
        ret

; rbx = address of a counter: ZF is set if it stands still
stands_still:
        mov     r14, [rbx]
        call    linger
        cmp     [rbx], r14
        ret

%include "user/run_cases.inc"
%include "user/smp_cpus.inc"
%include "user/smp_messages.inc"
%include "user/smp_ends.inc"
%include "user/say.inc"

section .rodata.smp
%include "user/case_texts.inc"
align 8
smp_table:
        dq      case_numbers, text_numbers
        dq      case_walk, text_walk
        dq      case_nowhere, text_nowhere
        dq      case_count, text_count
        dq      case_moved, text_moved
        dq      case_sleep, text_sleep
        dq      case_serve, text_serve
        dq      case_signal, text_signal
        dq      case_ring, text_ring
        dq      case_storm, text_storm
        dq      case_killed, text_killed
        dq      case_server_killed, text_server_killed
        dq      case_process_killed, text_process_killed
        dq      case_unmapped, text_unmapped
        dq      case_protected, text_protected
        dq      case_revoked, text_revoked
smp_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_numbers, "each CPU runs threads and has a number"
        TEXT    text_walk, "a thread goes from CPU to CPU"
        TEXT    text_nowhere, "threads and CPUs that are not there"
        TEXT    text_count, "threads of all CPUs count together"
        TEXT    text_moved, "a thread that is moved keeps its registers"
        TEXT    text_sleep, "threads of all CPUs sleep and wake"
        TEXT    text_serve, "a server of another CPU answers"
        TEXT    text_signal, "a signal wakes a thread of another CPU"
        TEXT    text_ring, "a signal that goes round all CPUs is not lost"
        TEXT    text_storm, "no call is lost, wherever both sides are moved"
        TEXT    text_killed, "a thread is killed where it runs"
        TEXT    text_server_killed, "a caller learns that its server was killed elsewhere"
        TEXT    text_process_killed, "a process is killed where it runs"
        TEXT    text_unmapped, "what is unmapped is out of reach at once"
        TEXT    text_protected, "what is protected is not written any more"
        TEXT    text_revoked, "what is revoked is out of reach at once"
align TEXT_BLOCK, 0

section .bss.smp
align WORD_SIZE
smp_cpus:
        resb    WORD_SIZE
smp_last:
        resb    WORD_SIZE
smp_stop:
        resb    WORD_SIZE
smp_counter:
        resb    WORD_SIZE
smp_cells:
        resb    CELLS * WORD_SIZE
