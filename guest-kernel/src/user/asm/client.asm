; The bench program: it times null system calls, and calls to a server in its own and
; in another process, with no words and with four.
; Each experiment lies between the probes bench_begin and bench_end and runs once
; before them untimed, so that nothing in it happens for the first time.

%include "abi/calls.inc"
%include "abi/user.inc"

section .text.client

WARM_ROUNDS     equ     4
WORD_0          equ     0x1111
WORD_1          equ     0x2222
WORD_2          equ     0x3333
WORD_3          equ     0x4444

; Read the time-stamp counter into rax; rdx is lost.
%macro TIME
        rdtsc
        shl     rdx, 32
        or      rax, rdx
%endmacro

; Call BENCH_ROUNDS times through r12 with a number of words; rax = counts it took.
%macro CALLS words
        TIME
        mov     r13, rax
        mov     ebx, BENCH_ROUNDS
%%next:
        mov     eax, SYS_CALL
        mov     edi, r12d
        mov     esi, %words
%if %words
        mov     edx, WORD_0
        mov     r8d, WORD_1
        mov     r9d, WORD_2
        mov     r10d, WORD_3
%endif
        PROBE   client_call
        syscall
        PROBE   client_return
        dec     ebx
        jnz     %%next
        mov     r14, rax
        mov     r15, rdx
        add     r15, r8
        add     r15, r9
        add     r15, r10
        TIME
        sub     rax, r13
%endmacro

; -----------------------------------------------------------------------------
; client_main - run all experiments once, for whoever calls HANDLE_CONTROL
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_CONTROL to receive, HANDLE_SAME and HANDLE_CROSS to send
;   probe     bench_begin (rdi = experiment, rsi = space, rdx = words), bench_end,
;             first_begin (rdi = handle), first_end
; -----------------------------------------------------------------------------
global  client_main
client_main:
        mov     eax, SYS_RECV
        mov     edi, HANDLE_CONTROL
        xor     esi, esi
        syscall

        mov     edi, HANDLE_SAME
        call    client_warm
        mov     edi, HANDLE_CROSS
        call    client_warm
        call    client_null
        mov     edi, HANDLE_SAME
        mov     esi, SPACE_SAME
        call    client_calls_0
        mov     edi, HANDLE_SAME
        mov     esi, SPACE_SAME
        call    client_calls_4
        mov     edi, HANDLE_CROSS
        mov     esi, SPACE_CROSS
        call    client_calls_0
        mov     edi, HANDLE_CROSS
        mov     esi, SPACE_CROSS
        call    client_calls_4
        call    client_signals

        mov     eax, SYS_REPLY_RECV
        mov     edi, HANDLE_CONTROL
        xor     esi, esi
        syscall
        ud2

; edi = handle: a few calls before any are timed, the very first ones of the run among them
client_warm:
        PROBE   first_begin, rdi
        push    rbx
        push    r12
        mov     r12d, edi
        mov     ebx, WARM_ROUNDS
.next:
        mov     eax, SYS_NULL
        PROBE   first_null
        syscall
        PROBE   first_null_return
        mov     eax, SYS_CALL
        mov     edi, r12d
        xor     esi, esi
        PROBE   first_call
        syscall
        PROBE   first_return
        dec     ebx
        jnz     .next
        PROBE   first_end
        pop     r12
        pop     rbx
        ret

; time null system calls and say so
client_null:
        mov     edi, EXPERIMENT_NULL
        mov     esi, SPACE_SAME
        xor     edx, edx
        PROBE   bench_begin, rdi, rsi, rdx
        TIME
        mov     r13, rax
        mov     ebx, BENCH_ROUNDS
.next:
        mov     eax, SYS_NULL
        PROBE   null_call
        syscall
        PROBE   null_return
        dec     ebx
        jnz     .next
        TIME
        sub     rax, r13
        PROBE   bench_end
        mov     rbp, rax
        lea     rdi, [rel text_null]
        call    say_text
        jmp     client_say_count

; edi = handle, esi = space: time calls without words and say so
client_calls_0:
        mov     r12d, edi
        mov     ebp, esi
        mov     edi, EXPERIMENT_CALL
        xor     edx, edx
        PROBE   bench_begin, rdi, rsi, rdx
        CALLS   0
        PROBE   bench_end
        xor     ecx, ecx
        lea     rdi, [rel text_same_0]
        lea     rsi, [rel text_cross_0]
        jmp     client_report

; edi = handle, esi = space: time calls with four words and say so
client_calls_4:
        mov     r12d, edi
        mov     ebp, esi
        mov     edi, EXPERIMENT_CALL
        mov     edx, WORDS_SHORT
        PROBE   bench_begin, rdi, rsi, rdx
        CALLS   WORDS_SHORT
        PROBE   bench_end
        mov     ecx, WORD_0 + WORD_1 + WORD_2 + WORD_3
        lea     rdi, [rel text_same_4]
        lea     rsi, [rel text_cross_4]

; rdi, rsi = text for the same and another space, ebp = space, rax = counts,
; r14 = last status, r15 = sum of the last words, ecx = what it should be
client_report:
        test    ebp, ebp
        cmovnz  rdi, rsi
        mov     rbp, rax
        test    r14, r14
        jnz     client_failed
        cmp     r15, rcx
        jne     client_failed
        call    say_text
; rbp = counts
client_say_count:
        mov     rdi, rbp
        call    say_number
        lea     rdi, [rel text_end]
        jmp     say_text
client_failed:
        lea     rdi, [rel text_failed]
        jmp     say_text

%include "user/client_signals.inc"
%include "user/say.inc"

section .rodata.client
align TEXT_BLOCK, 0
text_null:
        db      "null call: 64 times, instructions ", 0
        align   TEXT_BLOCK, 0
text_same_0:
        db      "ping-pong: same space, 0 words, 64 round trips, instructions ", 0
        align   TEXT_BLOCK, 0
text_same_4:
        db      "ping-pong: same space, 4 words, 64 round trips, instructions ", 0
        align   TEXT_BLOCK, 0
text_cross_0:
        db      "ping-pong: cross space, 0 words, 64 round trips, instructions ", 0
        align   TEXT_BLOCK, 0
text_cross_4:
        db      "ping-pong: cross space, 4 words, 64 round trips, instructions ", 0
        align   TEXT_BLOCK, 0
text_end:
        db      10, 0
        align   TEXT_BLOCK, 0
text_failed:
        db      "ping-pong: wrong answer", 10, 0
        align   TEXT_BLOCK, 0

%assert BENCH_ROUNDS == 64, "the texts say 64"
