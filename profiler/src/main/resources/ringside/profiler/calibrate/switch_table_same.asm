; switch_table_same - switch of 8 cases by a jump table, always the same case
;
; iterations: 60000
; data: 256
; fill: zero
        global  snippet
snippet:
        xor     r8d, r8d
.iterate:
        mov     ecx, [rdi]
        and     ecx, 7
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
