; Every exception and interrupt comes here: it is remembered, printed, and ends in TRY's place or where it came from.

%include "runtime/machine.inc"

STUB_BYTES      equ     8
CALL_BYTES      equ     5
FIRST_INTERRUPT equ     32
MOST_TRAPS      equ     50              ; of those that go on where they were: a loop of them ends
FAR_AWAY        equ     0x1_0000        ; an RIP further than this from the spot is printed as it is

section .text

align STUB_BYTES
global  trap_stubs
trap_stubs:
%rep VECTORS
        call    near trap_entry
        align   STUB_BYTES
%endrep

; The CPU aligns the stack before it pushes five or six words: so the stub's return address tells which.
trap_entry:
        test    spl, 8
        jnz     .error_code
        push    qword [rsp]
        mov     qword [rsp + 8], NO_ERROR
.error_code:
        push    rax
        push    rbx
        push    rcx
        push    rdx
        push    rbp
        push    rsi
        push    rdi
        push    r8
        push    r9
        push    r10
        push    r11
        push    r12
        push    r13
        push    r14
        push    r15
        cld
        mov     rdi, rsp
        mov     rbx, [rdi + FRAME_VECTOR]
        sub     rbx, trap_stubs + CALL_BYTES
        shr     ebx, 3
        mov     [rdi + FRAME_VECTOR], rbx
        mov     rax, [handlers + rbx * 8]
        test    rax, rax
        jnz     .handler

        call    trap_remember
        cmp     ebx, VECTOR_LEAVE
        je      .leave
        cmp     ebx, VECTOR_MISSED
        je      .missed
        cmp     ebx, FIRST_INTERRUPT
        jae     .interrupt
        call    trap_print
        cmp     qword [rel try_resume], 0
        jne     .resume
        inc     qword [rel traps_taken]
        cmp     qword [rel traps_taken], MOST_TRAPS
        ja      .too_many
        mov     eax, 1 << VECTOR_DB | 1 << VECTOR_BP | 1 << VECTOR_OF | 1 << VECTOR_NMI
        bt      eax, ebx
        jc      trap_return
.too_many:
        lea     rsi, [rel unexpected]
        jmp     .give_up
.missed:
        lea     rsi, [rel missed_text]
        call    print_text
.leave:
        cmp     qword [rel try_resume], 0
        jne     .resume
        lea     rsi, [rel stray_leave]
.give_up:
        call    print_text
        jmp     program_return
.handler:
        call    rax
        jmp     trap_return
.interrupt:
        call    interrupt_default
        jmp     trap_return

; Everything but the stack and the flags is as it was, at level 0, where TRY said.
.resume:
        mov     rdi, rsp
        mov     rax, [rel try_resume]
        mov     [rdi + FRAME_RIP], rax
        mov     rax, [rel try_stack]
        mov     [rdi + FRAME_RSP], rax
        mov     qword [rdi + FRAME_CS], KERNEL_CODE
        mov     qword [rdi + FRAME_SS], KERNEL_DATA
        mov     qword [rdi + FRAME_FLAGS], FLAG_1
        mov     qword [rel try_resume], 0
trap_return:
        pop     r15
        pop     r14
        pop     r13
        pop     r12
        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rdi
        pop     rsi
        pop     rbp
        pop     rdx
        pop     rcx
        pop     rbx
        pop     rax
        add     rsp, 16
        iretq

; rdi = frame; what FACT and others may ask for later. Also from handlers.
global  trap_remember
trap_remember:
        push    rcx
        push    rsi
        push    rdi
        mov     rax, cr2
        mov     [rel last_cr2], rax
        mov     rax, dr6
        and     eax, 0xe00f             ; BS, BT, BD and B0 to B3; the others are reserved
        mov     [rel last_dr6], rax
        mov     eax, 0xffff_0ff0
        mov     dr6, rax
        lea     rsi, [rdi + FRAME_VECTOR]
        lea     rdi, [rel last_vector]
        mov     ecx, 7
        rep     movsq
        mov     [rel last_stack], rsi
        pop     rdi
        pop     rsi
        pop     rcx
        ret

