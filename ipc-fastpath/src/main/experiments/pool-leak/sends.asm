; A sender takes a page of a pool for each message and puts its number into a ring of few slots;
; nobody receives. CHECKED: it looks for room first, else it takes the page first.

%include "lib/message.inc"

PAGES           equ     64
CHECKED_BEFORE  equ     1

section .text

; -----------------------------------------------------------------------------
; workload_cpu - send ROUNDS messages to a ring of SLOTS
;
;   in        edi = CPU
;   out       nothing
;   clobbers  everything
;   needs     one CPU; ROUNDS <= PAGES
;   probe     the trial, the operation, the control arm; messages that were sent, that were
;             refused, and pages that nobody has are counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        lea     rdi, [rel ring]
        call    message_make
        mov     r12d, PAGES
        xor     r14d, r14d
        mov     r13d, ROUNDS
        TRIAL   0, 0, 0
.next:
        lea     rdi, [rel ring]
        OP_BEGIN
        call    send_with_pool
        OP_END
        add     r14, rax
        CONTROL
        dec     r13d
        jnz     .next
        COUNT   sent, r14
        mov     ecx, ROUNDS
        sub     rcx, r14
        COUNT   refused, rcx
        mov     ecx, PAGES
        sub     rcx, r12
        sub     rcx, r14
        COUNT   leaked, rcx
        TRIAL_END
        ret

; Sends in rdi a page from the pool, of which r12 are left. eax = 1, or 0 where that cannot be.
; Clobbers rcx, rdx, rsi, r8, r9, flags.
send_with_pool:
%if CHECKED == CHECKED_BEFORE
        mov     eax, [rdi + MESSAGE_PUT]
        mov     ecx, eax
        and     ecx, SLOTS - 1
        shl     ecx, SLOT_SHIFT
        cmp     [rdi + rcx + MESSAGE_SLOTS + SLOT_TURN], eax
        jne     .none
%endif
        test    r12d, r12d
        jz      .none
        dec     r12d
        lea     rsi, [rel descriptor]
        mov     [rsi], r12
        mov     ecx, 1 << WORD_SHIFT
        jmp     message_put
.none:
        xor     eax, eax
        ret

section .bss
align STAND_LINE
descriptor:
        resb    SLOT_BYTES
align PAGE_SIZE
ring:
        resb    MESSAGE_SLOTS + SLOTS * SLOT_BYTES
