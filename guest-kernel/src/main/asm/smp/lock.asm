; The lock around the kernel, when it is not to be had at once.
; A CPU has it from its entry, before it looks at Cpu_current, to its exit, behind the last
; look at the thread's block. So the kernel's records have one user at a time, and a CPU
; that is not in the kernel has in CR3 the space of its Cpu_current, or the kernel's own.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

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
; -----------------------------------------------------------------------------
global  lock_wait
lock_wait:
        PROBE   lock_contend
.next:
        mov     r11, gs:[Cpu_space_wanted]
        test    r11, r11
        jz      .nothing_wanted
        mov     cr3, r11
        mov     qword gs:[Cpu_space_wanted], 0
.nothing_wanted:
        pause
        cmp     dword [rel kernel_lock], 0
        jnz     .next
        lock bts dword [rel kernel_lock], KERNEL_LOCK_BIT
        jc      .next
        PROBE   lock_acquire
        ret

; The first CPU has it from the start.
section .data
align CACHE_LINE
global  kernel_lock
kernel_lock:
        dd      1 << KERNEL_LOCK_BIT
        fill    CACHE_LINE - 4, 0
%endif
