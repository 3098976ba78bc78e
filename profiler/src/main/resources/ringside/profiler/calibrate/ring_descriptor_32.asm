; ring_descriptor_32 - put a descriptor of 32 bytes, flag last; take it
;
; iterations: 20000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        and     eax, 63
        shl     eax, 5
        lea     rdx, [rdi + rax]
        mov     [rdx], rsi
        mov     [rdx + 8], rdi
        mov     qword [rdx + 16], 64
        mov     dword [rdx + 28], 1     ; the flag: the descriptor is ready
        cmp     dword [rdx + 28], 0
        je      .empty
        mov     r8, [rdx]
        mov     r9, [rdx + 8]
        mov     r10, [rdx + 16]
        mov     dword [rdx + 28], 0
.empty:
        dec     rsi
        jnz     .iterate
.done:
        ret
