; Endpoints and their queues, as far as the rare operations go.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; endpoint_append - queue a thread that wants to send
;
;   in        rbx = Endpoint, rdi = Thread
;   out       it is the last of the senders
;   clobbers  rax, flags
;   needs     it is in no queue, no receiver waits
;   probe     none
; -----------------------------------------------------------------------------
global  endpoint_append
endpoint_append:
        mov     qword [rdi + Thread_next], 0
        cmp     qword [rbx + Endpoint_senders], 0
        je      .first
        mov     rax, [rbx + Endpoint_senders_last]
        mov     [rax + Thread_next], rdi
        mov     [rbx + Endpoint_senders_last], rdi
        ret
.first:
        mov     [rbx + Endpoint_senders], rdi
        mov     [rbx + Endpoint_senders_last], rdi
        ret

; -----------------------------------------------------------------------------
; endpoint_forget - take a thread out of the endpoint it waits on
;
;   in        rdi = Thread, sending, calling or receiving
;   out       it is in no queue
;   clobbers  rax, rcx, rdx, rsi, r8, flags
;   needs     nothing
;   probe     none
;
; A thread does not know its endpoint, which saves the fast path a store; only the
; death of a thread has to search.
; -----------------------------------------------------------------------------
global  endpoint_forget
endpoint_forget:
        lea     rax, [rel endpoint_table]
.next:
        lea     rsi, [rax + Endpoint_receivers]
        call    .unlink
        lea     rsi, [rax + Endpoint_senders]
        call    .unlink
        add     rax, Endpoint_size
        lea     rcx, [rel endpoint_table_end]
        cmp     rax, rcx
        jb      .next
        ret

; rsi = address of a link that starts a list, rax = its Endpoint
.unlink:
        xor     r8d, r8d
.next_link:
        mov     rdx, [rsi]
        test    rdx, rdx
        jz      .absent
        cmp     rdx, rdi
        je      .found
        mov     r8, rdx
        lea     rsi, [rdx + Thread_next]
        jmp     .next_link
.found:
        mov     rcx, [rdi + Thread_next]
        mov     [rsi], rcx
        cmp     [rax + Endpoint_senders_last], rdi
        jne     .absent
        mov     [rax + Endpoint_senders_last], r8
.absent:
        ret

; -----------------------------------------------------------------------------
; endpoint_close - the owner is dead: nobody waits here any more, ever
;
;   in        rdi = Endpoint
;   out       whoever waited learns it; all handles to it have lost their rights
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
;
; Without rights every later use falls to the slow path, which tells the reason: the
; fast path needs no check of its own.
; -----------------------------------------------------------------------------
global  endpoint_close
endpoint_close:
        push    rbx
        mov     rbx, rdi
        mov     qword [rbx + Endpoint_owner], 0
.next_sender:
        mov     rdi, [rbx + Endpoint_senders]
        test    rdi, rdi
        jz      .next_receiver
        mov     rax, [rdi + Thread_next]
        mov     [rbx + Endpoint_senders], rax
        mov     qword [rdi + Thread_rax], STATUS_DEAD
        call    scheduler_add_last
        jmp     .next_sender
.next_receiver:
        mov     rdi, [rbx + Endpoint_receivers]
        test    rdi, rdi
        jz      .revoke
        mov     rax, [rdi + Thread_next]
        mov     [rbx + Endpoint_receivers], rax
        mov     qword [rdi + Thread_rax], STATUS_DEAD
        call    scheduler_add_last
        jmp     .next_receiver

.revoke:
        lea     rax, [rel process_table]
.next_process:
        cmp     rax, [rel process_table_used]
        jae     .done
        lea     rcx, [rax + Process_handles]
        lea     rdx, [rcx + HANDLE_COUNT * Handle_size]
.next_handle:
        cmp     [rcx + Handle_endpoint], ebx
        jne     .skip_handle
        mov     dword [rcx + Handle_rights], 0
.skip_handle:
        add     rcx, Handle_size
        cmp     rcx, rdx
        jb      .next_handle
        add     rax, Process_size
        jmp     .next_process
.done:
        pop     rbx
        ret

section .bss
align CACHE_LINE
global  endpoint_table, endpoint_table_end
endpoint_table:
        resb    ENDPOINT_LIMIT * Endpoint_size
endpoint_table_end:
