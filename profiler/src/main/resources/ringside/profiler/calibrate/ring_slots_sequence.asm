; ring_slots_sequence - ring of 16 slots with a sequence number each: produce and consume one
;
; iterations: 12000
; data: 2048
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     rax, [rdi]
        mov     ecx, eax
        and     ecx, 15
        shl     ecx, 5
        lea     rdx, [rdi + rcx + 512]
        mov     r8, [rdx]
        mov     [rdx + 8], rsi
        mov     [rdx + 16], rax
        lea     r9, [rax + 1]
        mov     [rdx], r9
        mov     [rdi], r9
        mov     r10, [rdx + 8]
        add     [rdi + 64], r10
        dec     rsi
        jnz     .iterate
.done:
        ret
