; The file server's library is handed small messages, and how many bytes go both ways is counted.

%include "stand/user.inc"
%include "abi/ninep.inc"

STORE_FILES     equ     8
STORE_BYTES     equ     0x2000
ROOM            equ     0x200
NAME_AT         equ     NINEP_HEADER + 2 + NinePStat_size

section .text

; Hands a message to the server; out: eax = bytes of the reply, of the kind that is due.
%macro SERVE message
        lea     rdi, [rel session]
        lea     rsi, [rel message_%{message}]
        mov     edx, [rsi]
        lea     rcx, [rel reply]
        mov     r8d, ROOM
        call    ninep_serve
%endmacro

%macro EXPECT message
        movzx   ecx, byte [rel message_%{message} + NINEP_TYPE_AT]
        inc     ecx
        cmp     [rel reply + NINEP_TYPE_AT], cl
        CHECK   e, %{message}_answered
%endmacro

; Measures a message; a Twalk goes before each, so that there is something to clunk.
%macro MEASURE message, type
        mov     ebx, ROUNDS
        TRIAL   %type, 0, 0
%%next:
%if %type != NINEP_TVERSION
        SERVE   walk
        EXPECT  walk
%endif
        OP_BEGIN
        SERVE   %message
        OP_END
        mov     r12d, eax
        EXPECT  %message
        CONTROL
%if %type == NINEP_TSTAT
        SERVE   clunk
        EXPECT  clunk
%endif
        dec     ebx
        jnz     %%next
        mov     eax, [rel message_%{message}]
        COUNT   request, rax
        COUNT   reply, r12
%if %type == NINEP_TSTAT
        movzx   eax, word [rel reply_name]
%else
        xor     eax, eax
%endif
        COUNT   name, rax
        TRIAL_END
%endmacro

; -----------------------------------------------------------------------------
; workload_main - measure each message
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     Bantam's program ninep in memory
;   probe     the trials, the operation, the control arm, counts of bytes
; -----------------------------------------------------------------------------
global  workload_main
workload_main:
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
        mov     dword [rdi + NinePSession_msize_limit], ROOM
        MEASURE version, NINEP_TVERSION
        SERVE   attach
        EXPECT  attach
        MEASURE clunk, NINEP_TCLUNK
        MEASURE stat, NINEP_TSTAT
        CALL_EXIT 0

section .rodata
message_version:
        dd      NINEP_HEADER + 4 + 2 + 6
        db      NINEP_TVERSION
        dw      0xffff
        dd      ROOM
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
message_walk:
        dd      NINEP_HEADER + 8 + 2
        db      NINEP_TWALK
        dw      0
        dd      0, 1
        dw      0
message_clunk:
        dd      NINEP_HEADER + 4
        db      NINEP_TCLUNK
        dw      0
        dd      1
message_stat:
        dd      NINEP_HEADER + 4
        db      NINEP_TSTAT
        dw      0
        dd      1

section .bss
align STAND_LINE
store:
        resb    STORE_BYTES
session:
        resb    NinePSession_size
reply:
        resb    NAME_AT
reply_name:
        resb    ROOM - NAME_AT
