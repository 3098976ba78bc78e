; Submission and completion rings between a client and a server on another CPU that sleeps in HLT
; when it has nothing to do. BATCH entries are submitted at a time; FLAG: the client rings the
; doorbell only if the server says that it sleeps, else for each entry.

%include "stand/stand.inc"

ENTRIES         equ     64
SUBMIT_PUT      equ     0
SUBMIT_TAKE     equ     STAND_LINE
COMPLETE_PUT    equ     STAND_LINE * 2
SLEEPS          equ     STAND_LINE * 3          ; the server waits for the doorbell
SUBMITTED       equ     PAGE_SIZE               ; entries of a line
COMPLETED       equ     PAGE_SIZE * 3           ; entries of 16 bytes
SUBMIT_SHIFT    equ     6
COMPLETE_SHIFT  equ     4
ENTRY_RESULT    equ     8
DOORBELL        equ     0x40                    ; vector
SERVER_CPU      equ     1
%assert SUBMITTED + (ENTRIES << SUBMIT_SHIFT) <= COMPLETED, "entries fit"

section .text

; -----------------------------------------------------------------------------
; workload_cpu - submit ROUNDS batches and wait for their completions, or serve them
;
;   in        edi = CPU
;   out       each request was answered
;   clobbers  everything
;   needs     called on two CPUs
;   probe     the trial, the operation: a batch from its first entry to its last completion; the
;             control arm; requests are counted, doorbells and sleeps tallied
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     r12d, edi
        lea     rbx, [rel rings]
        xor     r14d, r14d
        mov     r13d, ROUNDS
        test    edi, edi
        jnz     .others
        mov     edi, DOORBELL
        lea     rsi, [rel doorbell]
        call    stand_gate
.others:
        BARRIER
        test    r12d, r12d
        jnz     serve
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
        mov     r15d, BATCH
.submit:
        mov     eax, r14d
        and     eax, ENTRIES - 1
        shl     eax, SUBMIT_SHIFT
        mov     [rbx + rax + SUBMITTED], r14
        inc     r14d
        mov     [rbx + SUBMIT_PUT], r14d
%if FLAG == 0
        call    ring_doorbell
%endif
        dec     r15d
        jnz     .submit
%if FLAG
        mfence                                  ; the entries before the look at the flag
        cmp     dword [rbx + SLEEPS], 0
        je      .awake
        call    ring_doorbell
.awake:
%endif
.wait:
        cmp     [rbx + COMPLETE_PUT], r14d
        je      .completed
        pause
        jmp     .wait
.completed:
        OP_END
        lea     eax, [r14 - 1]
        mov     ecx, eax
        and     ecx, ENTRIES - 1
        shl     ecx, COMPLETE_SHIFT
        cmp     [rbx + rcx + COMPLETED + ENTRY_RESULT], eax
        CHECK   e, answered
        CONTROL
        dec     r13d
        jnz     .next
        mov     eax, ROUNDS * BATCH
        COUNT   requests, rax
        TRIAL_END
        ret

; Wakes the server. Clobbers rax.
ring_doorbell:
        TALLY   doorbells
        mov     eax, LAPIC_BASE
        mov     dword [rax + LAPIC_COMMAND_TO], SERVER_CPU << LAPIC_TO_SHIFT
        mov     dword [rax + LAPIC_COMMAND], LAPIC_ASSERT | DOORBELL
.pending:
        test    dword [rax + LAPIC_COMMAND], LAPIC_PENDING
        jnz     .pending
        ret

; Serves until all requests are answered.
serve:
        xor     r14d, r14d
.next:
        cmp     [rbx + SUBMIT_PUT], r14d
        je      .nothing
        mov     eax, r14d
        and     eax, ENTRIES - 1
        mov     ecx, eax
        shl     eax, SUBMIT_SHIFT
        mov     rdx, [rbx + rax + SUBMITTED]
        shl     ecx, COMPLETE_SHIFT
        mov     [rbx + rcx + COMPLETED + ENTRY_RESULT], rdx
        inc     r14d
        mov     [rbx + SUBMIT_TAKE], r14d
        mov     [rbx + COMPLETE_PUT], r14d
        cmp     r14d, ROUNDS * BATCH
        jb      .next
        sti                                     ; doorbells that are under way
        nop
        cli
        ret
.nothing:
        mov     dword [rbx + SLEEPS], 1
        mfence                                  ; the flag before the look at the ring
        cmp     [rbx + SUBMIT_PUT], r14d
        jne     .found
        sti
        hlt
        cli
.found:
        mov     dword [rbx + SLEEPS], 0
        jmp     .next

; The doorbell's handler: there is nothing to do but to be awake.
doorbell:
        push    rax
        mov     eax, LAPIC_BASE
        mov     dword [rax + LAPIC_EOI], 0
        pop     rax
        iretq

section .bss
align PAGE_SIZE
rings:
        resb    COMPLETED + (ENTRIES << COMPLETE_SHIFT)
