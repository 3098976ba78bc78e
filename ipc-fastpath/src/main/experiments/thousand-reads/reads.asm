; A client that makes a file and reads it READS times, BATCH requests in shared memory a call.

%include "stand/user.inc"
%include "slots.inc"

DATA_BYTES      equ     128                     ; of a read
DATA_BYTE       equ     'a'                     ; each of them
TREAD_BYTES     equ     NINEP_HEADER + 16
RREAD_COUNT_AT  equ     NINEP_HEADER

section .text

; Sends a message of the set-up and expects an answer of its kind. Clobbers what a call does.
%macro SET_UP message
        lea     rsi, [rel message_%{message}]
        lea     rdi, [rel slots]
        mov     ecx, [rsi]
        rep movsb
        xor     edx, edx
        mov     r8d, 1
        CALL_CALL HANDLE_FILES, 2
        movzx   eax, byte [rel message_%{message} + NINEP_TYPE_AT]
        inc     eax
        cmp     [rel slots + SLOT_REPLY + NINEP_TYPE_AT], al
        CHECK   e, %{message}_answered
%endmacro

; -----------------------------------------------------------------------------
; client_main - ROUNDS times READS reads
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     HANDLE_FILES to send
;   probe     the trial, the operation, the control arm, each call's two ends, counts of
;             series, calls, switches
;
;   r12 = read   r13 = of this call   r14 = calls   r15 = slots   rbp = bytes that came
; -----------------------------------------------------------------------------
global  client_main
client_main:
        SET_UP  version
        SET_UP  attach
        SET_UP  create
        SET_UP  write
        lea     r15, [rel slots]
        mov     ebx, BATCH
.prepare:
        mov     rdi, r15
        lea     rsi, [rel message_read]
        mov     ecx, TREAD_BYTES
        rep movsb
        add     r15, SLOT_BYTES
        dec     ebx
        jnz     .prepare
        mov     ebx, ROUNDS
        xor     r14d, r14d
        mov     [rel replies], r14
        lea     r15, [rel slots]
        TRIAL   0, 0, 0
.next:
        xor     r12d, r12d
        xor     ebp, ebp
        OP_BEGIN
.fill:
        xor     r13d, r13d
        mov     rdi, r15
.put:
        mov     [rdi + NINEP_TAG_AT], r12w
        add     rdi, SLOT_BYTES
        inc     r12d
        inc     r13d
        cmp     r12d, READS
        je      .tell
        cmp     r13d, BATCH
        jb      .put
.tell:
        inc     r14d
        xor     edx, edx
        mov     r8d, r13d
        mov     edi, HANDLE_FILES
        mov     esi, 2
        mov     eax, SYS_CALL
        PROBE   call_begin, rsp
        syscall
        PROBE   answer_there, rsp
        mov     rdi, r15
.take:
        cmp     byte [rdi + SLOT_REPLY + NINEP_TYPE_AT], NINEP_TREAD + 1
        CHECK   e, read_answered
        add     ebp, [rdi + SLOT_REPLY + RREAD_COUNT_AT]
        add     rdi, SLOT_BYTES
        dec     r13d
        jnz     .take
        cmp     r12d, READS
        jb      .fill
        OP_END
        CONTROL
        cmp     ebp, READS * DATA_BYTES
        CHECK   e, all_bytes_came
        dec     ebx
        jnz     .next
        mov     eax, ROUNDS
        COUNT   series, rax
        COUNT   calls, r14
        add     r14, [rel replies]
        COUNT   switches, r14
        TRIAL_END
        CALL_EXIT 0

section .rodata
message_version:
        dd      NINEP_HEADER + 4 + 2 + 6
        db      NINEP_TVERSION
        dw      0xffff
        dd      NINEP_LEAST_MSIZE
        dw      6
        db      "9P2000"
message_attach:
        dd      NINEP_HEADER + 8 + 2 + 4 + 2
        db      NINEP_TATTACH
        dw      0
        dd      0, NINEP_NOFID
        dw      4
        db      "user"
        dw      0
message_create:
        dd      NINEP_HEADER + 4 + 2 + 4 + 4 + 1
        db      NINEP_TCREATE
        dw      0
        dd      0
        dw      4
        db      "file"
        dd      NINEP_FILE_INHERITS
        db      NINEP_ORDWR
message_write:
        dd      NINEP_HEADER + 16 + DATA_BYTES
        db      NINEP_TWRITE
        dw      0
        dd      0
        dq      0
        dd      DATA_BYTES
        fill    DATA_BYTES, DATA_BYTE
message_read:
        dd      TREAD_BYTES
        db      NINEP_TREAD
        dw      0
        dd      0
        dq      0
        dd      DATA_BYTES
