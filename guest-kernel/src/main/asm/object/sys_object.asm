; System calls that make objects and end them.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

USER_FLAGS      equ     RFLAGS_ALWAYS | RFLAGS_INTERRUPT
LETTER_FIRST    equ     ' '
LETTER_LAST     equ     '~'

section .text

; -----------------------------------------------------------------------------
; sys_endpoint_create - make an endpoint
;
;   in        r15 = the running Thread; its rdi = slot
;   out       its status; the handle may send, receive and send handles
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_endpoint_create
sys_endpoint_create:
        mov     ebx, KIND_ENDPOINT
        mov     r12d, RIGHT_SEND | RIGHT_RECEIVE | RIGHT_GRANT
        jmp     object_create

; -----------------------------------------------------------------------------
; sys_notification_create - make a notification
;
;   in        r15 = the running Thread; its rdi = slot
;   out       its status; the handle may signal and wait
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_notification_create
sys_notification_create:
        mov     ebx, KIND_NOTIFICATION
        mov     r12d, RIGHT_SIGNAL | RIGHT_WAIT

; ebx = kind, r12d = rights, r15 = the running Thread, its rdi = slot
object_create:
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rdi]
        call    slot_check
        test    eax, eax
        jz      create_refused
        mov     edi, ebx
        mov     rsi, [r15 + Thread_process]
        call    object_alloc

; -----------------------------------------------------------------------------
; create_handle - end a system call that makes an object
;
;   in        rax = object; or 0, and edx = why not; r12d = rights, r15 = the running
;             Thread; its rdi = slot
;   out       its status
;   clobbers  all caller-saved registers, flags
;   needs     slot_check
;   probe     none
; -----------------------------------------------------------------------------
global  create_handle
create_handle:
        test    rax, rax
        jz      create_no_room
        mov     rdx, rax
        mov     rdi, [r15 + Thread_process]
        mov     esi, [r15 + Thread_rdi]
        mov     ecx, r12d
        xor     r8d, r8d
        xor     r9d, r9d
        jmp     handle_make
create_no_room:
        movsxd  rdx, edx
        mov     [r15 + Thread_rax], rdx
        jmp     scheduler_preempt
create_refused:
        ret

; -----------------------------------------------------------------------------
; sys_process_create - make a process and give it part of the own quota
;
;   in        r15 = the running Thread; its rdi = slot, rsi = quota,
;             rdx, r8, r9, r10 = name; what is no printable ASCII is not in it
;   out       its status; the handle may manage the process
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_process_create
sys_process_create:
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rdi]
        call    slot_check
        test    eax, eax
        jz      create_refused
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rsi]
        lea     rdx, [r15 + Thread_rdx]
        call    process_make
        test    rax, rax
        jz      create_no_room
        xor     ecx, ecx
.next_letter:
        movzx   edx, byte [rax + rcx + Process_name]
        test    edx, edx
        jz      .printable
        cmp     edx, LETTER_FIRST
        jb      .not_printable
        cmp     edx, LETTER_LAST
        jbe     .printable
.not_printable:
        mov     byte [rax + rcx + Process_name], '?'
.printable:
        inc     ecx
        cmp     ecx, TEXT_BLOCK
        jb      .next_letter
        mov     r12d, RIGHT_PROCESS
        jmp     create_handle

; -----------------------------------------------------------------------------
; sys_thread_create - make a thread in the own process or one that is managed
;
;   in        r15 = the running Thread; its rdi = slot, rsi = process or HANDLE_SELF,
;             rdx = entry, r8 = stack pointer, r9 = argument, r10 = priority
;   out       its status; the thread is ready, the handle may manage it
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     none
;
; Nobody makes a thread that is more urgent than itself, whatever its caller lends it.
; -----------------------------------------------------------------------------
global  sys_thread_create
sys_thread_create:
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rdi]
        call    slot_check
        test    eax, eax
        jz      create_refused
        mov     rdi, [r15 + Thread_rsi]
        call    process_find_changed
        test    rax, rax
        jz      create_refused
        mov     rdi, rax
        mov     rsi, [r15 + Thread_rdx]
        mov     rax, USER_LIMIT
        cmp     rsi, rax
        jae     .bad_address
        mov     r8, [r15 + Thread_r10]
        mov     eax, [r15 + Thread_own_priority]
        cmp     r8, rax
        ja      .bad_priority
        mov     rdx, [r15 + Thread_r8]
        mov     rcx, [r15 + Thread_r9]
        mov     r9d, USER_FLAGS
        call    thread_make
        mov     r12d, RIGHT_THREAD
        jmp     create_handle
.bad_address:
        mov     qword [r15 + Thread_rax], STATUS_ADDRESS
        ret
.bad_priority:
        mov     qword [r15 + Thread_rax], STATUS_PRIORITY
        ret

; -----------------------------------------------------------------------------
; sys_kill - end a thread or a process
;
;   in        r15 = the running Thread; its rdi = handle of a thread or a process, or
;             HANDLE_SELF for the running thread
;   out       its status; a thread is chosen
;   clobbers  everything
;   needs     nothing
;   probe     phase_switch
; -----------------------------------------------------------------------------
global  sys_kill
sys_kill:
        mov     rdi, [r15 + Thread_rdi]
        cmp     rdi, HANDLE_SELF
        je      .self
        call    handle_find
        test    rax, rax
        jz      create_refused
        mov     rdi, [rax + Handle_object]
        mov     ecx, [rax + Handle_rights]
        test    ecx, RIGHT_THREAD
        jnz     .thread
        test    ecx, RIGHT_PROCESS
        jz      .no_right
        cmp     qword [rdi + Process_state], STATE_DEAD
        je      .dead
        cmp     rdi, [rel process_first]
        je      .first
        call    process_end
        jmp     syscall_settle
.self:
        mov     rdi, r15
.thread:
        cmp     dword [rdi + Thread_state], STATE_DEAD
        je      .dead
        call    thread_kill
        jmp     syscall_settle
.first:
        mov     edi, EXIT_PANIC
        jmp     machine_exit
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        ret
.dead:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
        ret

; -----------------------------------------------------------------------------
; syscall_settle - end a system call that may have ended or woken anybody
;
;   in        r15 = the running Thread, unless Cpu_current is 0
;   out       nothing is dropped any more, a thread is chosen
;   clobbers  all caller-saved registers, flags
;   needs     r15 is runnable and in no queue, or dead
;   probe     phase_switch
; -----------------------------------------------------------------------------
global  syscall_settle
syscall_settle:
        call    objects_reap
        cmp     qword gs:[Cpu_current], 0
        je      scheduler_pick
        jmp     scheduler_preempt

%assert Thread_r10 == Thread_rdx + TEXT_BLOCK - WORD_SIZE, "a name's words lie in one row"
