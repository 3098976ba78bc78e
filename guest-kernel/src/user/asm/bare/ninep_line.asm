; The file server at the end of a serial line: COM2 carries 9P, COM1 a word of greeting.
; The line's break means that the other side hung up or began anew; the server's own break
; asks it to.

%include "abi/machine.inc"
%include "abi/layout.inc"
%include "abi/bare.inc"
%include "abi/ninep.inc"

section .text.bare

; -----------------------------------------------------------------------------
; bare_main - serve for ever
;
;   entered by  bare_pvh_entry
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     IF = 0, a stack
;   probe     none
;
;   r12 = bytes of the request so far   r13 = bytes that it must have, 0: not known yet
;   r14 = 1 if the connection is closed: until a break nothing is heard
;
; Between two bytes the CPU halts with interrupts on, so a silent line costs nothing.
; -----------------------------------------------------------------------------
global  bare_main
bare_main:
        call    line_start
        call    clock_now
        mov     ecx, eax
        lea     rdi, [rel store]
        mov     esi, BARE_STORE
        mov     edx, BARE_FILES
        call    ninep_format
        test    eax, eax
        jz      refuse
        lea     rdi, [rel session]
        lea     rax, [rel store]
        mov     [rdi + NinePSession_store], rax
        mov     dword [rdi + NinePSession_msize_limit], BARE_MSIZE
        lea     rsi, [rel greeting]
        call    say
        mov     r14d, 1
.begin:
        xor     r12d, r12d
        xor     r13d, r13d
.next:
        call    line_get
        jc      .broken
        test    r14d, r14d
        jnz     .next
        lea     rdx, [rel request]
        mov     [rdx + r12], al
        inc     r12d
        test    r13d, r13d
        jnz     .counted
        cmp     r12d, NINEP_TYPE_AT
        jb      .next
        mov     r13d, [rdx]
        cmp     r13d, NINEP_HEADER
        jb      .hang_up
        cmp     r13d, BARE_MSIZE
        ja      .hang_up
.counted:
        cmp     r12d, r13d
        jb      .next
        call    clock_now
        lea     rdi, [rel session]
        mov     rdx, [rdi + NinePSession_store]
        mov     [rdx + NinePStore_now], eax
        lea     rsi, [rel request]
        mov     edx, r12d
        lea     rcx, [rel reply]
        mov     r8d, BARE_MSIZE
        call    ninep_serve
        test    eax, eax
        jz      .hang_up
        lea     rsi, [rel reply]
        call    line_put
        jmp     .begin
.hang_up:
        call    line_break
        mov     r14d, 1
        jmp     .forget
.broken:
        xor     r14d, r14d
.forget:
        lea     rdi, [rel session]
        call    ninep_reset
        jmp     .begin

; The memory is a constant of this program's, so this is one that was built wrong.
refuse:
        mov     al, BARE_EXIT_REFUSED
        out     DEBUG_EXIT_PORT, al
.stop:
        hlt
        jmp     .stop

; out: eax = seconds since 1970, which began with the machine in 2000; clobbers rcx, rdx
clock_now:
        rdtsc
        shl     rdx, 32
        or      rax, rdx
        xor     edx, edx
        mov     ecx, BARE_CYCLES_PER_SECOND
        div     rcx
        add     eax, BARE_EPOCH
        ret

; rsi = text that ends with a zero byte, said on COM1; clobbers rax, rdx, rsi
say:
        mov     edx, COM1_PORT
.next:
        lodsb
        test    al, al
        jz      .done
        out     dx, al
        jmp     .next
.done:
        ret

section .rodata.bare
greeting:
        db      "ninep: a file tree in RAM, 9P2000 on COM2", 10, 0

section .bss.bare
align PAGE_SIZE
session:
        resb    NinePSession_size
request:
        resb    BARE_MSIZE
reply:
        resb    BARE_MSIZE
align PAGE_SIZE
store:
        resb    BARE_STORE
