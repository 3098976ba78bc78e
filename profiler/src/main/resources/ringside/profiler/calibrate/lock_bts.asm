; lock_bts - a bit of a word as a lock: lock bts, lock btr
;
; iterations: 15000
; data: 256
; fill: zero
        global  snippet
snippet:
.iterate:
        lock bts dword [rdi], 3
        jc      .next
        lock btr dword [rdi], 3
.next:
        dec     rsi
        jnz     .iterate
.done:
        ret
