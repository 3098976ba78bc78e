; Two address spaces with the same code, and a view of memory that differs: what the client sees
; at VIEW is not what the server sees there. Both roots lie in memory; extended page tables 0
; show all as it is, extended page tables 1 show the server's root where the client's is.

%include "stand/stand.inc"
%include "spaces.inc"

VIEW_ENTRY      equ     1                       ; of the root: the second 512 GiB
VIEW_PAGE       equ     16                      ; large page there that is looked at
VIEW            equ     (VIEW_ENTRY << PAGING_ROOT_SHIFT) + (VIEW_PAGE << LARGE_PAGE_SHIFT)
CLIENT_WORD     equ     VIEW_PAGE << LARGE_PAGE_SHIFT
SERVER_WORD     equ     CLIENT_WORD + LARGE_PAGE_SIZE
CLIENT_VALUE    equ     0xc11e
SERVER_VALUE    equ     0x5e12
ACCESS          equ     PTE_PRESENT | PTE_WRITE | PTE_USER

EPT_ALL         equ     0x7                     ; read, write, execute
EPT_LEAF        equ     0xb7                    ; all, of memory that is written back, large
EPT_PAGE        equ     0x37                    ; the same, of 4 KiB
EPT_POINTER     equ     0x1e                    ; four levels, written back
EPT_GIB_SHIFT   equ     30
EPT_GIBS        equ     4
MSR_EPT_LIST    equ     0x400000f0              ; docs/machine.md
MSR_EPT_USED    equ     0x400000f1

section .text

; -----------------------------------------------------------------------------
; workload_cpu - make the spaces, go to level 3, and let the server read ROUNDS times
;
;   in        edi = CPU
;   out       the server saw its own word each time, the client its own
;   clobbers  everything
;   needs     one CPU; switch_there, which returns with rax = what the server read
;   probe     the trial, the operation, the control arm
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        push    rbx
        mov     [rel kernel_stack], rsp
        call    spaces_make
        mov     ecx, MSR_STAR
        xor     eax, eax
        mov     edx, STAR_HIGH
        wrmsr
        mov     ecx, MSR_LSTAR
        lea     rax, [rel switch_entry]
        xor     edx, edx
        wrmsr
        mov     ecx, MSR_FMASK
        mov     eax, RFLAGS_TRAP | RFLAGS_DIRECTION | RFLAGS_INTERRUPT
        wrmsr
        lea     rcx, [rel client]
        mov     r11d, RFLAGS_ALWAYS
        sysretq
; At level 3 from here on.
client:
        mov     ebx, ROUNDS
        mov     r14, VIEW
        TRIAL   0, 0, 0
.next:
        OP_BEGIN
        call    switch_there
        OP_END
        mov     r12, rax
        CONTROL
        cmp     r12, SERVER_VALUE
        CHECK   e, server_saw_its_own
        cmp     qword [r14], CLIENT_VALUE
        CHECK   e, client_saw_its_own
        dec     ebx
        jnz     .next
        TRIAL_END
        mov     eax, SWITCH_END
        syscall

; -----------------------------------------------------------------------------
; switch_end - the end of the workload, at level 0
;
;   entered by  switch_entry, when the client is done
;   in        nothing
;   out       returns for workload_cpu
;   clobbers  everything
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  switch_end
switch_end:
        mov     rsp, [rel kernel_stack]
        pop     rbx
        ret

; rdi = a table: fill it with what lies behind each other, from rax on, rdx apart. Clobbers
; rax, rcx, rdi.
fill_table:
        mov     ecx, TABLE_ENTRIES
.next:
        mov     [rdi], rax
        add     rax, rdx
        add     rdi, PTE_SIZE
        dec     ecx
        jnz     .next
        ret

; Make both roots and both extended page tables, and use the client's. Clobbers all but rbx, rbp.
spaces_make:
        mov     eax, CLIENT_WORD
        mov     qword [rax], CLIENT_VALUE
        mov     eax, SERVER_WORD
        mov     qword [rax], SERVER_VALUE
