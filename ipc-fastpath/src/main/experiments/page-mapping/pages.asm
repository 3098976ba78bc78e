; A message in another's memory is looked at: copied into an own buffer, or its pages mapped by the
; kernel, each touched, and unmapped again.

%include "abi/machine.inc"
%include "stand/user.inc"

METHOD_COPY     equ     0
SLOT_MEMORY     equ     16                      ; the other's memory
SLOT_ROOM       equ     17                      ; the own buffer
PLACE           equ     0x20000000              ; where nothing is
OWN_PLACE       equ     0x20100000              ; where the memory is all the time, for the copy
ROOM_PLACE      equ     0x20200000
ACCESS_WRITE    equ     RIGHT_MAP_READ | RIGHT_MAP_WRITE
SHORTEST        equ     64
LENGTH_SHIFT    equ     2                       ; from one length to the next
LONGEST         equ     0x10000
WORD_SHIFT      equ     3

section .text.work

; -----------------------------------------------------------------------------
; workload_main - look at ROUNDS messages of each length
;
;   entered by  the kernel
;   in        nothing
;   out       does not return: status 0
;   clobbers  everything
;   needs     the task's handle to itself
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_main
workload_main:
        CALL_MEMORY_CREATE SLOT_MEMORY, LONGEST / PAGE_SIZE
        test    rax, rax
        CHECK   z, memory_is_there
        CALL_MEMORY_MAP SLOT_MEMORY, HANDLE_SELF, OWN_PLACE, 0, LONGEST / PAGE_SIZE, ACCESS_WRITE
        test    rax, rax
        CHECK   z, memory_is_mapped
        CALL_MEMORY_CREATE SLOT_ROOM, LONGEST / PAGE_SIZE
        CALL_MEMORY_MAP SLOT_ROOM, HANDLE_SELF, ROOM_PLACE, 0, LONGEST / PAGE_SIZE, ACCESS_WRITE
        test    rax, rax
        CHECK   z, room_is_mapped
        mov     r12d, SHORTEST
.length:
        mov     r13d, ROUNDS
        lea     r15d, [r12 + PAGE_SIZE - 1]
        shr     r15d, PAGE_SHIFT
        TRIAL   r12, 0, 0
.next:
        mov     eax, OWN_PLACE
        mov     [rax], r13
        OP_BEGIN
%if METHOD == METHOD_COPY
        mov     esi, OWN_PLACE
        mov     edi, ROOM_PLACE
        mov     ecx, r12d
        shr     ecx, WORD_SHIFT
        rep movsq
        mov     eax, ROOM_PLACE
        mov     r14, [rax]
%else
        CALL_MEMORY_MAP SLOT_MEMORY, HANDLE_SELF, PLACE, 0, r15, RIGHT_MAP_READ
        mov     ebx, PLACE
        mov     r14, [rbx]
        mov     ebp, r15d
.touch:
        mov     rax, [rbx]
        add     rbx, PAGE_SIZE
        dec     ebp
        jnz     .touch
        CALL_MEMORY_UNMAP HANDLE_SELF, PLACE
%endif
        OP_END
        cmp     r14, r13
        CHECK   e, the_message_is_there
        CONTROL
        dec     r13d
        jnz     .next
        TRIAL_END
        shl     r12d, LENGTH_SHIFT
        cmp     r12d, LONGEST
        jbe     .length
        CALL_EXIT 0
