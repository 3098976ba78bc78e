; Pages that go from a pool to one who sends, to one who receives, and back. Each has one owner: the
; pool, the sender, the ring between both, or the receiver.

%include "lib/page-pool.inc"

section .text

; -----------------------------------------------------------------------------
; pool_make - make a pool of free pages and an empty ring
;
;   in        rbp = pool
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     PAGES, a power of two; nobody else uses it
;   probe     none
; -----------------------------------------------------------------------------
global  pool_make
pool_make:
        mov     ecx, PAGES - 1                  ; behind the last one is none
        jmp     .ask
.next:
        lea     eax, [rcx + 1]
        mov     [rbp + rcx * (1 << NEXT_SHIFT) + POOL_NEXT], eax
        dec     ecx
.ask:
        test    ecx, ecx
        jnz     .next
        mov     dword [rbp + POOL_FREE], 1
        ret

; -----------------------------------------------------------------------------
; page_take - take the page that was given back last
;
;   in        rbp = pool
;   out       eax = 1 and rbx = page; or eax = 0 where none is free
;   clobbers  rcx, flags
;   needs     one CPU takes: so a page that is first again is still before the same one
;   probe     none
; -----------------------------------------------------------------------------
global  page_take
page_take:
        mov     eax, [rbp + POOL_FREE]
.again:
        test    eax, eax
        jz      .none
        mov     ecx, [rbp + rax * (1 << NEXT_SHIFT) + POOL_NEXT]
        lock cmpxchg [rbp + POOL_FREE], ecx
        jne     .again
        lea     ebx, [rax - 1]
        shl     ebx, PAGE_SHIFT
        mov     eax, 1
.none:
        ret

; -----------------------------------------------------------------------------
; page_give - give a page back
;
;   in        rbp = pool, rdx = page
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     the page is the caller's, which does not look at it any more
;   probe     none
; -----------------------------------------------------------------------------
global  page_give
page_give:
        mov     ecx, edx
        shr     ecx, PAGE_SHIFT
        inc     ecx
        mov     eax, [rbp + POOL_FREE]
.again:
        mov     [rbp + rcx * (1 << NEXT_SHIFT) + POOL_NEXT], eax
        lock cmpxchg [rbp + POOL_FREE], ecx
        jne     .again
        ret

; -----------------------------------------------------------------------------
; page_send - hand a page over
;
;   in        rbp = pool, rbx = page, r12 = bytes in it
;   out       nothing
;   clobbers  rax, rcx, flags
;   needs     the page is the caller's, and is not any more; one CPU sends
;   probe     none
;
; There is always a place: the page that was in it before has come back. The bytes and the place are
; there before the index says so; x86 keeps the order of stores (SDM 3A 9.2.2).
; -----------------------------------------------------------------------------
global  page_send
page_send:
        mov     rax, [rbp + SENT_PUT]
        mov     ecx, eax
        and     ecx, PAGES - 1
        shl     ecx, SENT_SHIFT
        mov     [rbp + rcx + POOL_SENT + SENT_PAGE], rbx
        mov     [rbp + rcx + POOL_SENT + SENT_BYTES], r12
        inc     rax
        mov     [rbp + SENT_PUT], rax
        ret

; -----------------------------------------------------------------------------
; page_receive - receive the page that was sent first
;
;   in        rbp = pool
;   out       eax = 1, rdx = page, which is the caller's now, and rcx = bytes in it; or eax = 0 where
;             there is none
;   clobbers  flags
;   needs     one CPU receives
;   probe     none
; -----------------------------------------------------------------------------
global  page_receive
page_receive:
        mov     rax, [rbp + SENT_TAKE]
        cmp     rax, [rbp + SENT_PUT]
        je      .none
        mov     ecx, eax
        and     ecx, PAGES - 1
        shl     ecx, SENT_SHIFT
        mov     rdx, [rbp + rcx + POOL_SENT + SENT_PAGE]
        mov     rcx, [rbp + rcx + POOL_SENT + SENT_BYTES]
        inc     rax
        mov     [rbp + SENT_TAKE], rax
        mov     eax, 1
        ret
.none:
        xor     eax, eax
        ret
