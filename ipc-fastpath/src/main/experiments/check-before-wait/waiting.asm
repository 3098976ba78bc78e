; Two threads and two words: the client counts requests in one, the server answers in the
; other. LOOKS says whether the client looks before it calls the kernel to wait.

%include "stand/user.inc"

SLOT_MEMORY     equ     2
PLACE           equ     0x20000000              ; where the words lie: futexes are of memory objects
PLACE_REQUEST   equ     PLACE
PLACE_ANSWER    equ     PLACE + STAND_LINE

section .text

; -----------------------------------------------------------------------------
; client_main - ROUNDS requests
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     nothing
;   probe     the trial, the operation, the control arm, counts of calls and of waits
;
;   r12 = request   r13 = calls to wait   r14 = of them, waits
; -----------------------------------------------------------------------------
global  client_main
client_main:
        CALL_MEMORY_CREATE SLOT_MEMORY, 1
        test    rax, rax
        CHECK   z, memory_made
        CALL_MEMORY_MAP SLOT_MEMORY, HANDLE_SELF, PLACE, 0, 1, RIGHT_MAP_READ | RIGHT_MAP_WRITE
        test    rax, rax
        CHECK   z, memory_mapped
        mov     dword [rel mapped], 1
.settle:
        CALL_YIELD
        cmp     dword [rel settled], 0
        je      .settle
        mov     ebx, ROUNDS
        xor     r12d, r12d
        xor     r13d, r13d
        xor     r14d, r14d
        mov     ebp, PLACE
        TRIAL   0, 0, 0
.next:
        inc     r12d
        OP_BEGIN
        mov     [rbp], r12d
        CALL_FUTEX_WAKE rbp, 1
%if WORK
        mov     ecx, WORK
.work:
        dec     ecx
        jnz     .work
%endif
.wait:
%if LOOKS
        cmp     [rbp + PLACE_ANSWER - PLACE], r12d
        je      .there
%endif
        lea     esi, [r12d - 1]
        mov     edi, PLACE_ANSWER
        mov     eax, SYS_FUTEX_WAIT
        syscall
        inc     r13d
        cmp     rax, 1
        adc     r14d, 0
%if LOOKS
        jmp     .wait
%else
        cmp     [rbp + PLACE_ANSWER - PLACE], r12d
        jne     .wait
%endif
.there:
        OP_END
        CONTROL
        cmp     [rbp + PLACE_ANSWER - PLACE], r12d
        CHECK   e, answer_right
        dec     ebx
        jnz     .next
        COUNT   calls, r13
        COUNT   waits, r14
        TRIAL_END
        CALL_EXIT 0

; -----------------------------------------------------------------------------
; server_main - answer each request with its number
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     the client's memory, CPU 1 if OTHER
;   probe     none
; -----------------------------------------------------------------------------
global  server_main
server_main:
        CALL_YIELD
        cmp     dword [rel mapped], 0
        je      server_main
%if OTHER
        CALL_THREAD_AFFINITY HANDLE_SELF, 1
        test    rax, rax
        CHECK   z, moved
%endif
        mov     dword [rel settled], 1
        xor     r12d, r12d
        mov     ebp, PLACE
.wait:
        cmp     [rbp], r12d
        jne     .work
        CALL_FUTEX_WAIT rbp, r12
        jmp     .wait
.work:
        inc     r12d
        mov     [rbp + PLACE_ANSWER - PLACE], r12d
        lea     rdi, [rbp + PLACE_ANSWER - PLACE]
        mov     esi, 1
        mov     eax, SYS_FUTEX_WAKE
        syscall
        jmp     .wait

section .bss
align STAND_LINE
mapped:
        resb    4
settled:
        resb    4
