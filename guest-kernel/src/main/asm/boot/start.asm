; The kernel's first 64-bit code, and the order in which its parts come up.
; One CPU; interrupts stay off until the first thread runs.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; kernel_start - bring the kernel up and run the first thread
;
;   entered by  boot_long_mode, on tables that map the image at KERNEL_BASE
;   in        esi = LOADER_PVH or another, ebp = what the loader tells, physical
;   out       does not return
;   clobbers  everything
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  kernel_start
kernel_start:
        lea     rsp, [rel cpu_stack_end]
        mov     r12d, ebp
        mov     r13d, esi
        xor     ebp, ebp
        call    uart_start
        call    gdt_start
        call    idt_start
        mov     edi, r13d
        mov     rsi, r12
        call    memory_map_read
        call    frame_start
        call    paging_start
        call    cpu_start
        call    syscall_start
        call    pic_mask
        lea     rdi, [rel kernel_banner]
        call    print_text
        call    tasks_start
        call    lapic_start
        call    scheduler_pick
        jmp     thread_resume

; -----------------------------------------------------------------------------
; cpu_start - fill in the CPU's block, let gs point to it, switch protections on
;
;   in        nothing
;   out       gs = the CPU's block
;   clobbers  rax, rbx, rcx, rdx, flags
;   needs     the kernel's own page tables
;   probe     none
;
; The kernel touches no user page, so SMAP costs it nothing. CR3 has identifier 0 when PCIDE
; is set, as it must.
; -----------------------------------------------------------------------------
global  cpu_start
cpu_start:
        lea     rax, [rel cpu_block]
        mov     [rax + Cpu_self], rax
        lea     rcx, [rel cpu_stack_end]
        mov     [rax + Cpu_stack_end], rcx
        mov     dword [rax + Cpu_highest], PRIORITY_NONE
        mov     rdx, rax
        shr     rdx, 32
        mov     ecx, MSR_GS_BASE
        wrmsr
        xor     eax, eax
        xor     edx, edx
        mov     ecx, MSR_KERNEL_GS_BASE
        wrmsr

        mov     eax, CPUID_FEATURES
        cpuid
        test    ecx, CPUID_ECX_PCID
        jz      .no_pcid
        mov     rax, cr4
        or      rax, CR4_PCID
        mov     cr4, rax
.no_pcid:
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
        ret

section .rodata
kernel_banner:
%if FASTPATH == 0
        db      "bantam: first light, slow path only", 10, 0
%elif FASTPATH == 1
        db      "bantam: first light, fast path in assembly", 10, 0
%elif FASTPATH == 2
        db      "bantam: first light, fast path generated", 10, 0
%else
%error "FASTPATH is 0, 1 or 2"
%endif

section .bss
align CACHE_LINE
global  cpu_block
cpu_block:
        resb    Cpu_size

; The guard page is in the image's address range and in no page table.
align PAGE_SIZE
global  cpu_stack_guard, cpu_stack, cpu_stack_end
cpu_stack_guard:
        resb    PAGE_SIZE
cpu_stack:
        resb    KERNEL_STACK_SIZE
cpu_stack_end:
