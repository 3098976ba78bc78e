; The file server at the end of a serial line: COM2 carries 9P, COM1 a word of greeting.

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
        jmp     serve_line

; The memory is a constant of this program's, so this is one that was built wrong.
refuse:
        mov     al, BARE_EXIT_REFUSED
        out     DEBUG_EXIT_PORT, al
.stop:
        hlt
        jmp     .stop

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

%include "user/ninep_line.inc"

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
