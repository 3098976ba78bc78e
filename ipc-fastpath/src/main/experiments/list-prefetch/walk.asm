; A walk over a list of NODES lines, 16 of them at a time.

%include "stand/stand.inc"

NODE_NEXT       equ     0
NODE_VALUE      equ     8
NODE_SHIFT      equ     6                       ; a line each
; Where the list is when the walk begins: PLACE.
PLACE_L1        equ     1
PLACE_L2        equ     2
PLACE_L3        equ     3
PLACE_MEMORY    equ     4
%if PLACE == PLACE_L1
NODES           equ     128
%elif PLACE == PLACE_L2
NODES           equ     4096
%elif PLACE == PLACE_L3
NODES           equ     65536
%else
NODES           equ     1024
%endif
SPREAD_SHIFT    equ     8                       ; log2 from one node to the next of a list that no cache has
STEPS           equ     16                      ; nodes of an operation
; The next node's number is this one's times MULTIPLIER plus INCREMENT: with one more than a multiple
; of four and an odd number all are met before one comes again (Hull and Dobell, 1962).
MULTIPLIER      equ     1021
INCREMENT       equ     411

section .text

; -----------------------------------------------------------------------------
; workload_cpu - make the list, and walk
;
;   in        edi = CPU
;   out       STEPS * ROUNDS nodes were met
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rbx, [rel nodes]
%if PLACE != PLACE_MEMORY
        xor     ecx, ecx
.make:
        imul    eax, ecx, MULTIPLIER
        add     eax, INCREMENT
        and     eax, NODES - 1
        shl     eax, NODE_SHIFT
        add     rax, rbx
        mov     edx, ecx
        shl     edx, NODE_SHIFT
        mov     [rbx + rdx + NODE_NEXT], rax
        mov     [rbx + rdx + NODE_VALUE], rcx
        inc     ecx
        cmp     ecx, NODES
        jb      .make
%endif
        mov     r12d, ROUNDS
        xor     r14d, r14d
        TRIAL   0, 0, 0
.next:
        mov     r13d, STEPS
        OP_BEGIN
.walk:
%if HINT
        mov     rax, [rbx + NODE_NEXT]
        prefetcht0 [rax]
%endif
%if TOUCH
        mov     rax, [rbx + NODE_NEXT]
        mov     rcx, [rax + NODE_VALUE]
%endif
        add     r14, [rbx + NODE_VALUE]
%rep WORK
        add     r14, 1
%endrep
        mov     rbx, [rbx + NODE_NEXT]
        dec     r13d
        jnz     .walk
        OP_END
        CONTROL
        dec     r12d
        jnz     .next
        TRIAL_END
        mov     ecx, STEPS * ROUNDS
        lea     rdx, [rel nodes]
.again:
        sub     r14, [rdx + NODE_VALUE]
        sub     r14, WORK
        mov     rdx, [rdx + NODE_NEXT]
        dec     ecx
        jnz     .again
        test    r14, r14
        CHECK   z, every_node_was_met
        ret

%if PLACE == PLACE_MEMORY
; In the image: nobody has touched it before the walk.
section .data
align PAGE_SIZE
nodes:
%rep NODES, i
        dq      nodes + (((%i * MULTIPLIER + INCREMENT) & (NODES - 1)) << SPREAD_SHIFT)
        dq      %i
        fill    (1 << SPREAD_SHIFT) - NODE_VALUE - NODE_VALUE, 0
%endrep
%else
section .bss
align PAGE_SIZE
nodes:
        resb    NODES << NODE_SHIFT
%endif
