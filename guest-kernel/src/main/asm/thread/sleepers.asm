; Threads that wait for a tick, the one that wakes first first: those of all CPUs.

%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; sleepers_add - let a thread wait for its tick
;
;   in        rdi = Thread, with its wake_tick
;   out       it sleeps, behind those that wake no later
;   clobbers  rax, rcx, rdx, flags
;   needs     it is in no queue
;   probe     none
; -----------------------------------------------------------------------------
global  sleepers_add
sleepers_add:
        mov     dword [rdi + Thread_state], STATE_SLEEPING
        mov     rdx, [rdi + Thread_wake_tick]
        xor     ecx, ecx
        mov     rax, [rel cpu_block + Cpu_sleepers]
.next:
        test    rax, rax
        jz      .here
        cmp     [rax + Thread_wake_tick], rdx
        ja      .here
        mov     rcx, rax
        mov     rax, [rax + Thread_next]
        jmp     .next
.here:
        mov     [rdi + Thread_next], rax
        jmp     sleepers_link

; -----------------------------------------------------------------------------
; sleepers_remove - let a thread wait no more
;
;   in        rdi = Thread, asleep
;   out       it is in no queue
;   clobbers  rax, rcx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sleepers_remove
sleepers_remove:
        xor     ecx, ecx
        mov     rax, [rel cpu_block + Cpu_sleepers]
.next:
        cmp     rax, rdi
        je      .found
        mov     rcx, rax
        mov     rax, [rax + Thread_next]
        jmp     .next
.found:
        mov     rdi, [rdi + Thread_next]

; rcx = Thread before, or 0; rdi = what is to follow it
sleepers_link:
        test    rcx, rcx
        jz      .first
        mov     [rcx + Thread_next], rdi
        ret
.first:
        mov     [rel cpu_block + Cpu_sleepers], rdi
        ret
