; Text to the first serial port. Arguments come on the stack; every register and flag is kept.

%include "runtime/machine.inc"

NAME_BYTES      equ     4

section .text

; print_text(rsi = text that a zero ends); clobbers rax, rdx, rsi
global  print_text
print_text:
        mov     al, [rsi]
        test    al, al
        jz      .done
        inc     rsi
        call    print_byte
        jmp     print_text
.done:
        ret

; print_byte(al); clobbers rax, rdx
global  print_byte
print_byte:
        mov     ah, al
        mov     dx, COM1_STATUS
.wait:
        in      al, dx
        test    al, COM1_EMPTY
        jz      .wait
        mov     al, ah
        mov     dx, COM1
        out     dx, al
        ret

; print_newline(); clobbers rax, rdx
global  print_newline
print_newline:
        mov     al, 10
        jmp     print_byte

; print_hex(rdi): 0x and as many digits as it takes; clobbers rax, rcx, rdx, rdi
global  print_hex
print_hex:
        mov     al, '0'
        call    print_byte
        mov     al, 'x'
        call    print_byte
        mov     ecx, 16
.skip:
        cmp     ecx, 1
        je      .next
        rol     rdi, 4
        dec     ecx
        test    edi, 15
        jz      .skip
        ror     rdi, 4
        inc     ecx
.next:
        rol     rdi, 4
        mov     eax, edi
        and     eax, 15
        cmp     eax, 10
        jb      .decimal
        add     eax, 'a' - 10 - '0'
.decimal:
        add     eax, '0'
        call    print_byte
        dec     ecx
        jnz     .next
        ret

%macro KEEP
        pushfq
        push    rax
        push    rcx
        push    rdx
        push    rsi
        push    rdi
        cld
%endmacro
%macro GIVE_BACK
        pop     rdi
        pop     rsi
        pop     rdx
        pop     rcx
        pop     rax
        popfq
%endmacro
KEPT            equ     7 * 8           ; of KEEP, and the return address

; print_line(text)
global  print_line
print_line:
        KEEP
        mov     rsi, [rsp + KEPT]
        call    print_text
        GIVE_BACK
        ret     8

; print_fact(name, value)
global  print_fact
print_fact:
        KEEP
        mov     rsi, [rsp + KEPT]
        call    print_text
        mov     rdi, [rsp + KEPT + 8]
        call    print_hex
        call    print_newline
        GIVE_BACK
        ret     16

; print_flags(name, mask, value)
global  print_flags
print_flags:
        KEEP
        mov     rsi, [rsp + KEPT]
        call    print_text
        mov     rdi, [rsp + KEPT + 16]
        and     rdi, [rsp + KEPT + 8]
        lea     rcx, [rel flag_names]
.next:
        cmp     dword [rcx], 0
        je      .done
        mov     eax, [rcx]
        test    rdi, rax
        jz      .clear
        mov     al, ' '
        call    print_byte
        lea     rsi, [rcx + 4]
        call    print_text
.clear:
        add     rcx, 12
        jmp     .next
.done:
        call    print_newline
        GIVE_BACK
        ret     24

; print_stack(name, address)
global  print_stack
print_stack:
        KEEP
        mov     rsi, [rsp + KEPT]
        call    print_text
        mov     rdi, [rsp + KEPT + 8]
        lea     rcx, [rel stack_names]
        lea     rsi, [rel no_stack]
        cmp     rdi, main_stack
        jbe     .print
.next:
        lea     rsi, [rcx + 8]
        cmp     rdi, [rcx]
        jbe     .print
        add     rcx, 16
        cmp     qword [rcx], 0
        jne     .next
        lea     rsi, [rel no_stack]
.print:
        call    print_text
        call    print_newline
        GIVE_BACK
        ret     16

section .rodata
; A flag's mask and its name, filled up to 12 bytes.
%macro FLAG mask, name
        dd      %mask
%%name: db      %name
        fill    8 - ($ - %%name), 0
%endmacro
align 4
flag_names:
        FLAG    FLAG_CF, "CF"
        FLAG    FLAG_PF, "PF"
        FLAG    FLAG_AF, "AF"
        FLAG    FLAG_ZF, "ZF"
        FLAG    FLAG_SF, "SF"
        FLAG    FLAG_TF, "TF"
        FLAG    FLAG_IF, "IF"
        FLAG    FLAG_DF, "DF"
        FLAG    FLAG_OF, "OF"
        FLAG    1 << 12, "IOPL1"
        FLAG    1 << 13, "IOPL2"
        FLAG    FLAG_NT, "NT"
        FLAG    FLAG_RF, "RF"
        FLAG    FLAG_VM, "VM"
        FLAG    FLAG_AC, "AC"
        FLAG    FLAG_VIF, "VIF"
        FLAG    FLAG_VIP, "VIP"
        FLAG    FLAG_ID, "ID"
        dd      0

; The end of a stack and its name, filled up to 16 bytes.
%macro STACK end, name
        dq      %end
%%name: db      %name
        fill    8 - ($ - %%name), 0
%endmacro
align 8
stack_names:
        STACK   main_stack_end, "main"
        STACK   rsp0_stack_end, "rsp0"
        STACK   ist_stacks + 1 * PAGE, "ist1"
        STACK   ist_stacks + 2 * PAGE, "ist2"
        STACK   ist_stacks + 3 * PAGE, "ist3"
        STACK   ist_stacks + 4 * PAGE, "ist4"
        STACK   ist_stacks + 5 * PAGE, "ist5"
        STACK   ist_stacks + 6 * PAGE, "ist6"
        STACK   ist_stacks + 7 * PAGE, "ist7"
        STACK   user_stack_end, "user"
        dq      0
no_stack:
        db      "none", 0
