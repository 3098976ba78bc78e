; Forks of memory objects: a new one with the same pages, which neither can write to any more.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; memory_fork - a memory object that shares all pages of another one
;
;   in        rdi = Process that pays for it, rsi = Memory, not of large pages
;   out       rax = Memory, without a handle; or 0, and edx = STATUS_QUOTA or STATUS_MEMORY
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     memory_fork (the other one, the new one), page_change (Process, virtual, the
;             entry)
; -----------------------------------------------------------------------------
global  memory_fork
memory_fork:
        push    rbx
        push    r12
        push    r13
        push    r14
        mov     r12, rdi
        mov     r13, rsi
        call    memory_begin
        jz      .none
        mov     rdi, r12
        mov     rsi, [r13 + Memory_pages]
        shl     rsi, PAGE_SHIFT
        call    quota_charge
        mov     edx, eax
        test    eax, eax
        jnz     .no_room

        PROBE   memory_fork, r13, rbx
        mov     rdx, [r13 + Memory_table]
        xor     ecx, ecx
.next_page:
        mov     rdi, [rdx + rcx * PTE_SIZE]
        mov     [r14 + rcx * PTE_SIZE], rdi
        call    frame_find
        inc     dword [rax + Frame_shares]
        inc     ecx
        cmp     rcx, [r13 + Memory_pages]
        jb      .next_page
        mov     [rbx + Memory_pages], rcx

        mov     r14, [r13 + Object_first_handle]
.next_handle:
        test    r14, r14
        jz      .all
        mov     r12, [r14 + Handle_mappings]
.next_mapping:
        test    r12, r12
        jz      .no_mapping
        mov     rdi, r12
        call    mapping_share
        mov     r12, [r12 + Mapping_handle_next]
        jmp     .next_mapping
.no_mapping:
        mov     r14, [r14 + Handle_next]
        jmp     .next_handle
.all:
        mov     rax, rbx
        jmp     .none
.no_room:
        call    memory_undo
.none:
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

; rdi = Mapping: from now on its pages can only be read
mapping_share:
        push    rbx
        push    r12
        push    r13
        mov     rbx, rdi
        test    dword [rbx + Mapping_access], PTE_WRITE
        jz      .done
        mov     rsi, [rbx + Mapping_address]
        mov     r12, [rbx + Mapping_pages]
        mov     r13, [rbx + Mapping_process]
.next_page:
        mov     rdi, [r13 + Process_root]
        call    paging_find
        and     qword [rax], ~PTE_WRITE
        mov     rcx, [rax]
        PROBE   page_change, r13, rsi, rcx
        add     rsi, PAGE_SIZE
        dec     r12
        jnz     .next_page
        mov     rdi, r13
        mov     rdx, rsi
        mov     rsi, [rbx + Mapping_address]
        call    space_flush
.done:
        pop     r13
        pop     r12
        pop     rbx
        ret
