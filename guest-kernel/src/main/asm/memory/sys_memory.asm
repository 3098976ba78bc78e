; System calls about where memory objects are mapped.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

ACCESS_ALL      equ     RIGHT_MAP_READ | RIGHT_MAP_WRITE | RIGHT_MAP_EXECUTE
LARGE_MASK      equ     LARGE_PAGE_SIZE - 1
ACCESS_REFUSED  equ     RIGHT_MAP_WRITE | RIGHT_MAP_EXECUTE
PAGE_MASK       equ     PAGE_SIZE - 1

section .text

; -----------------------------------------------------------------------------
; sys_memory_map - map pages of a memory object
;
;   in        r15 = the running Thread; its rdi = handle, rsi = process or HANDLE_SELF,
;             rdx = address, r8 = first page, r9 = pages, r10 = access
;   out       its status
;   clobbers  everything but r15, rsp
;   needs     nothing
;   probe     page_map (Process, virtual, the entry), page_unmap
;
; The mapped process pays for page tables and the Mapping.
; -----------------------------------------------------------------------------
global  sys_memory_map
sys_memory_map:
        call    memory_find
        test    rax, rax
        jz      memory_refused
        mov     rcx, [rbx + Handle_object]
        mov     rdx, [rcx + Memory_pages]
        mov     rsi, [r15 + Thread_r8]
        mov     r14, [r15 + Thread_r9]
        cmp     rsi, rdx
        jae     memory_bad_range
        sub     rdx, rsi
        mov     rax, r14
        dec     rax
        cmp     rax, rdx
        jae     memory_bad_range
        mov     rbp, [rcx + Memory_table]
        lea     rbp, [rbp + rsi * PTE_SIZE]
        mov     eax, PAGE_MASK
        test    r13d, PTE_LARGE
        jz      .small
        or      esi, r14d
        test    esi, LARGE_PAGES - 1
        jnz     memory_bad_range
        mov     eax, LARGE_MASK
.small:
        mov     rsi, [r15 + Thread_rdx]
        test    esi, eax
        jnz     memory_bad_address
        mov     rax, USER_LIMIT
        sub     rax, rsi
        jbe     memory_bad_address
        shr     rax, PAGE_SHIFT
        cmp     r14, rax
        ja      memory_bad_address
        mov     r8, r14
.next_free:
        mov     rdi, [r12 + Process_root]
        call    paging_find
        test    rax, rax
        jnz     .mapped
        add     rsi, PAGE_SIZE
        dec     r8
        jnz     .next_free

        mov     edi, KIND_MAPPING
        mov     rsi, r12
        call    object_alloc
        test    rax, rax
        jz      .no_object
        push    rax
        mov     rcx, [r15 + Thread_rdx]
        mov     [rax + Mapping_process], r12
        mov     [rax + Mapping_address], rcx
        mov     [rax + Mapping_pages], r14
        mov     rdx, [r15 + Thread_r8]
        mov     [rax + Mapping_first], rdx
        mov     [rax + Mapping_access], r13
        push    rbx
        mov     rbx, rcx
.next_page:
        mov     rdi, [rbp]
        mov     rcx, r13
        call    memory_bits
        mov     rdx, rdi
        mov     rdi, [r12 + Process_root]
        mov     rsi, rbx
        mov     r8d, PAGE_SHIFT
        mov     eax, LARGE_PAGE_SHIFT
        test    r13d, PTE_LARGE
        cmovnz  r8d, eax
        mov     r9, r12
        call    paging_map
        test    eax, eax
        jnz     .no_room
        test    r13d, PTE_LARGE
        jnz     .mapped_large
        add     rbx, PAGE_SIZE
        add     rbp, PTE_SIZE
        dec     r14
        jnz     .next_page
.mapped_large:
        pop     rsi
        pop     rdi
        jmp     mapping_link
.no_room:
        movsxd  rax, eax
        mov     [r15 + Thread_rax], rax
        pop     rbx
        mov     rdi, r12
        mov     rsi, [r15 + Thread_rdx]
        mov     rdx, [r15 + Thread_r9]
        call    mapping_clear
        pop     rdi
        jmp     object_free
.no_object:
        movsxd  rdx, edx
        mov     [r15 + Thread_rax], rdx
        ret
.mapped:
        mov     qword [r15 + Thread_rax], STATUS_MAPPED
        ret

