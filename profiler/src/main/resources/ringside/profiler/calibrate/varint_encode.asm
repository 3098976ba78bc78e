; varint_encode - write numbers as varints of one to five bytes
;
; iterations: 8000
; data: 4096
; fill: zero
        global  snippet
snippet:
.iterate:
        mov     eax, esi
        imul    eax, eax, 0x01010101
        and     eax, 0x1fffff
        mov     rdx, rdi
        cmp     eax, 0x80
        jb      .last
.more:
        mov     ecx, eax
        or      ecx, 0x80
        mov     [rdx], cl
        inc     rdx
        shr     eax, 7
        cmp     eax, 0x80
        jae     .more
.last:
        mov     [rdx], al
        sub     rdx, rdi
        add     r8, rdx
        dec     rsi
        jnz     .iterate
.done:
        ret
