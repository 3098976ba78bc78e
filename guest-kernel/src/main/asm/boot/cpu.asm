; What a CPU has for itself: its block, its kernel stack, its control registers.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; cpu_prepare - fill in a CPU's block
;
;   in        edi = index
;   out       rax = Cpu, which no thread runs on
;   clobbers  rcx, rdi, flags
;   needs     index < CPU_LIMIT
;   probe     none
; -----------------------------------------------------------------------------
global  cpu_prepare
cpu_prepare:
        imul    eax, edi, Cpu_size
        lea     rcx, [rel cpu_block]
        add     rax, rcx
        mov     [rax + Cpu_self], rax
        mov     [rax + Cpu_index], edi
        mov     dword [rax + Cpu_highest], PRIORITY_NONE
        inc     edi
        shl     edi, CPU_STACK_SHIFT
        lea     rcx, [rel cpu_stacks]
        add     rcx, rdi
        mov     [rax + Cpu_stack_end], rcx
        ret

; -----------------------------------------------------------------------------
; cpu_start - let gs point to this CPU's block, switch protections on
;
;   in        rdi = Cpu
;   out       gs = the CPU's block
;   clobbers  rax, rcx, rdx, flags
;   needs     the kernel's own page tables
;   probe     none
;
; The kernel touches no user page, so SMAP costs it nothing. CR3 has identifier 0 when PCIDE
; is set, as it must. With several CPUs it is not set: a CPU would keep translations of spaces
; that it has left, and nobody knows which CPUs those are. SSE is on, but no thread reaches it
; without floating-point registers: CR0_NO_FLOATING_POINT is set until one that has some runs.
; -----------------------------------------------------------------------------
global  cpu_start
cpu_start:
        push    rbx
        mov     rax, rdi
        mov     rdx, rdi
        shr     rdx, 32
        mov     ecx, MSR_GS_BASE
        wrmsr
        xor     eax, eax
        xor     edx, edx
        mov     ecx, MSR_KERNEL_GS_BASE
        wrmsr

%if SMP == 0
        mov     eax, CPUID_FEATURES
        cpuid
        test    ecx, CPUID_ECX_PCID
        jz      .no_pcid
        mov     rax, cr4
        or      rax, CR4_PCID
        mov     cr4, rax
.no_pcid:
%endif
        mov     rax, cr4
        or      rax, CR4_SSE | CR4_SSE_FAULTS
        mov     cr4, rax
        xor     eax, eax
        cpuid
        cmp     eax, CPUID_STRUCTURED
        jb      .done
        mov     eax, CPUID_STRUCTURED
        xor     ecx, ecx
        cpuid
        mov     rax, cr4
        test    ebx, CPUID_EBX_SMEP
        jz      .no_smep
        or      rax, CR4_SMEP
.no_smep:
        test    ebx, CPUID_EBX_SMAP
        jz      .no_smap
        or      rax, CR4_SMAP
.no_smap:
        test    ecx, CPUID_ECX_UMIP
        jz      .no_umip
        or      rax, CR4_UMIP
.no_umip:
        mov     cr4, rax
.done:
        pop     rbx
        ret

section .data
align 4
global  cpu_count
cpu_count:
        dd      1

section .bss
align CACHE_LINE
global  cpu_block
cpu_block:
        resb    CPU_LIMIT * Cpu_size

; A CPU's stack is the upper half of its part; the lower half is in the image's address
; range and in no page table.
align 1 << CPU_STACK_SHIFT
global  cpu_stacks, cpu_stacks_end
cpu_stacks:
        resb    CPU_LIMIT << CPU_STACK_SHIFT
cpu_stacks_end:

%assert KERNEL_STACK_SIZE * 2 == 1 << CPU_STACK_SHIFT, "a stack and as much below it"
