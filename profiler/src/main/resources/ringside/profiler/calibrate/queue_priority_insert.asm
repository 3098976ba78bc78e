; queue_priority_insert - insert into a sorted list at its third place and take it out
;
; iterations: 9000
; data: 4096
; fill: list 64
        global  snippet
snippet:
        mov     qword [rdi + 16], 1
        mov     qword [rdi + 80], 2
        mov     qword [rdi + 144], 3
        mov     qword [rdi + 208], 9
        lea     r8, [rdi + 2048]
.iterate:
        mov     rax, rdi
.next:
        mov     rcx, [rax]
        cmp     qword [rcx + 16], 5
        jae     .here
        mov     rax, rcx
        jmp     .next
.here:
        mov     [r8], rcx
        mov     [r8 + 8], rax
        mov     [rax], r8
        mov     [rcx + 8], r8
        mov     rdx, [r8]
        mov     r9, [r8 + 8]
        mov     [r9], rdx
        mov     [rdx + 8], r9
        dec     rsi
        jnz     .iterate
.done:
        ret
