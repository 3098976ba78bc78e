; The RAM file server as a process that is called: word 0 says which slot is the first, word 1
; how many there are.

%include "stand/user.inc"
%include "slots.inc"

STORE_FILES     equ     2
STORE_BYTES     equ     1792

section .text

; -----------------------------------------------------------------------------
; file_server_main - answer requests in shared slots
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_FILES to receive, Bantam's program ninep in memory
;   probe     service_begin, service_end around each request; request_there, reply_begin around
;             all that were called for
;
;   r12 = slot   r13 = how many are left
; -----------------------------------------------------------------------------
global  file_server_main
file_server_main:
        lea     rdi, [rel store]
        mov     esi, STORE_BYTES
        mov     edx, STORE_FILES
        xor     ecx, ecx
        call    ninep_format
        test    eax, eax
        CHECK   nz, store_formatted
        lea     rdi, [rel session]
        lea     rax, [rel store]
        mov     [rdi + NinePSession_store], rax
        mov     dword [rdi + NinePSession_msize_limit], NINEP_LEAST_MSIZE
        CALL_RECV HANDLE_FILES, 0
.next:
        PROBE   request_there, rsp
        imul    r12, rdx, SLOT_BYTES
        lea     rax, [rel slots]
        add     r12, rax
        mov     r13, r8
.serve:
        lea     rdi, [rel session]
        mov     rsi, r12
        lea     rcx, [r12 + SLOT_REPLY]
        mov     r8d, SLOT_ROOM
        PROBE   service_begin, rsp
        mov     edx, [rsi]
        call    ninep_serve
        PROBE   service_end, rsp
        test    eax, eax
        CHECK   nz, request_is_one
        add     r12, SLOT_BYTES
        dec     r13
        jnz     .serve
        inc     qword [rel replies]
        mov     edi, HANDLE_FILES
        xor     esi, esi
        mov     eax, SYS_REPLY_RECV
        PROBE   reply_begin, rsp
        syscall
        jmp     .next

section .bss
align STAND_LINE
; -----------------------------------------------------------------------------
; slots - requests and replies; replies: how often the server answered
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  slots
slots:
        resb    SLOT_BYTES * SLOT_COUNT
global  replies
replies:
        resb    8
align STAND_LINE
store:
        resb    STORE_BYTES
session:
        resb    NinePSession_size
