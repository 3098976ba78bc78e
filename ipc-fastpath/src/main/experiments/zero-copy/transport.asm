; A message of some length gets from a sender to a receiver by METHOD. The data is there before,
; and nobody looks at it but for one word that the receiver touches.

%include "stand/stand.inc"

METHOD_COPY     equ     0                       ; into a buffer of the receiver
METHOD_TWICE    equ     1                       ; through a buffer of the kernel
METHOD_POOL     equ     2                       ; a page that both sides have always had
METHOD_HEADER   equ     3                       ; the same; the receiver copies the header before it believes it
METHOD_MAP      equ     4                       ; a page that the receiver gets for REUSE messages
METHOD_MOVE     equ     5                       ; a page that the sender loses while the receiver has it

PAGES           equ     16
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
        mov     r12d, COPY_STEP
.length:
        mov     r13d, ROUNDS
        xor     r14d, r14d
        xor     r15d, r15d
        TRIAL   r12, 0, 0
.next:
        mov     ebx, [rel free_count]           ; a page from the pool, as all methods have it
        lea     ebx, [rbx - 1]
        shl     ebx, PAGE_SHIFT
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
        mov     rax, [rdi]
%elif METHOD == METHOD_TWICE
        lea     rdi, [rel kernel_room]
        COPY_LINES
        mov     rsi, rdi
        lea     rdi, [rel room]
        COPY_LINES
        lea     r14, [r14 + r12 * 2]
        mov     rax, [rdi]
%elif METHOD == METHOD_POOL
        dec     dword [rel free_count]
        mov     [rel descriptor], rsi
        mov     [rel descriptor_bytes], r12
        mov     rdi, [rel descriptor]
        mov     rax, [rdi]
        inc     dword [rel free_count]
%elif METHOD == METHOD_HEADER
        dec     dword [rel free_count]
        mov     [rel descriptor], rsi
        mov     [rel descriptor_bytes], r12
        mov     rdi, [rel descriptor]
        movaps  xmm0, [rdi]
        movaps  [rel room], xmm0
        add     r14, HEADER_BYTES
        mov     rax, [rel room]
        inc     dword [rel free_count]
%elif METHOD == METHOD_MOVE
        dec     dword [rel free_count]
        mov     edx, ebx
        shr     edx, PAGE_SHIFT - WORD_SHIFT
        lea     rcx, [rel view_pages]
        mov     qword [rcx + rdx + SENDER_VIEW * PTE_SIZE], 0
        mov     eax, VIEW + SENDER_VIEW * PAGE_SIZE
        invlpg  [rax + rbx]
        or      rsi, MODE_MAPS
        mov     [rcx + rdx], rsi
        mov     eax, VIEW
        lea     rdi, [rax + rbx]
        mov     [rel descriptor], rdi
        mov     [rel descriptor_bytes], r12
        mov     rdi, [rel descriptor]
        mov     rax, [rdi]
        mov     qword [rcx + rdx], 0
        invlpg  [rdi]
        mov     [rcx + rdx + SENDER_VIEW * PTE_SIZE], rsi
        inc     dword [rel free_count]
%else
        dec     dword [rel free_count]
        test    r15d, r15d
        jnz     .mapped
        mov     rax, rsi
        or      rax, MODE_MAPS
        shr     ebx, PAGE_SHIFT - WORD_SHIFT
        lea     rcx, [rel view_pages]
        mov     [rcx + rbx], rax
        shl     ebx, PAGE_SHIFT - WORD_SHIFT
.mapped:
        mov     eax, VIEW
        lea     rdi, [rax + rbx]
        mov     [rel descriptor], rdi
        mov     [rel descriptor_bytes], r12
        mov     rdi, [rel descriptor]
        mov     rax, [rdi]
        inc     r15d
        cmp     r15d, REUSE
        jb      .kept
        xor     r15d, r15d
        mov     edx, ebx
        shr     edx, PAGE_SHIFT - WORD_SHIFT
        lea     rcx, [rel view_pages]
        mov     qword [rcx + rdx], 0
        invlpg  [rdi]
.kept:
        inc     dword [rel free_count]
%endif
        OP_END
        cmp     rax, r13
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
        mov     dword [rel free_count], PAGES
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
free_count:
        resb    STAND_LINE
descriptor:
        resb    8
descriptor_bytes:
        resb    8
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