; -----------------------------------------------------------------------------
; sys_memory_unmap - end a mapping
;
;   in        r15 = the running Thread; its rdi = process or HANDLE_SELF, rsi = address
;   out       its status
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     page_unmap (Process, virtual)
; -----------------------------------------------------------------------------
global  sys_memory_unmap
sys_memory_unmap:
        mov     rdi, [r15 + Thread_rdi]
        call    process_find_changed
        test    rax, rax
        jz      memory_refused
        mov     rdi, rax
        mov     rsi, [r15 + Thread_rsi]
        call    mapping_find
        jz      memory_bad_address
        mov     rdi, rax
        jmp     mapping_end

; -----------------------------------------------------------------------------
; sys_memory_protect - give a mapping another access and another handle
;
;   in        r15 = the running Thread; its rdi = handle, rsi = process or HANDLE_SELF,
;             rdx = address, r10 = access
;   out       its status
;   clobbers  everything but r15, rsp
;   needs     nothing
;   probe     page_change (Process, virtual, the entry)
;
; The handle is the one that the mapping lives on from now on: what allows it stays what
; can take it back.
; -----------------------------------------------------------------------------
global  sys_memory_protect
sys_memory_protect:
        call    memory_find
        test    rax, rax
        jz      memory_refused
        mov     rdi, r12
        mov     rsi, [r15 + Thread_rdx]
        call    mapping_find
        jz      memory_bad_address
        mov     rcx, [rax + Mapping_handle]
        mov     rcx, [rcx + Handle_object]
        cmp     rcx, [rbx + Handle_object]
        jne     memory_bad_address
        mov     rbp, rax
        mov     rdi, rax
        call    mapping_unlink_handle
        mov     rdi, rbp
        mov     rsi, rbx
        call    mapping_link_handle
        mov     rsi, [rbp + Mapping_address]
        mov     r14, [rbp + Mapping_pages]
        mov     [rbp + Mapping_access], r13
.next_page:
        mov     rdi, [r12 + Process_root]
        call    paging_find
        mov     rdx, rax
        mov     rdi, PTE_ADDRESS
        and     rdi, [rdx]
        mov     rcx, r13
        call    memory_bits
        or      rcx, rdi
        PROBE   page_change, r12, rsi, rcx
        mov     [rdx], rcx
        add     rsi, PAGE_SIZE
        dec     r14
        jnz     .next_page
        mov     rdi, r12
        mov     rdx, rsi
        mov     rsi, [rbp + Mapping_address]
        jmp     space_flush

memory_bad_address:
        mov     qword [r15 + Thread_rax], STATUS_ADDRESS
        ret
memory_bad_range:
        mov     qword [r15 + Thread_rax], STATUS_RANGE
memory_refused:
        ret

; r15 = the running Thread, its rdi = handle, rsi = process, r10 = access.
; Out: rbx = Handle of a memory object with these rights, r12 = Process, r13 = bits of page
; table entries; or rax = 0 and the thread's status says why
memory_find:
        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        test    rax, rax
        jz      .refused
        mov     rbx, rax
        mov     rdi, [r15 + Thread_rsi]
        call    process_find_changed
        test    rax, rax
        jz      .refused
        mov     r12, rax
        mov     rcx, [r15 + Thread_r10]
        test    rcx, ~ACCESS_ALL
        jnz     .bad_access
        test    ecx, RIGHT_MAP_READ
        jz      .bad_access
        mov     eax, ecx
        not     eax
        test    eax, ACCESS_REFUSED
        jz      .bad_access
        mov     eax, [rbx + Handle_rights]
        not     eax
        test    eax, ecx
        jnz     .no_right
        mov     r13d, PTE_PRESENT
        cmp     qword [r12 + Process_mode], MODE_KERNEL
        je      .no_user
        or      r13d, PTE_USER
.no_user:
        test    ecx, RIGHT_MAP_WRITE
        jz      .read_only
        or      r13d, PTE_WRITE
.read_only:
        test    ecx, RIGHT_MAP_EXECUTE
        jnz     .executable
        bts     r13, PTE_NO_EXECUTE_BIT
.executable:
        mov     rcx, [rbx + Handle_object]
        cmp     qword [rcx + Memory_order], 0
        je      .small_pages
        or      r13, PTE_LARGE
.small_pages:
        mov     eax, 1
        ret
.bad_access:
        mov     qword [r15 + Thread_rax], STATUS_ACCESS
        xor     eax, eax
        ret
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        xor     eax, eax
.refused:
        ret

; rdi = Process, rsi = address; out: rax = the Mapping that begins there, ZF set if none does
mapping_find:
        mov     rax, [rdi + Process_mappings]
.next:
        test    rax, rax
        jz      .done
        cmp     [rax + Mapping_address], rsi
        je      .found
        mov     rax, [rax + Mapping_process_next]
        jmp     .next
.found:
        test    rax, rax
.done:
        ret
