; Entries of page tables, found and emptied. A table without an entry is given back at once,
; so that what is mapped and unmapped leaves nothing.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; paging_find - the entry that maps a page of user memory
;
;   in        rdi = root, rsi = virtual
;   out       rax = address of the last entry, a large page's or not, which is present; or 0
;   clobbers  rcx, rdx, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  paging_find
paging_find:
        mov     ecx, PAGING_ROOT_SHIFT
.next_level:
        mov     rax, rsi
        shr     rax, cl
        and     eax, PTE_INDEX
        lea     rax, [rdi + rax * PTE_SIZE]
        mov     rdi, [rax]
        test    edi, PTE_PRESENT
        jz      .none
        cmp     ecx, PAGE_SHIFT
        je      .found
        test    edi, PTE_LARGE
        jnz     .found
        mov     rdx, PTE_ADDRESS
        and     rdi, rdx
        mov     rdx, DIRECT_BASE
        add     rdi, rdx
        sub     ecx, PAGING_LEVEL_BITS
        jmp     .next_level
.none:
        xor     eax, eax
.found:
        ret

; -----------------------------------------------------------------------------
; paging_unmap - empty the entry of a page of user memory
;
;   in        rdi = root, rsi = virtual, edx = 1: give back the tables that are empty then,
;             rbx = Process whose root it is, for the probe
;   out       nothing is mapped there, nor in all of a large page; rax = tables given back
;   clobbers  all caller-saved registers, flags
;   needs     the caller flushes
;   probe     page_unmap (Process, virtual): nothing is there from now on, if anything was
;
; There may be no entry, and tables only down to some level: so paging_map leaves it when
; it fails.
; -----------------------------------------------------------------------------
global  paging_unmap
paging_unmap:
        push    rbp
        push    rbx
        push    r12
        mov     rbp, rsp
        xor     r12d, r12d
        mov     ecx, PAGING_ROOT_SHIFT

; rdi = table; the entries that lead to it are on the stack
.next_level:
        mov     rax, rsi
        shr     rax, cl
        and     eax, PTE_INDEX
        lea     rax, [rdi + rax * PTE_SIZE]
        cmp     ecx, PAGE_SHIFT
        je      .last_level
        mov     r8, [rax]
        test    r8d, PTE_PRESENT
        jz      .lowest_table
        test    r8d, PTE_LARGE
        jnz     .last_level
        push    rax
        mov     rdi, PTE_ADDRESS
        and     rdi, r8
        mov     r8, DIRECT_BASE
        add     rdi, r8
        sub     ecx, PAGING_LEVEL_BITS
        jmp     .next_level
.last_level:
        PROBE   page_unmap, rbx, rsi
        mov     qword [rax], 0
.lowest_table:
        test    edx, edx
        jz      .done
.next_table:
        cmp     rsp, rbp
        je      .done
        xor     ecx, ecx
.next_entry:
        cmp     qword [rdi + rcx * PTE_SIZE], 0
        jne     .done
        inc     ecx
        cmp     ecx, TABLE_ENTRIES
        jb      .next_entry
        pop     rbx
        mov     qword [rbx], 0
        call    frame_drop
        add     r12, rax
        mov     rdi, rbx
        and     rdi, -PAGE_SIZE
        jmp     .next_table
.done:
        mov     rax, r12
        mov     rsp, rbp
        pop     r12
        pop     rbx
        pop     rbp
        ret
