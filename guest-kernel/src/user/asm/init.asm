; The first program: it runs everything else in order and ends the machine.

%include "abi/calls.inc"
%include "abi/user.inc"

SLEEP_TICKS     equ     2

section .text.init

; -----------------------------------------------------------------------------
; init_main - the first program's only thread
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: exit value 0, or 1 when somebody did not behave as due
;   clobbers  everything
;   needs     the handles of init in FirstTasks
;   probe     none
; -----------------------------------------------------------------------------
global  init_main
init_main:
        lea     rdi, [rel text_hello]
        call    say_text
        mov     edi, HANDLE_CLIENT
        call    init_call
        test    rax, rax
        jnz     init_failed
        mov     edi, HANDLE_CASES
        call    init_cases
        mov     edi, HANDLE_OBJECTS
        call    init_cases
        mov     edi, HANDLE_PAGING
        call    init_cases
        mov     edi, HANDLE_SMP
        call    init_cases
        mov     edi, HANDLE_IPC
        call    init_cases

; Each rogue dies in the middle of our call; calling it again finds its endpoint closed.
        xor     ebx, ebx
.next_rogue:
        lea     edi, [rbx + HANDLE_ROGUES]
        call    init_call
        cmp     rax, STATUS_DEAD
        jne     init_failed
        lea     edi, [rbx + HANDLE_ROGUES]
        call    init_call
        cmp     rax, STATUS_DEAD
        jne     init_failed
        inc     ebx
        cmp     ebx, ROGUE_COUNT
        jb      .next_rogue
        lea     rdi, [rel text_rogues]
        call    say_text

        CALL_TICKS
        mov     rbx, rdi
        CALL_SLEEP SLEEP_TICKS
        CALL_TICKS
        sub     rdi, rbx
        mov     rbx, rdi
        lea     rdi, [rel text_ticks]
        call    say_text
        mov     rdi, rbx
        call    say_number
        lea     rdi, [rel text_done]
        call    say_text
        CALL_EXIT 0
        ud2

; edi = handle: call without words; out: what the call returns
init_call:
        mov     eax, SYS_CALL
        xor     esi, esi
        syscall
        ret

; edi = handle: let a program run its cases; returns if none failed
init_cases:
        mov     eax, SYS_SEND
        xor     esi, esi
        syscall
        mov     eax, SYS_RECV
        mov     edi, HANDLE_REPORT
        xor     esi, esi
        syscall
        or      rax, rdx
        jnz     init_failed
        ret

init_failed:
        lea     rdi, [rel text_failed]
        call    say_text
        CALL_EXIT 1
        ud2

%include "user/say.inc"

section .rodata.init
align TEXT_BLOCK, 0
text_hello:
        db      "init: hello through the console server", 10, 0
        align   TEXT_BLOCK, 0
text_rogues:
        db      "init: the rogues are dead, their callers know", 10, 0
        align   TEXT_BLOCK, 0
text_ticks:
        db      "ticks of sleep: ", 0
        align   TEXT_BLOCK, 0
text_done:
        db      10, "bantam: done", 10, 0
        align   TEXT_BLOCK, 0
text_failed:
        db      "init: somebody did not behave as due", 10, 0
        align   TEXT_BLOCK, 0
