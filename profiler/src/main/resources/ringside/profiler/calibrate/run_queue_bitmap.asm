; run_queue_bitmap - pick the highest of 64 priorities, take its thread, put it back
;
; iterations: 14000
; data: 8192
; fill: list 64
        global  snippet
snippet:
        lea     r9, [rdi + 16]
.iterate:
        mov     rax, [r9]               ; the bitmap
        or      rax, 0x10
        bsr     rcx, rax
        mov     edx, ecx
        shl     edx, 6
        lea     r8, [rdi + rdx]         ; the queue's head
        mov     rax, [r8]               ; first
        mov     rdx, [rax]
        mov     [r8], rdx
        mov     [rdx + 8], r8
        mov     rdx, [r8 + 8]           ; last
        mov     [rax], r8
        mov     [rax + 8], rdx
        mov     [rdx], rax
        mov     [r8 + 8], rax
        mov     rax, [r9]
        bts     rax, rcx
        mov     [r9], rax
        dec     rsi
        jnz     .iterate
.done:
        ret
