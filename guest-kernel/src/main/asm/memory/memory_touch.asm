; Pages of memory objects as processes may use them now: one that two memory objects share is
; mapped to be read, and copied for the first that writes.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

PAGE_MASK       equ     PAGE_SIZE - 1
LARGE_MASK      equ     LARGE_PAGE_SIZE - 1

section .text

; -----------------------------------------------------------------------------
; memory_touch - where a process's byte is, for a use that its mappings allow
;
;   in        rdi = Process, rsi = address, edx = RIGHT_MAP_READ, or RIGHT_MAP_WRITE to write
;   out       rax = the byte, at DIRECT_BASE; no other memory object has its page if it is to
;             be written. Or 0, and edx = STATUS_ADDRESS: the process may not do that;
;             STATUS_MEMORY: there is no page for a copy
;   clobbers  all caller-saved registers, flags
;   needs     nothing: any address may be asked for
;   probe     page_copy
;
; Everything that writes to a user's memory asks here first: the page fault of a user, and
; the kernel before it writes itself. What it tells holds for the rest of that page, until
; somebody maps, forks or ends something.
; -----------------------------------------------------------------------------
global  memory_touch
memory_touch:
        push    rbx
        push    r12
        push    r13
        mov     rbx, rdi
        mov     r12, rsi
        mov     r13d, edx
        mov     rax, USER_LIMIT
        cmp     rsi, rax
        jae     .refused
.look:
        mov     rdi, [rbx + Process_root]
        test    rdi, rdi
        jz      .refused
        mov     rsi, r12
        call    paging_find
        test    rax, rax
        jz      .refused
        mov     rax, [rax]
        test    r13d, RIGHT_MAP_WRITE
        jz      .found
        test    eax, PTE_WRITE
        jz      .copy
.found:
        mov     edx, PAGE_MASK
        mov     ecx, LARGE_MASK
        test    eax, PTE_LARGE
        cmovnz  edx, ecx
        mov     rcx, PTE_ADDRESS
        and     rax, rcx
        and     r12d, edx
        or      rax, r12
        mov     rcx, DIRECT_BASE
        add     rax, rcx
        jmp     .done

.copy:
        mov     rdi, rbx
        call    mapping_at
        test    rax, rax
        jz      .refused
        test    dword [rax + Mapping_access], PTE_WRITE
        jz      .refused
        mov     rsi, r12
        sub     rsi, [rax + Mapping_address]
        shr     rsi, PAGE_SHIFT
        add     rsi, [rax + Mapping_first]
        mov     rdi, [rax + Mapping_handle]
        mov     rdi, [rdi + Handle_object]
        call    memory_unshare
        mov     edx, eax
        test    eax, eax
        jz      .look
        jmp     .none
.refused:
        mov     edx, STATUS_ADDRESS
.none:
        xor     eax, eax
.done:
        pop     r13
        pop     r12
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; memory_unshare - let a memory object have a page of its own
;
;   in        rdi = Memory, rsi = page
;   out       eax = STATUS_OK: no other has it, and all mappings of it allow what they are
;             meant to; or STATUS_MEMORY
;   clobbers  all caller-saved registers, flags
;   needs     it has the page
;   probe     page_copy (Memory, page), page_change (Process, virtual, the entry)
;
; Nobody is charged: it pays for all its pages from the start. Other CPUs wait: one that saw
; the copy in a mapping would go on beside another that still saw the old page in the next.
; -----------------------------------------------------------------------------
global  memory_unshare
memory_unshare:
        push    rbx
        push    r12
        push    r13
        push    r14
        mov     rbx, rdi
        mov     r12, rsi
        mov     rdi, [rbx + Memory_table]
        lea     r13, [rdi + rsi * PTE_SIZE]
        mov     rdi, [r13]
        call    frame_find
        cmp     dword [rax + Frame_shares], 1
        je      .own
%if SMP
        call    cpus_hold
%endif
        xor     edi, edi
        call    frame_alloc
        test    rax, rax
        jz      .no_memory
        PROBE   page_copy, rbx, r12
        mov     r14, DIRECT_BASE
        mov     rdi, rax
        sub     rax, r14
        mov     rsi, [r13]
        add     rsi, r14
        mov     [r13], rax
        mov     r14, rsi
        mov     ecx, PAGE_SIZE >> PTE_SHIFT
        rep movsq
        mov     rdi, r14
        call    frame_drop

.own:
        mov     r14, [rbx + Object_first_handle]
.next_handle:
        test    r14, r14
        jz      .all
        mov     rbx, [r14 + Handle_mappings]
.next_mapping:
        test    rbx, rbx
        jz      .no_mapping
        mov     rsi, r12
        sub     rsi, [rbx + Mapping_first]
        jb      .skip
        cmp     rsi, [rbx + Mapping_pages]
        jae     .skip
        shl     rsi, PAGE_SHIFT
        add     rsi, [rbx + Mapping_address]
        mov     rdi, [rbx + Mapping_process]
        mov     rdi, [rdi + Process_root]
        call    paging_find
        mov     rcx, [rbx + Mapping_access]
        or      rcx, [r13]
        mov     [rax], rcx
        mov     rdi, [rbx + Mapping_process]
        PROBE   page_change, rdi, rsi, rcx
        lea     rdx, [rsi + PAGE_SIZE]
        call    space_flush
.skip:
        mov     rbx, [rbx + Mapping_handle_next]
        jmp     .next_mapping
.no_mapping:
        mov     r14, [r14 + Handle_next]
        jmp     .next_handle
.all:
        mov     eax, STATUS_OK
        jmp     .done
.no_memory:
        mov     eax, STATUS_MEMORY
.done:
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; memory_bits - what an entry of a page table may allow now
;
;   in        rdi = physical address of a memory object's page, rcx = bits of its access
;   out       rcx = the same; without PTE_WRITE when another memory object has the page too
;   clobbers  rax, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  memory_bits
memory_bits:
        test    ecx, PTE_WRITE
        jz      .done
        call    frame_find
        cmp     dword [rax + Frame_shares], 1
        je      .done
        and     rcx, ~PTE_WRITE
.done:
        ret
