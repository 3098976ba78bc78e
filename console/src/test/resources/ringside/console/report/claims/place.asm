; A place for one value: full where it is not 0.

%include "lib/list.inc"

section .text
global  list_make, list_put, list_take
list_make:
        ret
list_put:
        xor     eax, eax
        lock cmpxchg [rdi], rsi         ; only where it is empty
        setz    al
        movzx   eax, al
        ret
list_take:
        xor     edx, edx
        xchg    [rdi], rdx
        mov     eax, edx
        ret
