; Objects of all kinds: where they come from, and where they go when nothing names them.
; Each kind has a cache; its pages stay with the kind, so what once was a thread's block
; is one for ever. With several CPUs the kernel's one lock guards them.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

DROPPED         equ     1                       ; in Object_next_dropped: it is in the list

section .text

; -----------------------------------------------------------------------------
; object_alloc - an object that a process pays for
;
;   in        edi = kind, rsi = Process, or 0 for the kernel itself
;   out       rax = the object, all zero but for its kind and payer, without a handle;
;             or 0, and edx = STATUS_QUOTA or STATUS_MEMORY
;   clobbers  rcx, rsi, rdi, r8, r9, r10, flags
;   needs     frame_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  object_alloc
object_alloc:
        push    rbx
        push    r12
        push    r13
        mov     r12d, edi
        mov     r13, rsi
        mov     ebx, edi
        shl     ebx, OBJECT_CACHE_SHIFT
        lea     rax, [rel object_caches]
        add     rbx, rax
        mov     rdi, r13
        mov     rsi, [rbx + ObjectCache_bytes]
        call    quota_charge
        mov     edx, eax
        test    eax, eax
        jnz     .none
        cmp     qword [rbx + ObjectCache_free], 0
        jne     .has_free
        call    object_add_page
        test    eax, eax
        jz      .no_memory
.has_free:
        mov     rdx, [rbx + ObjectCache_free]
        mov     rax, [rdx]
        mov     [rbx + ObjectCache_free], rax
        inc     qword [rbx + ObjectCache_used]
        mov     rdi, rdx
        mov     rcx, [rbx + ObjectCache_bytes]
        shr     ecx, PTE_SHIFT
        xor     eax, eax
        rep stosq
        mov     [rdx + Object_kind], r12d
        mov     [rdx + Object_payer], r13
        mov     rax, rdx
        jmp     .done
.no_memory:
        mov     rdi, r13
        mov     rsi, [rbx + ObjectCache_bytes]
        call    quota_return
        mov     edx, STATUS_MEMORY
.none:
        xor     eax, eax
.done:
        pop     r13
        pop     r12
        pop     rbx
        ret

; rbx = ObjectCache without free objects: give it a page of them, lowest first.
; Out: eax = 0 when there is no memory
object_add_page:
        xor     edi, edi
        call    frame_alloc
        test    rax, rax
        jz      .done
        mov     rsi, [rbx + ObjectCache_bytes]
        lea     rdx, [rax + PAGE_SIZE]
        mov     [rbx + ObjectCache_free], rax
.next:
        inc     qword [rbx + ObjectCache_total]
        lea     rcx, [rax + rsi]
        lea     r8, [rcx + rsi]
        cmp     r8, rdx
        ja      .last
        mov     [rax], rcx
        mov     rax, rcx
        jmp     .next
.last:
        mov     qword [rax], 0
        mov     eax, 1
.done:
        ret

; -----------------------------------------------------------------------------
; object_free - put an object back into its cache, and pay its payer back
;
;   in        rdi = object that nothing names
;   out       gone; a dead payer that pays for nothing more is dropped
;   clobbers  rax, rcx, rdx, rsi, rdi, flags
;   needs     it is not among the dropped
;   probe     none
; -----------------------------------------------------------------------------
global  object_free
object_free:
        mov     eax, [rdi + Object_kind]
        shl     eax, OBJECT_CACHE_SHIFT
        lea     rcx, [rel object_caches]
        add     rcx, rax
        mov     rdx, [rdi + Object_payer]
        mov     rax, [rcx + ObjectCache_free]
        mov     [rdi], rax
        mov     [rcx + ObjectCache_free], rdi
        dec     qword [rcx + ObjectCache_used]
        mov     rsi, [rcx + ObjectCache_bytes]
        mov     rdi, rdx
        jmp     quota_return

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

section .data
align 8
global  object_caches
object_caches:
        dq      0, Process_size, 0, 0
        dq      0, Thread_size, 0, 0
        dq      0, Endpoint_size, 0, 0
        dq      0, Notification_size, 0, 0
        dq      0, Memory_size, 0, 0
        dq      0, Mapping_size, 0, 0
        dq      0, Reply_size, 0, 0
        dq      0, Interrupt_size, 0, 0
        dq      0, Object_size, 0, 0
        dq      0, Float_size, 0, 0
object_caches_end:

%assert object_caches_end - object_caches == KIND_COUNT * ObjectCache_size, "one cache a kind"

section .bss
align 8
objects_dropped:
        resb    8
