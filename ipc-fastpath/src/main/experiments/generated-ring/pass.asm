; A value goes into a list and out again, on one CPU. One trial measures the going in, one the
; coming out, each when all has been done once.

%include "lib/list.inc"

SIDE_PUT        equ     0
SIDE_TAKE       equ     1

section .text

; A routine in which ROUNDS values go in and out, with one side between the marks. Clobbers
; everything.
%macro ROUNDS_OF side, name
%{name}:
        mov     ebx, ROUNDS
.next:
        lea     rdi, [rel list]
        mov     rsi, rbx
%if %side == SIDE_PUT
        OP_BEGIN
        call    list_put
        OP_END
%else
        call    list_put
%endif
        test    eax, eax
        CHECK   nz, put
        lea     rdi, [rel list]
%if %side == SIDE_TAKE
        OP_BEGIN
        call    list_take
        OP_END
%else
        call    list_take
%endif
        test    eax, eax
        CHECK   nz, taken
        cmp     rdx, rbx
        CHECK   e, the_same
        CONTROL
        dec     ebx
        jnz     .next
        ret
%endmacro

; -----------------------------------------------------------------------------
; workload_cpu - put and take ROUNDS values, four times
;
;   in        nothing
;   out       each came out as it went in
;   clobbers  everything
;   needs     CAPACITY, a power of two
;   probe     the trials (0 puts, 1 takes), the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rdi, [rel list]
        mov     esi, CAPACITY
        call    list_make
        call    rounds_put
        TRIAL   SIDE_PUT, 0, 0
        call    rounds_put
        TRIAL_END
        call    rounds_take
        TRIAL   SIDE_TAKE, 0, 0
        call    rounds_take
        TRIAL_END
        ret

        ROUNDS_OF SIDE_PUT, rounds_put
        ROUNDS_OF SIDE_TAKE, rounds_take

section .bss
align PAGE_SIZE
global  list
list:
        resb    LIST_BYTES
