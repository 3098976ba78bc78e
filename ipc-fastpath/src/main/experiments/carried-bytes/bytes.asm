; A client gives a server in another process some bytes and waits for the answer. METHOD: the
; kernel copies them from buffer to buffer; or they are copied into a ring in shared memory and
; the call only rings; or they were made in the ring.

%include "stand/user.inc"

METHOD_KERNEL   equ     0
METHOD_RING     equ     1
METHOD_PLACE    equ     2
HANDLE_SERVICE_WORK equ 2
SLOTS           equ     4
SLOT_SHIFT      equ     12
SHORTEST        equ     64
LONGEST         equ     4096
WORD_SHIFT      equ     3

section .text.work

; -----------------------------------------------------------------------------
; client_main - give the server ROUNDS messages of each length
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_SERVICE_WORK to send
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  client_main
client_main:
        mov     ebp, SHORTEST
        xor     ebx, ebx
.length:
        mov     dword [rel rounds], ROUNDS
        TRIAL   rbp, 0, 0
.next:
        inc     ebx
        mov     [rel sent], rbx
        call    slot
%if METHOD == METHOD_PLACE
        mov     [rax], rbx
%endif
        OP_BEGIN
%if METHOD == METHOD_KERNEL
        lea     r12, [rel sent]
        mov     r13, rbp
        CALL_CALL HANDLE_SERVICE_WORK, TAG_BUFFER
%else
%if METHOD == METHOD_RING
        mov     rdi, rax
        lea     rsi, [rel sent]
        mov     ecx, ebp
        shr     ecx, WORD_SHIFT
        rep movsq
%endif
        mov     [rel published], ebx
        CALL_CALL HANDLE_SERVICE_WORK, 0
%endif
        OP_END
        mov     r12, rax
        CONTROL
        test    r12, r12
        CHECK   z, answered
        dec     dword [rel rounds]
        jnz     .next
        TRIAL_END
        shl     ebp, 1
        cmp     ebp, LONGEST
        jbe     .length
        CALL_EXIT 0

; The slot of message rbx; rax = its address.
slot:
        mov     eax, ebx
        and     eax, SLOTS - 1
        shl     eax, SLOT_SHIFT
        lea     rcx, [rel ring]
        add     rax, rcx
        ret

; -----------------------------------------------------------------------------
; server_main - take each message and look at its first word
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
        xor     ebx, ebx
%if METHOD == METHOD_KERNEL
        lea     r14, [rel received]
        mov     r15d, LONGEST
        CALL_RECV HANDLE_SERVICE_WORK, TAG_ROOM
.next:
        inc     ebx
        cmp     [rel received], rbx
        CHECK   e, in_order
        lea     r14, [rel received]
        mov     r15d, LONGEST
        CALL_REPLY_RECV HANDLE_SERVICE_WORK, TAG_ROOM
%else
        CALL_RECV HANDLE_SERVICE_WORK, 0
.next:
        inc     ebx
        cmp     [rel published], ebx
        CHECK   e, published
        call    slot
        cmp     [rax], rbx
        CHECK   e, in_order
        CALL_REPLY_RECV HANDLE_SERVICE_WORK, 0
%endif
        jmp     .next

section .bss.work
align STAND_LINE
rounds:
        resb    STAND_LINE
published:
        resb    STAND_LINE
sent:
        resb    LONGEST
received:
        resb    LONGEST
ring:
        resb    SLOTS << SLOT_SHIFT