; The client's view is the first GiB; the server's is one large page further.
        lea     rdi, [rel server_view]
        mov     eax, LARGE_PAGE_SIZE | ACCESS | PTE_LARGE
        mov     edx, LARGE_PAGE_SIZE
        call    fill_table
        lea     rax, [rel server_view]
        or      rax, ACCESS
        mov     [rel server_views], rax
        lea     rsi, [rel stand_root]
        lea     rdi, [rel server_root]
        mov     rax, [rsi]
        mov     [rdi], rax
        mov     [rsi + VIEW_ENTRY * PTE_SIZE], rax
        lea     rax, [rel server_views]
        or      rax, ACCESS
        mov     [rdi + VIEW_ENTRY * PTE_SIZE], rax
; Extended page tables.
        mov     esi, EPT_GIBS
        mov     eax, EPT_LEAF
        lea     rdi, [rel ept_gibs_0]
        lea     r8, [rel ept_gibs_1]
.gib:
        mov     [rdi], rax
        mov     [r8], rax
        add     rax, 1 << EPT_GIB_SHIFT
        add     rdi, PTE_SIZE
        add     r8, PTE_SIZE
        dec     esi
        jnz     .gib
        lea     rax, [rel ept_large_1]
        or      rax, EPT_ALL
        mov     [rel ept_gibs_1], rax
        lea     rdi, [rel ept_large_1]
        mov     eax, EPT_LEAF
        mov     edx, LARGE_PAGE_SIZE
        call    fill_table
        lea     rsi, [rel stand_root]
        mov     r8, rsi
        shr     r8, LARGE_PAGE_SHIFT
        lea     rcx, [rel ept_large_1]
        lea     rax, [rel ept_pages_1]
        or      rax, EPT_ALL
        mov     [rcx + r8 * PTE_SIZE], rax
        mov     rax, r8
        shl     rax, LARGE_PAGE_SHIFT
        or      rax, EPT_PAGE
        lea     rdi, [rel ept_pages_1]
        mov     edx, PAGE_SIZE
        call    fill_table
        shr     rsi, PAGE_SHIFT
        and     esi, PTE_INDEX
        lea     rax, [rel server_root]
        or      rax, EPT_PAGE
        lea     rcx, [rel ept_pages_1]
        mov     [rcx + rsi * PTE_SIZE], rax
        lea     rax, [rel ept_gibs_0]
        or      rax, EPT_ALL
        mov     [rel ept_root_0], rax
        lea     rax, [rel ept_gibs_1]
        or      rax, EPT_ALL
        mov     [rel ept_root_1], rax
        lea     rax, [rel ept_root_0]
        or      rax, EPT_POINTER
        mov     [rel ept_list], rax
        lea     rcx, [rel ept_root_1]
        or      rcx, EPT_POINTER
        mov     [rel ept_list + PTE_SIZE], rcx
        mov     ecx, MSR_EPT_USED
        xor     edx, edx
        wrmsr
        lea     rax, [rel ept_list]
        mov     ecx, MSR_EPT_LIST
        wrmsr
; Translations are kept where CR3 changes.
        mov     rax, cr4
        or      rax, CR4_PCID
        mov     cr4, rax
        ret

section .bss
align PAGE_SIZE
; -----------------------------------------------------------------------------
; server_root - the server's page tables, from the root on
;
;   in        nothing: no code is here
;   out       nothing
;   clobbers  nothing
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  server_root
server_root:
        resb    PAGE_SIZE
server_views:
        resb    PAGE_SIZE
server_view:
        resb    PAGE_SIZE
ept_root_0:
        resb    PAGE_SIZE
ept_root_1:
        resb    PAGE_SIZE
ept_gibs_0:
        resb    PAGE_SIZE
ept_gibs_1:
        resb    PAGE_SIZE
ept_large_1:
        resb    PAGE_SIZE
ept_pages_1:
        resb    PAGE_SIZE
ept_list:
        resb    PAGE_SIZE
kernel_stack:
        resb    8
