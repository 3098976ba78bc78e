; Making processes from their plans, before the first thread runs.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; process_create - an address space with programs, threads and handles
;
;   in        rdi = ProcessPlan
;   out       its threads are ready
;   clobbers  all caller-saved registers, flags
;   needs     the endpoints it names exist
;   probe     space_create (CR3, its name)
;
; A process that may receive from an endpoint owns it: they end together.
; -----------------------------------------------------------------------------
global  process_create
process_create:
        push    rbx
        push    r12
        push    r13
        mov     r12, rdi
        mov     rbx, [rel process_table_used]
        lea     rax, [rel process_table_end]
        cmp     rbx, rax
        jae     .too_many
        lea     rax, [rbx + Process_size]
        mov     [rel process_table_used], rax

        xor     ecx, ecx
.next_letters:
        mov     rax, [r12 + rcx * WORD_SIZE + ProcessPlan_name]
        mov     [rbx + rcx * WORD_SIZE + Process_name], rax
        inc     ecx
        cmp     ecx, TEXT_BLOCK / WORD_SIZE
        jb      .next_letters

        call    paging_new_root
        test    rax, rax
        jz      paging_exhausted
        mov     rcx, DIRECT_BASE
        sub     rax, rcx
        PROBE   space_create, rax, r12
        mov     [rbx + Process_cr3], rax

        mov     r13, [r12 + ProcessPlan_regions]
.next_region:
        cmp     qword [r13], 0
        je      .threads
        mov     rax, USER_LIMIT
        cmp     [r13 + RegionPlan_end], rax
        ja      .bad_region
        mov     rdi, [rbx + Process_cr3]
        mov     rcx, DIRECT_BASE
        add     rdi, rcx
        mov     rsi, [r13 + RegionPlan_virtual]
        mov     rdx, [r13 + RegionPlan_physical]
        mov     rcx, [r13 + RegionPlan_end]
        mov     r8, [r13 + RegionPlan_access]
        call    paging_map_range
        test    eax, eax
        jz      paging_exhausted
        add     r13, RegionPlan_size
        jmp     .next_region

.threads:
        mov     r13, [r12 + ProcessPlan_threads]
.next_thread:
        cmp     qword [r13], 0
        je      .handles
        mov     rdi, rbx
        mov     rsi, r13
        call    thread_create
        add     r13, ThreadPlan_size
        jmp     .next_thread

.handles:
        mov     r13, [r12 + ProcessPlan_handles]
.next_handle:
        mov     rax, [r13 + HandlePlan_endpoint]
        test    rax, rax
        jz      .done
        mov     rcx, [r13 + HandlePlan_slot]
        shl     ecx, HANDLE_SHIFT
        mov     [rbx + rcx + Process_handles + Handle_endpoint], eax
        mov     rdx, [r13 + HandlePlan_badge]
        mov     [rbx + rcx + Process_handles + Handle_badge], rdx
        mov     rdx, [r13 + HandlePlan_rights]
        mov     [rbx + rcx + Process_handles + Handle_rights], edx
        test    edx, RIGHT_RECEIVE
        jz      .not_owner
        mov     [rax + Endpoint_owner], rbx
.not_owner:
        add     r13, HandlePlan_size
        jmp     .next_handle
.done:
        pop     r13
        pop     r12
        pop     rbx
        ret
.too_many:
        lea     rdi, [rel process_too_many]
        jmp     panic_text
.bad_region:
        lea     rdi, [rel process_bad_region]
        jmp     panic_text

%assert ProcessPlan_name == 0, "space_create gives the plan for its name"

section .rodata
process_too_many:
        db      "the process table is full", 0
process_bad_region:
        db      "a program lies above user memory", 0

section .data
align 8
global  process_table_used
process_table_used:
        dq      process_table

section .bss
align CACHE_LINE
global  process_table, process_table_end
process_table:
        resb    PROCESS_LIMIT * Process_size
process_table_end:
