; switch_compare_random - switch of 8 cases by comparisons, in random order
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
        cmp     ecx, 0
        je      .case_0
        cmp     ecx, 1
        je      .case_1
        cmp     ecx, 2
        je      .case_2
        cmp     ecx, 3
        je      .case_3
        cmp     ecx, 4
        je      .case_4
        cmp     ecx, 5
        je      .case_5
        cmp     ecx, 6
        je      .case_6
        jmp     .case_7
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
