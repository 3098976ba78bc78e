; Making the first tasks from their plans, by the routines that system calls use too.
; Init is the first process: it has all memory as its quota and pays for everybody else.
; It may manage all others, and nobody but init may use the machine.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; tasks_start - make the first tasks
;
;   in        nothing
;   out       their threads are ready, all memory can be had
;   clobbers  everything but rsp
;   needs     the kernel's own page tables, gs is the kernel's
;   probe     none
; -----------------------------------------------------------------------------
global  tasks_start
tasks_start:
        lea     rbx, [rel tasks_plans]
        call    task_start
        mov     ebp, HANDLE_PROCESSES
.next:
        add     rbx, ProcessPlan_size
        lea     rax, [rel tasks_plans_end]
        cmp     rbx, rax
        jae     .all
        call    task_start
        inc     ebp
        mov     esi, ebp
        mov     rdx, r12
        mov     ecx, RIGHT_PROCESS
        call    task_give_init
        jmp     .next
.all:
        mov     edi, KIND_MACHINE
        mov     rsi, [rel process_first]
        call    object_alloc
        test    rax, rax
        jz      tasks_failed
        mov     rdx, rax
        mov     esi, HANDLE_MACHINE
        mov     ecx, RIGHT_MACHINE
        call    task_give_init
        call    frame_start_rest
        mov     rdx, [rel process_first]
        mov     rax, [rel frame_free_pages]
        shl     rax, PAGE_SHIFT
        add     rax, [rdx + Process_used]
        mov     [rdx + Process_quota], rax
        ret

; esi = slot of init, rdx = object, ecx = rights
task_give_init:
        mov     rdi, [rel process_first]
        xor     r8d, r8d
        xor     r9d, r9d
        jmp     handle_make

; rbx = ProcessPlan; r12 becomes the Process, r15 the bits that its page table entries may have:
; those of kernel mode have no page for user code, whatever the plan says
task_start:
        mov     rdi, [rel process_first]
        mov     rsi, [rbx + ProcessPlan_quota]
        lea     rdx, [rbx + ProcessPlan_name]
        call    process_make
        test    rax, rax
        jz      tasks_failed
        mov     r12, rax
        mov     rax, [rbx + ProcessPlan_mode]
        mov     [r12 + Process_mode], rax
        mov     r15, -1
        cmp     rax, MODE_KERNEL
        jne     .user_pages
        mov     r15, ~PTE_USER
.user_pages:
        cmp     qword [rel process_first], 0
        jne     .regions
        mov     [rel process_first], r12

.regions:
        mov     r13, [rbx + ProcessPlan_regions]
.next_region:
        cmp     qword [r13], 0
        je      .threads
        mov     rax, USER_LIMIT
        cmp     [r13 + RegionPlan_end], rax
        ja      tasks_failed
        mov     rdi, [r12 + Process_root]
        mov     rsi, [r13 + RegionPlan_virtual]
        mov     rdx, [r13 + RegionPlan_physical]
        mov     rcx, [r13 + RegionPlan_end]
        mov     r8, [r13 + RegionPlan_access]
        and     r8, r15
        mov     r9, r12
        call    paging_map_range
        test    eax, eax
        jnz     tasks_failed
        add     r13, RegionPlan_size
        jmp     .next_region

.threads:
        mov     r13, [rbx + ProcessPlan_threads]
.next_thread:
        cmp     qword [r13], 0
        je      .handles
        call    task_thread
        add     r13, ThreadPlan_size
        jmp     .next_thread

.handles:
        mov     r13, [rbx + ProcessPlan_handles]
.next_handle:
        cmp     qword [r13], 0
        je      .done
        call    task_handle
        add     r13, HandlePlan_size
        jmp     .next_handle
.done:
        ret

; r12 = Process, r13 = ThreadPlan, r15 = bits that entries may have. The stack is one page, with
; nothing mapped below it; stacks of all processes lie at different addresses, so that an address
; says whose it is.
task_thread:
        mov     rax, USER_LIMIT
        cmp     [r13 + ThreadPlan_entry], rax
        jae     tasks_failed
        mov     rdi, r12
        call    quota_page
        test    rax, rax
        jz      tasks_failed
        mov     rdx, DIRECT_BASE
        sub     rax, rdx
        mov     rdx, rax
        mov     r14, [rel tasks_stack]
        add     r14, USER_STACK_STRIDE
        mov     [rel tasks_stack], r14
        mov     rdi, [r12 + Process_root]
        mov     rsi, r14
        mov     rcx, PTE_PRESENT | PTE_WRITE | PTE_USER | (1 << PTE_NO_EXECUTE_BIT)
        and     rcx, r15
        mov     r8d, PAGE_SHIFT
        mov     r9, r12
        call    paging_map
        test    eax, eax
        jnz     tasks_failed
        mov     rdi, r12
        mov     rsi, [r13 + ThreadPlan_entry]
        lea     rdx, [r14 + PAGE_SIZE]
        mov     rcx, [r13 + ThreadPlan_argument]
        mov     r8d, [r13 + ThreadPlan_priority]
        mov     r9, [r13 + ThreadPlan_user_flags]
        call    thread_make
        test    rax, rax
        jz      tasks_failed
        ret

; r12 = Process, r13 = HandlePlan. An endpoint is made when its cell is first named.
task_handle:
        mov     rax, [r13 + HandlePlan_object]
        mov     rdx, r12
        cmp     rax, HANDLE_SELF
        je      .has_object
        mov     r14, rax
        mov     rdx, [r14]
        test    rdx, rdx
        jnz     .has_object
        mov     edi, KIND_ENDPOINT
        mov     rsi, [rel process_first]
        call    object_alloc
        test    rax, rax
        jz      tasks_failed
        mov     [r14], rax
        mov     rdx, rax
.has_object:
        mov     rdi, r12
        mov     esi, [r13 + HandlePlan_slot]
        mov     ecx, [r13 + HandlePlan_rights]
        mov     r8, [r13 + HandlePlan_badge]
        xor     r9d, r9d
        jmp     handle_make

tasks_failed:
        lea     rdi, [rel tasks_do_not_fit]
        jmp     panic_text

; Plans follow, from all units that have some, up to tasks_plans_end.
section .rodata.tasks
align 8
tasks_plans:

section .rodata
tasks_do_not_fit:
        db      "the first tasks do not fit into memory, or into their quotas", 0

section .data
align 8
tasks_stack:
        dq      USER_STACKS - USER_STACK_STRIDE
