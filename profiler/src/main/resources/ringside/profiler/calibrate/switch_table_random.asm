; switch_table_random - switch of 8 cases by a jump table, in random order
;
; iterations: 120000
; data: 256
; fill: random
; pair: switch_random
        global  snippet
snippet:
        mov     rax, [rdi]
        mov     r9, 6364136223846793005
        xor     r8d, r8d
.iterate:
        imul    rax, r9
        add     rax, 12345
        mov     rcx, rax
        shr     rcx, 61
        lea     rdx, [rel .table]
        movsxd  rcx, dword [rdx + rcx*4]
        add     rcx, rdx
        jmp     rcx
.case_0:
        add     r8, 1
        jmp     .next
.case_1:
        add     r8, 2
        jmp     .next
.case_2:
        add     r8, 3
        jmp     .next
.case_3:
        add     r8, 4
        jmp     .next
.case_4:
        add     r8, 5
        jmp     .next
.case_5:
        add     r8, 6
        jmp     .next
.case_6:
        add     r8, 7
        jmp     .next
.case_7:
        add     r8, 8
        jmp     .next
.next:
        dec     rsi
        jnz     .iterate
.done:
        mov     [rdi], rax
        ret
        align   8
.table:
        dd      .case_0 - .table
        dd      .case_1 - .table
        dd      .case_2 - .table
        dd      .case_3 - .table
        dd      .case_4 - .table
        dd      .case_5 - .table
        dd      .case_6 - .table
        dd      .case_7 - .table
