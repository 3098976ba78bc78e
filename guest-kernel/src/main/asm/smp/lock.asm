; The lock around the kernel, when it is not to be had at once.
; A CPU has it from its entry, before it looks at Cpu_current, to its exit, behind the last
; look at the thread's block. So the kernel's records have one user at a time, and a CPU
; that is not in the kernel has in CR3 the space of its Cpu_current, or the kernel's own.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

%if SMP
section .text

; -----------------------------------------------------------------------------
; lock_wait - wait for the lock, and do meanwhile what its holder asks for
;
;   in        nothing
;   out       the lock is ours; Cpu_current is 0 when its thread was ended meanwhile
;   clobbers  r11, flags
;   needs     IF = 0, gs is the kernel's, the lock is not ours
;   probe     lock_contend, lock_acquire
;
; Whoever has the lock may wait for an answer to its request: from a CPU that waits here,
; or that comes here because of the interrupt that it was sent.
; The lock is whose CPU sees it free first. One that has had no luck for LOCK_PATIENCE looks
; writes itself into lock_wanted, if nobody else is there, and is given it.
; -----------------------------------------------------------------------------
global  lock_wait
lock_wait:
        PROBE   lock_contend
        push    rax
        push    rcx
        mov     ecx, LOCK_PATIENCE
.next:
        mov     r11, gs:[Cpu_space_wanted]
        test    r11, r11
        jz      .nothing_wanted
        mov     cr3, r11
        mov     qword gs:[Cpu_space_wanted], 0
.nothing_wanted:
        pause
        cmp     dword gs:[Cpu_lock_given], 0
        jne     .given
        cmp     dword [rel kernel_lock], 0
        jne     .busy
        lock bts dword [rel kernel_lock], KERNEL_LOCK_BIT
        jnc     .taken
.busy:
        dec     ecx
        jnz     .next
        mov     ecx, 1
        cmp     qword [rel lock_wanted], 0
        jne     .next
        xor     eax, eax
        mov     r11, gs:[Cpu_self]
        lock cmpxchg [rel lock_wanted], r11
        jmp     .next

; While it is ours nobody gives it, so the wish can be taken back. One that was given it has
; one too, if it wished between the giving and the look that saw it.
.given:
        mov     dword gs:[Cpu_lock_given], 0
.taken:
        mov     r11, gs:[Cpu_self]
        cmp     [rel lock_wanted], r11
        jne     .ours
        mov     qword [rel lock_wanted], 0
.ours:
        pop     rcx
        pop     rax
        PROBE   lock_acquire
        ret

; Give the lock to the CPU that has waited for long: it stays taken.
%macro LOCK_PASS
        mov     gs:[Cpu_spare], rax
        mov     rax, [rel lock_wanted]
        mov     qword [rel lock_wanted], 0
        mov     dword [rax + Cpu_lock_given], 1
        mov     rax, gs:[Cpu_spare]
%endmacro

; -----------------------------------------------------------------------------
; lock_pass - give the lock to whoever wants it
;
;   in        lock_wanted
;   out       it is not ours
;   clobbers  flags
;   needs     the lock
;   probe     none
; -----------------------------------------------------------------------------
global  lock_pass
lock_pass:
        LOCK_PASS
        ret

; -----------------------------------------------------------------------------
; lock_pass_sysret - give it, and leave the kernel by SYSRET
;
;   in        as SYSRET wants it
;   out       does not return
;   clobbers  nothing
;   needs     the lock, gs is the kernel's
;   probe     none
; -----------------------------------------------------------------------------
global  lock_pass_sysret
lock_pass_sysret:
        LOCK_PASS
        swapgs
        sysretq

; -----------------------------------------------------------------------------
; lock_pass_iret - give it, and leave the kernel by IRET
;
;   in        IRET's frame on the stack
;   out       does not return
;   clobbers  nothing
;   needs     the lock, gs is the kernel's
;   probe     none
; -----------------------------------------------------------------------------
global  lock_pass_iret
lock_pass_iret:
        LOCK_PASS
        swapgs
        iretq

; The first CPU has it from the start.
section .data
align CACHE_LINE
global  kernel_lock, lock_wanted
kernel_lock:
        dq      1 << KERNEL_LOCK_BIT
lock_wanted:
        dq      0
        fill    CACHE_LINE - 2 * WORD_SIZE, 0
%endif
