; Objects of all kinds: where they go when nothing names them. With several CPUs the kernel's
; one lock guards them.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

DROPPED         equ     1                       ; in Object_next_dropped: it is in the list

section .text

; -----------------------------------------------------------------------------
; object_drop - something that named an object is gone
;
;   in        rdi = object
;   out       objects_reap will look whether it is needed any more
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
;
; Not done on the spot: the end of one object may drop others, without a bound.
; -----------------------------------------------------------------------------
global  object_drop
object_drop:
        cmp     qword [rdi + Object_next_dropped], 0
        jne     .is_there
        mov     rax, [rel objects_dropped]
        or      rax, DROPPED
        mov     [rdi + Object_next_dropped], rax
        mov     [rel objects_dropped], rdi
.is_there:
        ret

; -----------------------------------------------------------------------------
; objects_reap - end what was dropped and has nothing left that names it
;
;   in        nothing
;   out       nothing is dropped any more; threads may have become ready
;   clobbers  all caller-saved registers, flags
;   needs     no register or frame of the kernel's holds an object but the running thread
;   probe     none
;
; A thread lives without handles until it ends, a process as long as it has a thread, but
; not longer than who gave it its quota. The first process takes the machine with it. A
; dead process stays as long as it pays for something.
; -----------------------------------------------------------------------------
global  objects_reap
objects_reap:
        push    rbx
.next:
        mov     rbx, [rel objects_dropped]
        test    rbx, rbx
        jz      .done
        mov     rax, [rbx + Object_next_dropped]
        and     rax, ~DROPPED
        mov     [rel objects_dropped], rax
        mov     qword [rbx + Object_next_dropped], 0
        mov     eax, [rbx + Object_kind]
        cmp     eax, KIND_PROCESS
        je      .process
        cmp     qword [rbx + Object_first_handle], 0
        jne     .next
        cmp     eax, KIND_THREAD
        je      .thread
        mov     rdi, rbx
        cmp     eax, KIND_NOTIFICATION
        je      .notification
        cmp     eax, KIND_MEMORY
        je      .memory
        cmp     eax, KIND_REPLY
        je      .reply
        cmp     eax, KIND_INTERRUPT
        je      .interrupt
        cmp     eax, KIND_MACHINE
        je      .free
        call    endpoint_close
        jmp     .free
.notification:
        call    notification_close
        jmp     .free
.memory:
        call    memory_close
        jmp     .free
.reply:
        call    reply_close
        jmp     .free
.interrupt:
        call    interrupt_close
        jmp     .free
.thread:
        cmp     dword [rbx + Thread_state], STATE_DEAD
        je      .free
        jmp     .next
.process:
        cmp     qword [rbx + Process_state], STATE_DEAD
        je      .dead_process
        mov     rax, [rbx + Object_payer]
        test    rax, rax
        jz      .has_giver
        cmp     qword [rax + Process_state], STATE_DEAD
        je      .end_process
.has_giver:
        cmp     qword [rbx + Object_first_handle], 0
        jne     .next
        cmp     qword [rbx + Process_first_thread], 0
        jne     .next
.end_process:
        cmp     rbx, [rel process_first]
        je      .end_machine
        mov     rdi, rbx
        call    process_end
        jmp     .next
.dead_process:
        cmp     qword [rbx + Object_first_handle], 0
        jne     .next
        cmp     qword [rbx + Process_used], 0
        jne     .next
        mov     rdi, rbx
        call    process_return_quota
.free:
        mov     rdi, rbx
        call    object_free
        jmp     .next
.done:
        pop     rbx
        ret
.end_machine:
        mov     edi, EXIT_PANIC
        jmp     machine_exit

section .bss
align 8
objects_dropped:
        resb    8
