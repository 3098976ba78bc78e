; switch_binary_6 - switch of six cases by comparisons, cyclic
;
; iterations: 12000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     eax, eax
.iterate:
        inc     eax
        cmp     eax, 6
        jb      .in
        xor     eax, eax
.in:
        cmp     eax, 3
        jb      .low
        cmp     eax, 4
        jb      .three
        je      .four
        add     r8, 5
        jmp     .next
.four:
        add     r8, 4
        jmp     .next
.three:
        add     r8, 3
        jmp     .next
.low:
        cmp     eax, 1
        jb      .zero
        je      .one
        add     r8, 2
        jmp     .next
.one:
        add     r8, 1
        jmp     .next
.zero:
        add     r9, 1
.next:
        dec     rsi
        jnz     .iterate
.done:
        ret
