; A client that asks for something of three trees, and the servers of them: one program, whatever
; they serve. AT_ONCE trees are asked for in a call, of HANDLE_TREES and those HANDLE_STEP apart.

%include "stand/user.inc"

HANDLE_WORK     equ     2
TREES           equ     3
TREE_BYTES      equ     LINES * STAND_LINE

section .text

; -----------------------------------------------------------------------------
; client_main - ROUNDS times a request for each tree
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     handles from HANDLE_TREES on to send
;   probe     the trial, the operation, the control arm, the count of switches
;
;   r12 = tree   r13 = handle   r14 = calls   r15 = sum of answers
; -----------------------------------------------------------------------------
global  client_main
client_main:
        mov     ebx, ROUNDS
        xor     r14d, r14d
        TRIAL   0, 0, 0
.next:
        xor     r12d, r12d
        xor     r15d, r15d
        mov     r13d, HANDLE_TREES
        OP_BEGIN
.tree:
        mov     rdx, r12
        mov     r8d, AT_ONCE
        CALL_CALL r13, 2
        inc     r14
        add     r15, rdx
        add     r13, HANDLE_STEP
        add     r12d, AT_ONCE
        cmp     r12d, TREES
        jb      .tree
        OP_END
        CONTROL
        inc     dword [rel asked]
        imul    eax, [rel asked], TREES * LINES
        cmp     r15, rax
        CHECK   e, answers_right
        dec     ebx
        jnz     .next
        add     r14, [rel replies]
        COUNT   switches, r14
        TRIAL_END
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - count a request in each line of a tree, answer with the sum of what is there
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_WORK to receive; word 0 is the first tree, word 1 how many
;   probe     none
; -----------------------------------------------------------------------------
global  server_main
server_main:
        CALL_RECV HANDLE_WORK, 0
.next:
        imul    rdi, rdx, TREE_BYTES
        lea     rax, [rel trees]
        add     rdi, rax
        imul    rcx, r8, LINES
        xor     edx, edx
.line:
        inc     qword [rdi]
        add     rdx, [rdi]
        add     rdi, STAND_LINE
        dec     rcx
        jnz     .line
        inc     qword [rel replies]
        CALL_REPLY_RECV HANDLE_WORK, 1
        jmp     .next

section .bss
align STAND_LINE
trees:
        resb    TREES * TREE_BYTES
replies:
        resb    8
asked:
        resb    4
