; A message of some length gets from a sender to a receiver by METHOD. The data is there before,
; and nobody looks at it but for one word that the receiver touches.

%include "lib/page-pool.inc"

METHOD_COPY     equ     0                       ; into a buffer of the receiver
METHOD_TWICE    equ     1                       ; through a buffer of the kernel
METHOD_POOL     equ     2                       ; a page that both sides have always had
METHOD_HEADER   equ     3                       ; the same; the receiver copies the header before it believes it
METHOD_MAP      equ     4                       ; a page that the receiver gets for REUSE messages
METHOD_MOVE     equ     5                       ; a page that the sender loses while the receiver has it

VIEW_DIRECTORY  equ     2                       ; the receiver's view of the pool begins at 2 GiB
VIEW            equ     VIEW_DIRECTORY * LARGE_PAGE_SIZE * TABLE_ENTRIES
SENDER_VIEW     equ     PAGES                   ; the sender's begins behind the receiver's, in pages
HEADER_BYTES    equ     16
COPY_STEP       equ     STAND_LINE
COPY_PART       equ     16
COPY_PARTS      equ     COPY_STEP / COPY_PART
MODE_MAPS       equ     PTE_PRESENT | PTE_WRITE

; Copies r12 bytes from [rsi] to [rdi], a line at a time; clobbers rcx, xmm0 to xmm3.
%macro COPY_LINES
        xor     ecx, ecx
%%next:
%rep COPY_PARTS, part
        movaps  xmm%part, [rsi + rcx + %part * COPY_PART]
%endrep
%rep COPY_PARTS, part
        movaps  [rdi + rcx + %part * COPY_PART], xmm%part
%endrep
        add     ecx, COPY_STEP
        cmp     ecx, r12d
        jb      %%next
%endmacro

section .text

; -----------------------------------------------------------------------------
; workload_cpu - carry ROUNDS messages of each length
;
;   in        edi = CPU
;   out       nothing
;   clobbers  everything
;   needs     one CPU; tables of pages of the stand's making
;   probe     the trial, the operation, the control arm; bytes that the transport copied are
;             counted
; -----------------------------------------------------------------------------
global  workload_cpu
workload_cpu:
        call    make_view
        lea     rbp, [rel pages]
        call    pool_make
        call    page_take                       ; the sender's first one, as all methods have it
        mov     r12d, COPY_STEP
.length:
        mov     r13d, ROUNDS
        xor     r14d, r14d
        xor     r15d, r15d
        TRIAL   r12, 0, 0
.next:
        lea     rsi, [rel pool]
        add     rsi, rbx
%if METHOD == METHOD_MOVE
        mov     eax, VIEW + SENDER_VIEW * PAGE_SIZE
        mov     [rax + rbx], r13
%else
        mov     [rsi], r13
%endif
        OP_BEGIN
%if METHOD == METHOD_COPY
        lea     rdi, [rel room]
        COPY_LINES
        add     r14, r12
        mov     r8, [rdi]
%elif METHOD == METHOD_TWICE
        lea     rdi, [rel kernel_room]
        COPY_LINES
        mov     rsi, rdi
        lea     rdi, [rel room]
        COPY_LINES
        lea     r14, [r14 + r12 * 2]
        mov     r8, [rdi]
%else
%if METHOD == METHOD_MOVE
        mov     edx, ebx
        shr     edx, PAGE_SHIFT - WORD_SHIFT
        lea     rcx, [rel view_pages]
        mov     qword [rcx + rdx + SENDER_VIEW * PTE_SIZE], 0
        mov     eax, VIEW + SENDER_VIEW * PAGE_SIZE
        invlpg  [rax + rbx]
        or      rsi, MODE_MAPS
        mov     [rcx + rdx], rsi
%elif METHOD == METHOD_MAP
        test    r15d, r15d
        jnz     .mapped
        or      rsi, MODE_MAPS
        mov     edx, ebx
        shr     edx, PAGE_SHIFT - WORD_SHIFT
        lea     rcx, [rel view_pages]
        mov     [rcx + rdx], rsi
.mapped:
%endif
        call    page_send
        call    page_receive
%if METHOD == METHOD_POOL
        lea     rdi, [rel pool]
        mov     r8, [rdi + rdx]
%elif METHOD == METHOD_HEADER
        lea     rdi, [rel pool]
        movaps  xmm0, [rdi + rdx]
        movaps  [rel room], xmm0
        add     r14, HEADER_BYTES
        mov     r8, [rel room]
%else
        mov     eax, VIEW
        lea     rdi, [rax + rdx]
        mov     r8, [rdi]
%if METHOD == METHOD_MAP
        inc     r15d
        cmp     r15d, REUSE
        jb      .kept
        xor     r15d, r15d
%endif
        mov     ecx, edx
        shr     ecx, PAGE_SHIFT - WORD_SHIFT
        lea     rax, [rel view_pages]
        mov     qword [rax + rcx], 0
        invlpg  [rdi]
%if METHOD == METHOD_MOVE
        mov     [rax + rcx + SENDER_VIEW * PTE_SIZE], rsi
%endif
.kept:
%endif
        call    page_give
        call    page_take                       ; for the next message
%endif
        OP_END
        cmp     r8, r13
        CHECK   e, the_message_arrived
        CONTROL
        dec     r13d
        jnz     .next
        COUNT   copied, r14
        TRIAL_END
        shl     r12d, 1
        cmp     r12d, PAGE_SIZE
        jbe     .length
        ret

; Makes the views, of small pages: the sender's with all of the pool, the receiver's empty. Clobbers
; rax, rcx, rdx.
make_view:
        mov     rax, cr3
        and     rax, -PAGE_SIZE
        mov     rax, [rax]
        and     rax, -PAGE_SIZE
        lea     rcx, [rel view_directory]
        or      rcx, MODE_MAPS
        mov     [rax + VIEW_DIRECTORY * PTE_SIZE], rcx
        lea     rax, [rel view_pages]
        or      rax, MODE_MAPS
        mov     [rel view_directory], rax
        lea     rcx, [rel view_pages]
        lea     rax, [rel pool]
        or      rax, MODE_MAPS
        mov     edx, PAGES
.next:
        mov     [rcx + SENDER_VIEW * PTE_SIZE], rax
        add     rax, PAGE_SIZE
        add     rcx, PTE_SIZE
        dec     edx
        jnz     .next
        ret

WORD_SHIFT      equ     3

section .bss
align STAND_LINE
pages:
        resb    POOL_BYTES
align PAGE_SIZE
view_directory:
        resb    PAGE_SIZE
view_pages:
        resb    PAGE_SIZE
pool:
        resb    PAGES * PAGE_SIZE
kernel_room:
        resb    PAGE_SIZE
room:
        resb    PAGE_SIZE
