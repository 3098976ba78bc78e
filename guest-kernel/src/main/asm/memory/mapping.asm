; Mappings: which pages of which memory object a process sees where, and by which handle.
; A mapping is in two lists, its process's and its handle's, and ends with either of them;
; so a page that is mapped always belongs to a memory object that has a handle.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

section .text

; -----------------------------------------------------------------------------
; mapping_end - unmap a mapping
;
;   in        rdi = Mapping
;   out       it is gone, and so are the page tables that it alone needed
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     page_unmap
; -----------------------------------------------------------------------------
global  mapping_end
mapping_end:
        push    rbx
        mov     rbx, rdi
        call    mapping_unlink_handle
        mov     rax, [rbx + Mapping_process_next]
        mov     rcx, [rbx + Mapping_process_previous]
        test    rax, rax
        jz      .was_last
        mov     [rax + Mapping_process_previous], rcx
.was_last:
        test    rcx, rcx
        jz      .was_first
        mov     [rcx + Mapping_process_next], rax
        jmp     .unlinked
.was_first:
        mov     rcx, [rbx + Mapping_process]
        mov     [rcx + Process_mappings], rax
.unlinked:
        mov     rdi, [rbx + Mapping_process]
        mov     rsi, [rbx + Mapping_address]
        mov     rdx, [rbx + Mapping_pages]
        call    mapping_clear
        mov     rdi, rbx
        pop     rbx
        jmp     object_free

; -----------------------------------------------------------------------------
; mapping_at - the mapping of a page
;
;   in        rdi = Process, rsi = address
;   out       rax = Mapping, or 0
;   clobbers  rcx, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  mapping_at
mapping_at:
        mov     rax, [rdi + Process_mappings]
.next:
        test    rax, rax
        jz      .done
        mov     rcx, rsi
        sub     rcx, [rax + Mapping_address]
        jb      .skip
        shr     rcx, PAGE_SHIFT
        cmp     rcx, [rax + Mapping_pages]
        jb      .done
.skip:
        mov     rax, [rax + Mapping_process_next]
        jmp     .next
.done:
        ret

; -----------------------------------------------------------------------------
; mapping_link - put a mapping into the lists of its process and its handle
;
;   in        rdi = Mapping, rsi = Handle; Mapping_process is set
;   out       it is the first of both
;   clobbers  rax, rcx, flags
;   needs     it is in neither
;   probe     none
; -----------------------------------------------------------------------------
global  mapping_link
mapping_link:
        mov     rcx, [rdi + Mapping_process]
        mov     rax, [rcx + Process_mappings]
        mov     [rdi + Mapping_process_next], rax
        mov     [rcx + Process_mappings], rdi
        test    rax, rax
        jz      mapping_link_handle
        mov     [rax + Mapping_process_previous], rdi

; -----------------------------------------------------------------------------
; mapping_link_handle - let a mapping live on a handle
;
;   in        rdi = Mapping, rsi = Handle
;   out       it is the first of the handle's list
;   clobbers  rax, flags
;   needs     it is in no handle's list
;   probe     none
; -----------------------------------------------------------------------------
global  mapping_link_handle
mapping_link_handle:
        mov     [rdi + Mapping_handle], rsi
        mov     qword [rdi + Mapping_handle_previous], 0
        mov     rax, [rsi + Handle_mappings]
        mov     [rdi + Mapping_handle_next], rax
        mov     [rsi + Handle_mappings], rdi
        test    rax, rax
        jz      .only
        mov     [rax + Mapping_handle_previous], rdi
.only:
        ret

; -----------------------------------------------------------------------------
; mapping_unlink_handle - take a mapping out of its handle's list
;
;   in        rdi = Mapping
;   out       it is in no handle's list
;   clobbers  rax, rcx, flags
;   needs     it is in one
;   probe     none
; -----------------------------------------------------------------------------
global  mapping_unlink_handle
mapping_unlink_handle:
        mov     rax, [rdi + Mapping_handle_next]
        mov     rcx, [rdi + Mapping_handle_previous]
        test    rax, rax
        jz      .was_last
        mov     [rax + Mapping_handle_previous], rcx
.was_last:
        test    rcx, rcx
        jz      .was_first
        mov     [rcx + Mapping_handle_next], rax
        ret
.was_first:
        mov     rcx, [rdi + Mapping_handle]
        mov     [rcx + Handle_mappings], rax
        ret

; -----------------------------------------------------------------------------
; mapping_clear - unmap pages, whether all of them are mapped or not
;
;   in        rdi = Process, rsi = address, rdx = pages
;   out       nothing is mapped there and no TLB knows better; tables that are empty are
;             given back to the process
;   clobbers  all caller-saved registers, flags
;   needs     nothing but pages of one memory object is mapped there
;   probe     page_unmap
; -----------------------------------------------------------------------------
global  mapping_clear
mapping_clear:
        push    rbx
        push    r12
        push    r13
        push    r14
        push    r15
        mov     rbx, rdi
        mov     r12, rsi
        mov     r13, rdx
        shl     r13, PAGE_SHIFT
        add     r13, rsi
        mov     r14, rsi
        xor     r15d, r15d

; Whether a table is empty is asked after its last page.
.next:
        mov     rdi, [rbx + Process_root]
        mov     rsi, r14
        add     r14, PAGE_SIZE
        mov     edx, 1
        cmp     r14, r13
        je      .unmap
        test    r14d, LARGE_PAGE_SIZE - 1
        jz      .unmap
        xor     edx, edx
.unmap:
        call    paging_unmap
        add     r15, rax
        cmp     r14, r13
        jb      .next
        mov     rdi, rbx
        mov     rsi, r12
        mov     rdx, r13
        call    space_flush
        mov     rdi, rbx
        mov     rsi, r15
        shl     rsi, PAGE_SHIFT
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        jmp     quota_return
