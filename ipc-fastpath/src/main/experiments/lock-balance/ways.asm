; Ways into the kernel and out of it, one after the other.

%include "stand/user.inc"

HANDLE_SERVICE_WORK     equ     2
HANDLE_QUIET            equ     3
HANDLE_NOTHING          equ     9
NO_CALL                 equ     9999
WAYS                    equ     7

section .text.work

; -----------------------------------------------------------------------------
; client_main - go each way ROUNDS times
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_SERVICE_WORK to send, HANDLE_QUIET to receive
;   probe     the trial, the operation, entries
; -----------------------------------------------------------------------------
global  client_main
client_main:
        xor     ebx, ebx
.way:
        xor     ebp, ebp
        TRIAL   rbx, 0, 0
.next:
        lea     rcx, [rel calls]
        mov     eax, ebx
        shl     eax, CALL_SHIFT
        add     rcx, rax
        mov     eax, [rcx + CALL_NUMBER]
        mov     edi, [rcx + CALL_HANDLE]
        mov     esi, [rcx + CALL_TAG]
        OP_BEGIN
        syscall
        OP_END
        inc     ebp
        cmp     ebp, ROUNDS
        jb      .next
        lea     rcx, [rel calls]
        mov     edx, ebx
        shl     edx, CALL_SHIFT
        cmp     eax, [rcx + rdx + CALL_STATUS]
        CHECK   e, as_expected
        mov     eax, [rcx + rdx + CALL_ENTRIES]
        imul    eax, eax, ROUNDS
        COUNT   entries, rax
        TRIAL_END
        inc     ebx
        cmp     ebx, WAYS
        jb      .way
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer whoever calls
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_SERVICE_WORK to receive
;   probe     none
; -----------------------------------------------------------------------------
global  server_main
server_main:
        CALL_RECV HANDLE_SERVICE_WORK, 0
.next:
        CALL_REPLY_RECV HANDLE_SERVICE_WORK, 0
        jmp     .next

; A call: what it is, its status, and how often an operation enters the kernel.
CALL_NUMBER     equ     0
CALL_HANDLE     equ     4
CALL_TAG        equ     8
CALL_STATUS     equ     12
CALL_ENTRIES    equ     16
CALL_SHIFT      equ     5

%macro CALL number, handle, tag, status, entries
        dd      %number, %handle, %tag, %status, %entries, 0, 0, 0
%endmacro

section .rodata.work
align 8
calls:
        CALL    NO_CALL, 0, 0, STATUS_NUMBER, 1
        CALL    SYS_CALL, HANDLE_NOTHING, 0, STATUS_HANDLE, 1
        CALL    SYS_CALL, HANDLE_SERVICE_WORK, 0, STATUS_OK, 2
        CALL    SYS_CALL, HANDLE_SERVICE_WORK, WORDS_LONG, STATUS_OK, 2
        CALL    SYS_YIELD, 0, 0, STATUS_OK, 1
        CALL    SYS_RECV, HANDLE_QUIET, TAG_NO_WAIT, STATUS_WOULD_WAIT, 1
        CALL    SYS_SIGNAL, HANDLE_NOTHING, 0, STATUS_HANDLE, 1
