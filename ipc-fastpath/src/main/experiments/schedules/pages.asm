; Pages of a pool as a list of values: a message is a page whose first, second and last words are one
; value, so one that was written again before it was read is seen. Who has a page says so: nobody
; else may have it then.

%include "lib/page-pool.inc"

MESSAGE_WORDS   equ     3
WORD_SIZE       equ     8
LAST_WORD       equ     PAGE_SIZE - WORD_SIZE
OWNER_SHIFT     equ     PAGE_SHIFT - 2          ; 4 bytes a page

section .text

; -----------------------------------------------------------------------------
; list_make - make a pool of free pages
;
;   in        nothing
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  list_make
list_make:
        push    rbp
        lea     rbp, [rel pages]
        call    pool_make
        pop     rbp
        ret

; -----------------------------------------------------------------------------
; list_put - send a value in a page
;
;   in        rsi = value
;   out       eax = 1, or 0 where no page is free
;   clobbers  all caller-saved registers, rbx, rbp, flags
;   needs     what page_take and page_send do
;   probe     none
; -----------------------------------------------------------------------------
global  list_put
list_put:
        lea     rbp, [rel pages]
        call    page_take
        test    eax, eax
        jz      .none
        mov     ecx, ebx
        shr     ecx, OWNER_SHIFT
        lea     rdx, [rel owned]
        cmp     dword [rdx + rcx], 0
        CHECK   e, page_has_one_owner
        mov     dword [rdx + rcx], 1
        lea     rdx, [rel pool]
        mov     [rdx + rbx], rsi
        mov     [rdx + rbx + WORD_SIZE], rsi
        mov     [rdx + rbx + LAST_WORD], rsi
        push    r12
        mov     r12d, MESSAGE_WORDS * WORD_SIZE
        call    page_send
        pop     r12
        mov     eax, 1
.none:
        ret

; -----------------------------------------------------------------------------
; list_take - receive the oldest value and give its page back
;
;   in        nothing
;   out       eax = 1 and rdx = value, 0 where its page was written again; or eax = 0 where there is
;             none
;   clobbers  all caller-saved registers, rbx, rbp, flags
;   needs     what page_receive and page_give do
;   probe     none
; -----------------------------------------------------------------------------
global  list_take
list_take:
        lea     rbp, [rel pages]
        call    page_receive
        test    eax, eax
        jz      .none
        lea     rsi, [rel pool]
        mov     rdi, [rsi + rdx]
        mov     r8, [rsi + rdx + WORD_SIZE]
        mov     r9, [rsi + rdx + LAST_WORD]
        cmp     ecx, MESSAGE_WORDS * WORD_SIZE
        jne     .torn
        cmp     r8, rdi
        jne     .torn
        cmp     r9, rdi
        je      .whole
.torn:
        xor     edi, edi
.whole:
        mov     ecx, edx
        shr     ecx, OWNER_SHIFT
        lea     rsi, [rel owned]
        mov     dword [rsi + rcx], 0
        call    page_give
        mov     rdx, rdi
        mov     eax, 1
.none:
        ret

section .bss
align STAND_LINE
pages:
        resb    POOL_BYTES
align STAND_LINE
owned:
        resb    PAGES << (PAGE_SHIFT - OWNER_SHIFT)
align PAGE_SIZE
pool:
        resb    PAGES * PAGE_SIZE