; rdi = frame, ebx = vector: one line; clobbers the other registers that callers save
global  trap_print
trap_print:
        push    rdi
        push    rdi
        lea     rsi, [exception_names + rbx * 4]
        call    print_text
        pop     rdi
        mov     rax, [rdi + FRAME_ERROR]
        cmp     rax, NO_ERROR
        je      .no_error
        lea     rsi, [rel error_text]
        mov     rdi, rax
        call    .number
.no_error:
        cmp     ebx, VECTOR_NMI         ; it comes between any two instructions
        je      .no_address
        mov     rdi, [rsp]
        mov     rdi, [rdi + FRAME_RIP]
        call    print_place
        cmp     ebx, VECTOR_PF
        jne     .no_address
        lea     rsi, [rel cr2_text]
        mov     rdi, [rel last_cr2]
        call    .number
.no_address:
        cmp     ebx, VECTOR_DB
        jne     .no_debug
        lea     rsi, [rel dr6_text]
        mov     rdi, [rel last_dr6]
        call    .number
.no_debug:
        mov     rdi, [rsp]
        mov     rdi, [rdi + FRAME_CS]
        and     edi, 3
        jz      .done
        lea     rsi, [rel level_text]
        call    .number
.done:
        call    print_newline
        pop     rdi
        ret
.number:
        push    rdi
        call    print_text
        pop     rdi
        jmp     print_hex

; rdi = RIP: as a distance from the spot, for ring 3's mirror of memory as well
print_place:
        mov     rax, rdi
        sub     rax, USER_BASE
        cmp     rax, USER_BASE
        cmovb   rdi, rax
        lea     rsi, [rel rip_text]
        push    rdi
        call    print_text
        pop     rdi
        mov     rcx, rdi
        sub     rdi, [rel spot]
        cmp     rdi, FAR_AWAY
        jge     .absolute
        cmp     rdi, -FAR_AWAY
        jle     .absolute
        mov     al, '+'
        test    rdi, rdi
        jns     .sign
        neg     rdi
        mov     al, '-'
.sign:
        call    print_byte
        jmp     print_hex
.absolute:
        mov     rdi, rcx
        jmp     print_hex

section .rodata
%macro NAMED text
%%name: db      %text
        fill    4 - ($ - %%name), 0
%endmacro
exception_names:
        NAMED   "#DE"
        NAMED   "#DB"
        NAMED   "NMI"
        NAMED   "#BP"
        NAMED   "#OF"
        NAMED   "#BR"
        NAMED   "#UD"
        NAMED   "#NM"
        NAMED   "#DF"
        NAMED   "#9"
        NAMED   "#TS"
        NAMED   "#NP"
        NAMED   "#SS"
        NAMED   "#GP"
        NAMED   "#PF"
        NAMED   "#15"
        NAMED   "#MF"
        NAMED   "#AC"
        NAMED   "#MC"
        NAMED   "#XM"
%rep FIRST_INTERRUPT - 20
        NAMED   "#??"
%endrep
error_text:     db      " error=", 0
rip_text:       db      " rip=", 0
cr2_text:       db      " cr2=", 0
dr6_text:       db      " dr6=", 0
level_text:     db      " cpl=", 0
missed_text:    db      "no exception", 10, 0
unexpected:     db      "unexpected", 10, 0
stray_leave:    db      "left without a try", 10, 0

section .bss
align 8
global  handlers, try_stack, try_resume, spot
global  last_vector, last_error, last_rip, last_cs, last_flags, last_rsp, last_ss, last_stack, last_cr2, last_dr6
trap_state:
handlers:       resb    VECTORS * 8
try_stack:      resb    8
try_resume:     resb    8
spot:           resb    8
last_vector:    resb    8
last_error:     resb    8
last_rip:       resb    8
last_cs:        resb    8
last_flags:     resb    8
last_rsp:       resb    8
last_ss:        resb    8
last_stack:     resb    8               ; behind the frame: where the CPU began to push
last_cr2:       resb    8
last_dr6:       resb    8
traps_taken:    resb    8
trap_state_end:
global  trap_state, trap_state_bytes
trap_state_bytes equ    trap_state_end - trap_state
