; CPUs that put and take by a script, for schedules that somebody else chooses. A script is a
; number whose hexadecimal digits are what to do: 1 put, 2 take, from the last digit on. Who is
; done last does what LAST says, alone: what was left in the list is seen, too.

%include "lib/list.inc"

ACTOR_PUT       equ     1
ACTOR_TAKE      equ     2
ACTOR_DIGIT     equ     4                       ; bits of a script a step
ACTOR_STEP      equ     (1 << ACTOR_DIGIT) - 1
ACTOR_VALUES    equ     16                      ; values from one CPU's first to the next one's
SCRIPT_SHIFT    equ     3
%ifndef SCRIPT_2
SCRIPT_2        equ     0
%endif

section .text

; -----------------------------------------------------------------------------
; workload_cpu - do what the CPU's script says, on one list for all
;
;   in        edi = CPU
;   out       does not return: a CPU that is done halts
;   clobbers  everything
;   needs     called on all CPUs; CAPACITY, FILL, LAST and SCRIPT_0 to SCRIPT_2
;   probe     actor_begin once all are here; operation_begin: what, value; operation_end:
;             result, value; actor_end at the HLT of a CPU that is done
;
; FILL values, from 1 on, are there at the beginning.
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        test    edi, edi
        jnz     .made
        lea     rdi, [rel list]
        mov     esi, CAPACITY
        call    list_make
        xor     r13d, r13d
.fill:
        cmp     r13d, FILL
        jae     .made
        inc     r13d
        mov     esi, r13d
        lea     rdi, [rel list]
        call    list_put
        jmp     .fill
.made:
        BARRIER
        lea     rax, [rel scripts]
        mov     r13, [rax + r12 * (1 << SCRIPT_SHIFT)]
        lea     r14d, [r12 + 1]
        imul    r14d, r14d, ACTOR_VALUES
        PROBE   actor_begin, rsp
.next:
        mov     r15d, r13d
        and     r15d, ACTOR_STEP
        jz      .done
        shr     r13, ACTOR_DIGIT
        mov     rsi, r14
        inc     r14d
        lea     rdi, [rel list]
        PROBE   operation_begin, r15, rsi
        cmp     r15d, ACTOR_PUT
        jne     .take
        call    list_put
        jmp     .returned
.take:
        call    list_take
.returned:
        PROBE   operation_end, rax, rdx
        jmp     .next
.done:
        mov     eax, 1
        lock xadd [rel done], eax
        mov     r13, [rel last]
        cmp     eax, CPUS - 1
        je      .next
.stop:
        cli
        PROBE   actor_end, rsp
        hlt
        jmp     .stop

section .rodata
align 8
scripts:
        dq      SCRIPT_0, SCRIPT_1, SCRIPT_2
last:
        dq      LAST

section .bss
align PAGE_SIZE
global  list
list:
        resb    LIST_BYTES
align STAND_LINE
done:
        resb    4
