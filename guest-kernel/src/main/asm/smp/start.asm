; Starting the other CPUs, one after the other; each gets a block, a stack and the next
; number, and waits for the lock until the first thread runs.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "smp/lock.inc"

%if SMP
; Where they may begin: a page of these is RAM. The kernel gives out no RAM below 1 MiB.
PLACE_FIRST     equ     8
PLACE_END       equ     LOW_MEMORY_END >> PAGE_SHIFT

section .text

; -----------------------------------------------------------------------------
; cpus_place - put the trampoline where a CPU can start
;
;   in        nothing
;   out       it is in a page of RAM; without one, no other CPU is listed any more
;   clobbers  all caller-saved registers, flags
;   needs     the boot tables, memory_map_read and acpi_read are done
;   probe     none
; -----------------------------------------------------------------------------
global  cpus_place
cpus_place:
        mov     r8d, PLACE_FIRST
.next_page:
        xor     r9d, r9d
        lea     rsi, [rel memory_ranges]
.next_range:
        cmp     rsi, [rel memory_ranges_end]
        jae     .looked
        cmp     r8, [rsi + MemoryRange_first]
        jb      .skip_range
        cmp     r8, [rsi + MemoryRange_end]
        jae     .skip_range
        cmp     qword [rsi + MemoryRange_usable], 0
        je      .not_here
        mov     r9d, 1
.skip_range:
        add     rsi, MemoryRange_size
        jmp     .next_range
.looked:
        test    r9d, r9d
        jnz     .here
.not_here:
        inc     r8d
        cmp     r8d, PLACE_END
        jb      .next_page
        mov     dword [rel cpus_listed], 1
        ret
.here:
        mov     [rel cpus_page], r8d
        shl     r8, PAGE_SHIFT
        mov     rdi, DIRECT_BASE
        add     rdi, r8
        mov     rsi, boot_trampoline
        mov     rcx, boot_trampoline_end
        sub     rcx, rsi
        rep movsb
        ret

; -----------------------------------------------------------------------------
; cpus_start - start the other CPUs
;
;   in        nothing
;   out       cpu_count of them run, and wait for the lock
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     cpus_place, cpu_start and lapic_start are done; the tick is not yet on
;   probe     none
;
; INIT, a wait, and up to two start-up messages (SDM 3A 9.4.4.1). A CPU takes its block
; from cpus_starting: one that comes too late finds nothing there and stops.
; -----------------------------------------------------------------------------
global  cpus_start
cpus_start:
        mov     r12d, 1
.next:
        cmp     r12d, [rel cpus_listed]
        jae     .done
        mov     edi, [rel cpu_count]
        call    cpu_prepare
        mov     rbx, rax
        lea     rax, [rel cpus_apics]
        movzx   eax, byte [rax + r12]
        mov     [rbx + Cpu_apic], eax
        mov     [rel cpus_starting], rbx

        mov     edi, eax
        mov     esi, LAPIC_ASSERT | LAPIC_INIT
        call    lapic_send
        mov     esi, AP_INIT_WAIT
        call    cpus_wait
        call    .start_up
        mov     esi, AP_START_WAIT
        call    cpus_wait
        jnz     .runs
        call    .start_up
        mov     esi, AP_REPORT_WAIT
        call    cpus_wait
        jnz     .runs

; Given up, unless it has its block by now.
        xor     eax, eax
        xchg    rax, [rel cpus_starting]
        test    rax, rax
        jnz     .skip
.late:
        pause
        cmp     dword [rbx + Cpu_started], 0
        je      .late
.runs:
        inc     dword [rel cpu_count]
.skip:
        inc     r12d
        jmp     .next
.done:
        ret

.start_up:
        mov     edi, [rbx + Cpu_apic]
        mov     esi, [rel cpus_page]
        or      esi, LAPIC_ASSERT | LAPIC_STARTUP
        jmp     lapic_send

; rbx = Cpu, esi = counts of the local APIC's timer; out: ZF is clear if it has started,
; set if the time is over; clobbers rax
cpus_wait:
        mov     rax, KERNEL_LAPIC
        mov     dword [rax + LAPIC_DIVIDE], LAPIC_DIVIDE_BY_1
        mov     dword [rax + LAPIC_TIMER], LAPIC_MASKED | LAPIC_TIMER_VECTOR
        mov     [rax + LAPIC_INITIAL], esi
.next:
        cmp     dword [rbx + Cpu_started], 0
        jne     .over
        pause
        cmp     dword [rax + LAPIC_CURRENT], 0
        jne     .next
        cmp     dword [rbx + Cpu_started], 0
.over:
        ret

; -----------------------------------------------------------------------------
; cpu_entry - the kernel's first 64-bit code on another CPU
;
;   entered by  boot_cpu_long, on the boot tables
;   in        cpus_starting
;   out       does not return; the CPU idles until it is given a thread
;   clobbers  everything
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  cpu_entry
cpu_entry:
        xor     ebx, ebx
        xchg    rbx, [rel cpus_starting]
        test    rbx, rbx
        jz      .too_late
        mov     rsp, [rbx + Cpu_stack_end]
        xor     ebp, ebp
        call    paging_load
        mov     edi, [rbx + Cpu_index]
        call    gdt_start
        call    idt_load
        mov     rdi, rbx
        call    cpu_start
        call    syscall_start
        call    lapic_start
        mov     dword [rbx + Cpu_started], 1
        LOCK_TAKE .contended
.locked:
        call    lapic_tick
        call    scheduler_pick
        jmp     thread_resume
.contended:
        call    lock_wait
        jmp     .locked
.too_late:
        cli
        hlt
        jmp     .too_late

section .bss
align 8
cpus_starting:
        resb    8
cpus_page:
        resb    4
%endif
