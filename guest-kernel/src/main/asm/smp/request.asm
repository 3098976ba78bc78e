; What one CPU wants of the others: to look at their queues, to forget translations, to
; leave an address space.
; Requests are made with the lock, one at a time, and answered in lock_wait. A process that
; may do port I/O may also mask interrupts, and lets whoever asks wait until it calls.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

%if SMP
section .text

; -----------------------------------------------------------------------------
; cpu_tell - let a CPU know of a thread that is ready for it
;
;   in        rdi = Thread, in a queue, r9 = its Cpu
;   out       if that is another one, and idles or runs what is less urgent, it will look at
;             its queues: RESCHEDULE_VECTOR is on its way
;   clobbers  rax, rcx, flags
;   needs     the lock
;   probe     cpu_tell (Cpu, Thread)
;
; An idle CPU looks at its queues with the lock, and the interrupt waits until HLT: none is
; lost between.
; -----------------------------------------------------------------------------
global  cpu_tell
cpu_tell:
        cmp     r9, gs:[Cpu_self]
        je      .known
        mov     rax, [r9 + Cpu_current]
        test    rax, rax
        jz      .send
        mov     eax, [rax + Thread_priority]
        cmp     eax, [rdi + Thread_priority]
        jge     .known
.send:
        PROBE   cpu_tell, r9, rdi
        push    rdi
        push    rsi
        mov     edi, [r9 + Cpu_apic]
        mov     esi, LAPIC_ASSERT | RESCHEDULE_VECTOR
        call    lapic_send
        pop     rsi
        pop     rdi
.known:
        ret

; -----------------------------------------------------------------------------
; cpu_request - have a CPU load CR3, and wait until it has
;
;   in        rdi = Cpu, another one, rsi = what CR3 is to be
;   out       it waits for the lock, with nothing in its TLB but the kernel's pages
;   clobbers  rax, rcx, rsi, flags
;   needs     the lock; a thread runs there
;   probe     cpu_request (Cpu)
; -----------------------------------------------------------------------------
global  cpu_request
cpu_request:
        PROBE   cpu_request, rdi
        mov     [rdi + Cpu_space_wanted], rsi
        push    rdi
        mov     edi, [rdi + Cpu_apic]
        mov     esi, LAPIC_ASSERT | REQUEST_VECTOR
        call    lapic_send
        pop     rdi
.wait:
        pause
        cmp     qword [rdi + Cpu_space_wanted], 0
        jne     .wait
        ret

; -----------------------------------------------------------------------------
; cpus_flush_space - let the TLBs of the other CPUs forget an address space
;
;   in        rdi = Process
;   out       each CPU that runs a thread in its space has read no table since before
;   clobbers  rax, rcx, rdx, rsi, r8, flags
;   needs     the lock
;   probe     cpu_request
; -----------------------------------------------------------------------------
global  cpus_flush_space
cpus_flush_space:
        mov     rdx, [rdi + Process_cr3]
        push    rdi
        lea     rdi, [rel cpu_block]
        mov     r8d, [rel cpu_count]
.next:
        cmp     rdi, gs:[Cpu_self]
        je      .skip
        mov     rax, [rdi + Cpu_current]
        test    rax, rax
        jz      .skip
        cmp     [rax + Thread_cr3], rdx
        jne     .skip
        mov     rsi, rdx
        call    cpu_request
.skip:
        add     rdi, Cpu_size
        dec     r8d
        jnz     .next
        pop     rdi
        ret

; -----------------------------------------------------------------------------
; cpus_running - find the CPU on which a thread runs
;
;   in        rdi = Thread
;   out       rax = Cpu; 0 when it runs nowhere
;   clobbers  rcx, flags
;   needs     the lock
;   probe     none
;
; Not Object_cpu: a thread that was sent elsewhere runs here until its next entry.
; -----------------------------------------------------------------------------
global  cpus_running
cpus_running:
        lea     rax, [rel cpu_block]
        mov     ecx, [rel cpu_count]
.next:
        cmp     [rax + Cpu_current], rdi
        je      .found
        add     rax, Cpu_size
        dec     ecx
        jnz     .next
        xor     eax, eax
.found:
        ret

; -----------------------------------------------------------------------------
; cpus_hold - have all other CPUs wait until we leave the kernel
;
;   in        nothing
;   out       no other CPU runs user code
;   clobbers  rax, rcx, rsi, rdi, r8, flags
;   needs     the lock
;   probe     cpu_request
;
; For reports: whatever drives the serial port in user mode waits meanwhile.
; -----------------------------------------------------------------------------
global  cpus_hold
cpus_hold:
        lea     rdi, [rel cpu_block]
        mov     r8d, [rel cpu_count]
.next:
        cmp     rdi, gs:[Cpu_self]
        je      .skip
        mov     rax, [rdi + Cpu_current]
        test    rax, rax
        jz      .skip
        mov     rsi, [rax + Thread_cr3]
        call    cpu_request
.skip:
        add     rdi, Cpu_size
        dec     r8d
        jnz     .next
        ret

; -----------------------------------------------------------------------------
; cpus_all_idle - look whether nobody runs and nobody is ready, anywhere
;
;   in        nothing
;   out       ZF is set if so
;   clobbers  rax, rcx, flags
;   needs     the lock
;   probe     none
; -----------------------------------------------------------------------------
global  cpus_all_idle
cpus_all_idle:
        lea     rax, [rel cpu_block]
        mov     ecx, [rel cpu_count]
.next:
        cmp     qword [rax + Cpu_current], 0
        jne     .done
        cmp     dword [rax + Cpu_highest], PRIORITY_NONE
        jne     .done
        add     rax, Cpu_size
        dec     ecx
        jnz     .next
.done:
        ret
%endif
