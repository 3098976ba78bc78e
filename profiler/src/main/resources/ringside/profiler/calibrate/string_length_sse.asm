; string_length_sse - find the end of a string of 63 letters by 16-byte vectors
;
; iterations: 20000
; data: 4096
; fill: text
; pair: string_length
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        pxor    xmm0, xmm0
        xor     edx, edx
.vector:
        movdqu  xmm1, [rdi + rdx]
        pcmpeqb xmm1, xmm0
        pmovmskb eax, xmm1
        test    eax, eax
        jnz     .found
        add     edx, 16
        jmp     .vector
.found:
        bsf     eax, eax
        add     r8d, edx
        add     r8d, eax
        dec     rsi
        jnz     .iterate
.done:
        ret
