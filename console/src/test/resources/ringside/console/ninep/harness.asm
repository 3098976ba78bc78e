; Requests from the boot module to the file server, replies and counts to the debug port.
; Each buffer ends where a page begins that is not mapped, and so do session and store: a
; byte too far is a page fault, which nobody here handles.

%include "abi/machine.inc"
%include "abi/bare.inc"
%include "abi/ninep.inc"

DEBUG_PORT      equ     0xe9
START_MODULES   equ     16
RANGE_END       equ     0xffffffff
KEPT            equ     0x5a5a1234
EXIT_LOST       equ     5

; Pages of the window; those that are not here are not mapped.
REQUEST_PAGE    equ     1
REQUEST_PAGES   equ     3
REPLY_PAGE      equ     5
REPLY_PAGES     equ     3
SESSION_PAGE    equ     9
SESSION_PAGES   equ     2
STORE_PAGE      equ     12
STORE_PAGES     equ     64

section .text.bare
global  bare_main
bare_main:
        mov     ebx, [rdi + START_MODULES]
        mov     ebx, [rbx]
        mov     eax, REQUEST_PAGE
        mov     ecx, REQUEST_PAGES
        call    map
        mov     eax, REPLY_PAGE
        mov     ecx, REPLY_PAGES
        call    map
        mov     eax, SESSION_PAGE
        mov     ecx, SESSION_PAGES
        call    map
        mov     eax, STORE_PAGE
        mov     ecx, STORE_PAGES
        call    map
        lea     rdx, [rel window_table]
        or      rdx, PTE_PRESENT | PTE_WRITE
        lea     rax, [rel window]
        shr     rax, 21
        lea     rcx, [rel bare_directory]
        mov     [rcx + rax * PTE_SIZE], rdx
        mov     rax, cr3
        mov     cr3, rax

; The head: files, bytes of the store, the session's message size, the time before the first request.
        lea     r12, [rel window + STORE_PAGE * PAGE_SIZE + STORE_PAGES * PAGE_SIZE]
        mov     esi, [rbx + 4]
        sub     r12, rsi
        mov     rdi, r12
        mov     edx, [rbx]
        mov     ecx, [rbx + 12]
        call    ninep_format
        call    emit_long
        lea     r13, [rel window + SESSION_PAGE * PAGE_SIZE + SESSION_PAGES * PAGE_SIZE - NinePSession_size]
        mov     [r13 + NinePSession_store], r12
        mov     eax, [rbx + 8]
        mov     [r13 + NinePSession_msize_limit], eax
        add     rbx, 16
.next:
        mov     r14d, [rbx]
        mov     r15d, [rbx + 4]
        add     rbx, 8
        cmp     r14d, RANGE_END
        je      .end
        inc     dword [r12 + NinePStore_now]
        test    r15d, r15d
        jz      .reset
        lea     rdi, [rel window + REQUEST_PAGE * PAGE_SIZE + REQUEST_PAGES * PAGE_SIZE]
        sub     rdi, r14
        mov     rdx, rdi
        mov     rsi, rbx
        mov     ecx, r14d
        rep movsb
        mov     rbx, rsi
        mov     rsi, rdx
        mov     edx, r14d
        lea     rcx, [rel window + REPLY_PAGE * PAGE_SIZE + REPLY_PAGES * PAGE_SIZE]
        sub     rcx, r15
        mov     r8d, r15d
        mov     rdi, r13
        mov     ebp, KEPT
        push    rcx
        push    rbx
        push    r12
        push    r13
        call    ninep_serve
        cmp     ebp, KEPT
        jne     lost
        cmp     [rsp], r13
        jne     lost
        pop     r13
        cmp     [rsp], r12
        jne     lost
        pop     r12
        cmp     [rsp], rbx
        jne     lost
        pop     rbx
        pop     rsi
        push    rsi
        mov     r14d, eax
        call    emit_long
        pop     rsi
        mov     ecx, r14d
        call    emit
.counts:
        lea     rsi, [r12 + NinePStore_files_used]
        mov     ecx, 4
        call    emit
        lea     rsi, [r12 + NinePStore_blocks_used]
        mov     ecx, 4
        call    emit
        lea     rsi, [r13 + NinePSession_fids_used]
        mov     ecx, 4
        call    emit
        jmp     .next
.reset:
        mov     rdi, r13
        call    ninep_reset
        xor     eax, eax
        call    emit_long
        jmp     .counts

; At the end: how many files and blocks really are in the lists of free ones.
.end:
        xor     eax, eax
        mov     rdx, [r12 + NinePStore_free_file]
.file:
        test    rdx, rdx
        jz      .files
        inc     eax
        mov     rdx, [rdx + NinePFile_next]
        jmp     .file
.files:
        call    emit_long
        xor     eax, eax
        mov     rsi, [r12 + NinePStore_links]
        mov     edx, [r12 + NinePStore_free_block]
.block:
        test    edx, edx
        jz      .blocks
        inc     eax
        mov     edx, [rsi + rdx * NINEP_LINK - NINEP_LINK]
        jmp     .block
.blocks:
        call    emit_long
        xor     eax, eax
        out     DEBUG_EXIT_PORT, al
lost:
        mov     eax, EXIT_LOST
        out     DEBUG_EXIT_PORT, al
        hlt

; eax = first page of the window, ecx = pages: mapped where they are
map:
        lea     rdi, [rel window_table]
        lea     rdi, [rdi + rax * PTE_SIZE]
        shl     eax, PAGE_SHIFT
        lea     rdx, [rel window + (PTE_PRESENT | PTE_WRITE)]
        add     rdx, rax
.next:
        mov     [rdi], rdx
        add     rdx, PAGE_SIZE
        add     rdi, PTE_SIZE
        dec     ecx
        jnz     .next
        ret

; rsi = bytes, ecx = how many
emit:
        mov     edx, DEBUG_PORT
        rep outsb
        ret

; eax = a number
emit_long:
        push    rax
        mov     rsi, rsp
        mov     ecx, 4
        call    emit
        pop     rax
        ret

section .bss.bare
align PAGE_SIZE
window_table:
        resb    PAGE_SIZE
align LARGE_PAGE_SIZE
window:
        resb    LARGE_PAGE_SIZE
