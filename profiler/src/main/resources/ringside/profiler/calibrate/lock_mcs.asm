; lock_mcs - MCS lock, uncontended: swap in, compare out
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        lea     rdx, [rdi + 64]         ; our node
        mov     qword [rdx], 0
        mov     rax, rdx
        xchg    [rdi], rax
        test    rax, rax
        jnz     .wait
        mov     rax, rdx
        xor     ecx, ecx
        lock cmpxchg [rdi], rcx
        jz      .free
.wait:
        pause
.free:
        dec     rsi
        jnz     .iterate
.done:
        ret
