; dispatch_bytecode - a byte code of 16 instructions: a jump table behind every one
;
; iterations: 6000
; data: 4096
; fill: zero
        global  snippet
snippet:
        lea     r10, [rel .table]
        mov     rax, 0x0302010003010200
        mov     [rdi], rax
        mov     rax, 0x0401030201000203
        mov     [rdi + 8], rax
        lea     r9, [rdi + 64]
.iterate:
        mov     rdx, rdi
        movzx   eax, byte [rdx]
        movsxd  rax, dword [r10 + rax*4]
        add     rax, r10
        jmp     rax
.op_add:
        add     r8, 5
        inc     rdx
        movzx   eax, byte [rdx]
        movsxd  rax, dword [r10 + rax*4]
        add     rax, r10
        jmp     rax
.op_xor:
        xor     r8, rsi
        inc     rdx
        movzx   eax, byte [rdx]
        movsxd  rax, dword [r10 + rax*4]
        add     rax, r10
        jmp     rax
.op_load:
        add     r8, [r9]
        inc     rdx
        movzx   eax, byte [rdx]
        movsxd  rax, dword [r10 + rax*4]
        add     rax, r10
        jmp     rax
.op_store:
        mov     [r9], r8
        inc     rdx
        movzx   eax, byte [rdx]
        movsxd  rax, dword [r10 + rax*4]
        add     rax, r10
        jmp     rax
.op_end:
        dec     rsi
        jnz     .iterate
.done:
        ret
        align   8
.table:
        dd      .op_add - .table
        dd      .op_xor - .table
        dd      .op_load - .table
        dd      .op_store - .table
        dd      .op_end - .table
