; Shared rings, one case each: what one process alone can see, then messages between two
; processes, on one CPU and on two if there are, and a peer that lies. A ring lies at the
; end of its page, and nothing is mapped behind: whoever reads too far ends.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/calls.inc"
%include "user/case.inc"
%include "user/system.inc"

; What a case makes, in both processes.
SLOT_MEMORY     equ     16
SLOT_FILLED     equ     17                      ; the reader's notification
SLOT_EMPTIED    equ     18                      ; the writer's notification

RING_SLOTS      equ     4
PLACE           equ     0x20000000
PEER_PLACE      equ     0x30000000
RING_AT         equ     PAGE_SIZE - Ring_size - RING_SLOTS * RING_SLOT

MESSAGES        equ     200
STEP            equ     0x10001                 ; from one word of a message to the next
SHORT           equ     1

; What the peer does.
JOB_READ        equ     RING_READER
JOB_WRITE       equ     RING_WRITER
JOB_LIE         equ     2

; A case whose code may use rbx and rbp, and has the ring.
%macro CASE label
%label:
        push    rbx
        push    rbp
        call    make_ring
        test    rax, rax
        jnz     %%failed
        call    %%case
        jmp     %%done
%%failed:
        xor     eax, eax
%%done:
        pop     rbp
        pop     rbx
        ret
%%case:
%endmacro

; Do something with an end, and expect a status; the message is rings_message.
%macro RING_DO routine, end, status
        lea     rdi, [rel %end]
        lea     rsi, [rel rings_message]
        call    %routine
        EXPECT  rax, %status
%endmacro

%macro RING_WAITS end, ticks, status
        lea     rdi, [rel %end]
        mov     esi, %ticks
        call    ring_wait
        EXPECT  rax, %status
%endmacro

section .text.rings

; -----------------------------------------------------------------------------
; rings_main - run all cases once, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends the number of failed cases to HANDLE_REPORT
;   clobbers  everything
;   needs     the handles of rings in FirstTasks
;   probe     ring_push (rdi = RingEnd, rax = index), ring_pop (the same),
;             ring_wait (rbx = RingEnd)
; -----------------------------------------------------------------------------
global  rings_main
rings_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        lea     rbx, [rel rings_table]
        lea     rsi, [rel rings_table_end]
        call    run_cases
        mov     edx, ebp
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        jmp     rings_main

; A new ring of RING_SLOTS, both ends ours. Out: rax = 0 if all went well
make_ring:
        push    rbx
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_FILLED, 0
        mov     rbx, rax
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_EMPTIED, 0
        or      rbx, rax
        SYSTEM  SYS_MEMORY_CREATE, SLOT_MEMORY, 1, 0
        or      rbx, rax
        MAP     SLOT_MEMORY, HANDLE_SELF, PLACE, 0, 1, ACCESS_WRITE
        or      rbx, rax
        mov     ecx, RING_READER
        mov     esi, PLACE + RING_AT
        lea     rdi, [rel rings_reader]
        call    open_end
        or      rbx, rax
        mov     ecx, RING_WRITER
        mov     esi, PLACE + RING_AT
        lea     rdi, [rel rings_writer]
        call    open_end
        or      rax, rbx
        pop     rbx
        ret

; rdi = RingEnd, rsi = Ring, ecx = side: open it with RING_SLOTS and the notifications
open_end:
        mov     edx, RING_SLOTS
        mov     r8d, SLOT_FILLED
        mov     r9d, SLOT_EMPTIED
        cmp     ecx, RING_READER
        je      ring_open
        xchg    r8d, r9d
        jmp     ring_open

; After each case: the ring is gone, for the peer too.
case_after:
        push    rbx
        mov     ebx, SLOT_MEMORY
.next:
        OPERATE SYS_HANDLE_REVOKE, ebx, 0
        OPERATE SYS_HANDLE_CLOSE, ebx, 0
        inc     ebx
        cmp     ebx, SLOT_EMPTIED
        jbe     .next
        pop     rbx
        ret

%include "user/run_cases.inc"
%include "user/ring.inc"
%include "user/rings_alone.inc"
%include "user/rings_two.inc"
%include "user/rings_peer.inc"
%include "user/say.inc"

section .rodata.rings
%include "user/case_texts.inc"
align 8
rings_table:
        dq      case_full, text_full
        dq      case_over, text_over
        dq      case_timeout, text_timeout
        dq      case_refused, text_refused
        dq      case_bad_tail, text_bad_tail
        dq      case_bad_head, text_bad_head
        dq      case_to_peer, text_to_peer
        dq      case_from_peer, text_from_peer
        dq      case_to_cpu, text_to_cpu
        dq      case_from_cpu, text_from_cpu
        dq      case_liar, text_liar
rings_table_end:

%macro TEXT label, text
        align   TEXT_BLOCK, 0
%label:
        db      %text, 0
%endmacro

        TEXT    text_full, "a ring takes as many messages as it has slots"
        TEXT    text_over, "a ring's indices run over"
        TEXT    text_timeout, "a wait for a ring ends by its time"
        TEXT    text_refused, "rings whose slots are no power of two, or too many"
        TEXT    text_bad_tail, "a reader believes no index that cannot be"
        TEXT    text_bad_head, "a writer believes no index that cannot be"
        TEXT    text_to_peer, "messages go through a ring to another process"
        TEXT    text_from_peer, "messages come through a ring from another process"
        TEXT    text_to_cpu, "messages go through a ring to the last CPU"
        TEXT    text_from_cpu, "messages come through a ring from the last CPU"
        TEXT    text_liar, "whoever waits for a peer that lies learns it"
align TEXT_BLOCK, 0

section .bss.rings
align RING_SLOT
rings_message:
        resb    RING_SLOT
rings_reader:
        resb    RingEnd_size
rings_writer:
        resb    RingEnd_size
