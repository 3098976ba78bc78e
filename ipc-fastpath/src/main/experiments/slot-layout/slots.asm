; Slots of a ring, one behind the other, written whole. LAYOUT chooses the fields: 0 as
; documented, the smallest that a turn of 64 bits, type, flags and 56 bytes can be; 1 with a turn
; of 32 bits; 2 with 48 bytes.

%include "stand/stand.inc"

LAYOUT_WIDE     equ     0
LAYOUT_NARROW   equ     1
PAYLOAD_INLINE  equ     56
PAYLOAD_SHORT   equ     48

section .text

; -----------------------------------------------------------------------------
; workload_cpu - write a slot ROUNDS times, SLOTS of them in turns
;
;   in        edi = CPU
;   out       nothing
;   clobbers  everything
;   needs     one CPU
;   probe     the trial, the operation, the control arm; the bytes of a slot and of its payload
;             are counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        mov     ebp, ROUNDS
        TRIAL   0, 0, 0
.lap:
        lea     rbx, [rel ring]
        mov     r12d, SLOTS
.next:
        OP_BEGIN
        xor     ecx, ecx
.byte:
        mov     [rbx + rcx], cl
        inc     ecx
        cmp     ecx, SLOT_BYTES
        jb      .byte
        OP_END
        add     rbx, SLOT_BYTES
        CONTROL
        dec     ebp
        jz      .done
        dec     r12d
        jnz     .next
        jmp     .lap
.done:
        mov     eax, SLOT_BYTES
        COUNT   slot_bytes, rax
        mov     eax, SLOT_BYTES - (slot_payload - slot)
        COUNT   payload_bytes, rax
        TRIAL_END
        ret

section .data
slot:
%if LAYOUT == LAYOUT_WIDE
        dq      0                               ; the turn
        db      0                               ; type
        db      0                               ; flags
slot_payload:
        fill    PAYLOAD_INLINE, 0
%elif LAYOUT == LAYOUT_NARROW
        dd      0
        dw      0
        dw      0
slot_payload:
        fill    PAYLOAD_INLINE, 0
%else
        dq      0
        dd      0
        dd      0
slot_payload:
        fill    PAYLOAD_SHORT, 0
%endif
slot_end:
SLOT_BYTES      equ     slot_end - slot

section .bss
align PAGE_SIZE
ring:
        resb    SLOTS * STAND_LINE * 2
