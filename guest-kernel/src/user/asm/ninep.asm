; The file server as a process: the second serial port carries 9P, its bytes come by
; interrupt, its tree lies in memory objects. The loop and the library are those of the
; server without a kernel.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "abi/bare.inc"
%include "abi/ninep.inc"
%include "user/case.inc"

SLOT_PORT       equ     16                      ; a notification for the line's interrupt
SLOT_STORE      equ     17                      ; memory objects, and those behind it
STORE           equ     0x20000000              ; where the tree lies
STORE_OBJECTS   equ     BARE_STORE / STORE_OBJECT
STORE_OBJECT    equ     MEMORY_PAGES_LIMIT * PAGE_SIZE

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_main - serve files, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends 1 to HANDLE_REPORT if it cannot begin
;   clobbers  everything
;   needs     HANDLE_CONTROL to receive, HANDLE_LINE once it is told, IOPL 3, a quota for
;             the tree
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_main
ninep_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        call    store_map
        test    rax, rax
        jnz     .refused
        call    clock_now
        mov     ecx, eax
        mov     edi, STORE
        mov     esi, BARE_STORE
        mov     edx, BARE_FILES
        call    ninep_format
        test    eax, eax
        jz      .refused
        call    devices_add
        test    rax, rax
        jz      .refused
        lea     rdi, [rel session]
        mov     eax, STORE
        mov     [rdi + NinePSession_store], rax
        mov     dword [rdi + NinePSession_msize_limit], BARE_MSIZE
        lea     rdi, [rel text_greeting]
        call    say_text
        call    line_start
        jmp     serve_line
.refused:
        lea     rdi, [rel text_refused]
        call    say_text
        mov     edx, 1
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        OPERATE SYS_EXIT, 0, 0
        ud2

; Out: rax = status: memory for the tree is at STORE; clobbers what calls clobber.
store_map:
        push    rbx
        push    rbp
        xor     ebx, ebx
        mov     ebp, STORE
.next:
        lea     edi, [rbx + SLOT_STORE]
        OPERATE SYS_MEMORY_CREATE, edi, MEMORY_PAGES_LIMIT
        test    rax, rax
        jnz     .done
        mov     rdx, rbp
        xor     r8d, r8d
        mov     r9d, MEMORY_PAGES_LIMIT
        mov     r10d, RIGHT_MAP_READ | RIGHT_MAP_WRITE
        mov     eax, SYS_MEMORY_MAP
        lea     edi, [rbx + SLOT_STORE]
        mov     rsi, HANDLE_SELF
        syscall
        test    rax, rax
        jnz     .done
        add     rbp, STORE_OBJECT
        inc     ebx
        cmp     ebx, STORE_OBJECTS
        jb      .next
.done:
        pop     rbp
        pop     rbx
        ret

; Bind the line's interrupt and set the port; whoever is there may begin. Clobbers what
; calls clobber.
line_start:
        OPERATE SYS_NOTIFICATION_CREATE, SLOT_PORT, 0
        mov     edx, 1
        OPERATE SYS_INTERRUPT_BIND, HANDLE_LINE, SLOT_PORT
        mov     edx, COM2_PORT + UART_LINE_CONTROL
        mov     al, UART_8N1
        out     dx, al
        mov     edx, COM2_PORT + UART_FIFO
        mov     al, UART_FIFO_ON
        out     dx, al
        mov     edx, COM2_PORT + UART_MODEM_CONTROL
        mov     al, UART_READY | UART_INTERRUPTS_OUT
        out     dx, al
        ret

; Wait for a byte. Out: al = the byte, CF = 0; or CF = 1: the line was broken. Clobbers
; what calls clobber.
line_get:
        mov     edx, COM2_PORT + UART_LINE_STATUS
        in      al, dx
        test    al, UART_DATA_READY
        jnz     .there
        mov     edi, UART_WHEN_RECEIVED
        call    line_wait
        jmp     line_get
.there:
        mov     ah, al
        mov     edx, COM2_PORT
        in      al, dx
        test    ah, UART_BREAK_SEEN
        jz      .done
        stc
.done:
        ret

; rsi = bytes, eax = how many: send them; clobbers what calls clobber
line_put:
        push    rbx
        push    rbp
        mov     ebx, eax
        mov     rbp, rsi
.next:
        test    ebx, ebx
        jz      .done
        mov     edx, COM2_PORT + UART_LINE_STATUS
        in      al, dx
        test    al, UART_TRANSMIT_EMPTY
        jnz     .empty
        mov     edi, UART_WHEN_EMPTY
        call    line_wait
        jmp     .next
.empty:
        mov     edx, COM2_PORT
        mov     ecx, UART_FIFO_DEPTH
.fill:
        mov     al, [rbp]
        out     dx, al
        inc     rbp
        dec     ebx
        jz      .done
        dec     ecx
        jnz     .fill
        jmp     .next
.done:
        pop     rbp
        pop     rbx
        ret

; edi = interrupts of the port: wait until one comes; clobbers what calls clobber. The line
; is open before the port asks, so that it is heard.
line_wait:
        push    rbx
        mov     ebx, edi
        OPERATE SYS_INTERRUPT_ACK, HANDLE_LINE, 0
        mov     edx, COM2_PORT + UART_INTERRUPTS
        mov     eax, ebx
        out     dx, al
        OPERATE SYS_WAIT, SLOT_PORT, 0
        mov     edx, COM2_PORT + UART_INTERRUPTS
        xor     eax, eax
        out     dx, al
        pop     rbx
        ret

; Break the line: whoever is there shall hang up. Clobbers rax, rdx.
line_break:
        mov     edx, COM2_PORT + UART_LINE_CONTROL
        mov     al, UART_8N1 | UART_SEND_BREAK
        out     dx, al
        mov     al, UART_8N1
        out     dx, al
        ret

%include "user/ninep_line.inc"
%include "user/say.inc"
%include "user/ninep_devices.inc"

section .rodata.ninep
align TEXT_BLOCK, 0
text_greeting:
        db      "ninep: a file tree in RAM, 9P2000 on COM2", 10, 0
        align   TEXT_BLOCK, 0
text_refused:
        db      "ninep: there is no memory for the tree", 10, 0
        align   TEXT_BLOCK, 0

section .bss.ninep
align PAGE_SIZE
session:
        resb    NinePSession_size
request:
        resb    BARE_MSIZE
reply:
        resb    BARE_MSIZE
