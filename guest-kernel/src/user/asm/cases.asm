; The rules of message passing, one case each: what a program may rely on whichever
; path the kernel takes. Every variant of the kernel must give the same lines.
; Two kinds of cases: those that a fast path must decline, and those it may take.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "user/case.inc"

; Commands to the helpers, in word 0.
ASK_ANSWER      equ     0                       ; all: just answer
ASK_ABANDON     equ     1                       ; late: receive instead of answering
ASK_LOG         equ     2                       ; low, middle: write the own letter
ASK_NEST        equ     3                       ; low: call high, which wakes middle
ASK_QUEUE       equ     4                       ; low, middle: queue on HANDLE_DONE
ASK_GARBAGE     equ     5                       ; high: answer no words, registers full
ASK_WAKE        equ     6                       ; high: make middle ready, then answer

LETTER_BITS     equ     8
GARBAGE         equ     0x6761726261676521

; Write a letter behind those that are there.
%macro LOG letter
        mov     rax, [rel cases_order]
        shl     rax, LETTER_BITS
        or      rax, %letter
        mov     [rel cases_order], rax
%endmacro

section .text.cases

; -----------------------------------------------------------------------------
; cases_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of cases in FirstTasks
;   probe     none
;
; Whoever starts it must not call: the cases receive, and would leave their caller.
; -----------------------------------------------------------------------------
global  cases_main
cases_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        lea     rbx, [rel cases_table]
        lea     rsi, [rel cases_table_end]
        call    run_cases
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     cases_main

; What is done after each case: nothing.
case_after:
        ret

%include "user/run_cases.inc"
%include "user/cases_refused.inc"
%include "user/cases_accepted.inc"
%include "user/cases_order.inc"
%include "user/cases_helpers.inc"
%include "user/say.inc"

section .rodata.cases
%include "user/case_texts.inc"
align 8
cases_table:
        dq      case_late, text_late
        dq      case_handle, text_handle
        dq      case_rights, text_rights
        dq      case_number, text_number
        dq      case_tag, text_tag
        dq      case_badge, text_badge
        dq      case_words, text_words
        dq      case_unsent, text_unsent
        dq      case_long, text_long
        dq      case_preserved, text_preserved
        dq      case_flags, text_flags
        dq      case_yield, text_yield
        dq      case_caller_lends, text_caller_lends
        dq      case_higher_than_caller, text_higher_than_caller
        dq      case_queue, text_queue
        dq      case_no_caller, text_no_caller
        dq      case_abandoned, text_abandoned
        dq      case_turns, text_turns
cases_table_end:

align TEXT_BLOCK, 0
text_late:
        db      "no receiver waits, so the caller does", 0
align TEXT_BLOCK, 0
text_handle:
        db      "a handle that names nothing", 0
align TEXT_BLOCK, 0
text_rights:
        db      "a handle without the right", 0
align TEXT_BLOCK, 0
text_number:
        db      "a system call that does not exist", 0
align TEXT_BLOCK, 0
text_tag:
        db      "too many words or unknown bits in a tag", 0
align TEXT_BLOCK, 0
text_badge:
        db      "the receiver sees the handle's badge", 0
align TEXT_BLOCK, 0
text_words:
        db      "0 to 4 words arrive, the rest is zero", 0
align TEXT_BLOCK, 0
text_unsent:
        db      "an answer without words leaks no register", 0
align TEXT_BLOCK, 0
text_long:
        db      "8 words arrive where they are accepted", 0
align TEXT_BLOCK, 0
text_preserved:
        db      "a call preserves registers", 0
align TEXT_BLOCK, 0
text_flags:
        db      "flags come back clean", 0
align TEXT_BLOCK, 0
text_yield:
        db      "yield, no ticks of sleep, send", 0
align TEXT_BLOCK, 0
text_caller_lends:
        db      "a server runs at its caller's priority", 0
align TEXT_BLOCK, 0
text_higher_than_caller:
        db      "a ready priority above the caller's runs first", 0
align TEXT_BLOCK, 0
text_queue:
        db      "senders queue in order", 0
align TEXT_BLOCK, 0
text_no_caller:
        db      "reply and receive with nobody to answer", 0
align TEXT_BLOCK, 0
text_abandoned:
        db      "a server that goes on without answering", 0
align TEXT_BLOCK, 0
text_turns:
        db      "the tick takes turns between equals", 0
align TEXT_BLOCK, 0

section .bss.cases
align WORD_SIZE
cases_order:
        resb    WORD_SIZE
cases_spinning:
        resb    2 * WORD_SIZE
