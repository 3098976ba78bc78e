; The name server: endpoints by name. Whoever asks is known by the badge that init gave it;
; what is looked up has that badge too, so that servers know their clients apart.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "abi/server.inc"
%include "user/case.inc"
%include "user/system.inc"

SLOT_ARRIVED    equ     16                      ; the handle that came with a call
SLOT_LENT       equ     17                      ; the one that goes with the answer
SLOT_NAMES      equ     32                      ; one a name

RECEIVED        equ     TAG_SLOT | (SLOT_ARRIVED << TAG_SLOT_SHIFT)
LENT            equ     TAG_HANDLE | (SLOT_LENT << TAG_HANDLE_SHIFT)

section .text.names

; -----------------------------------------------------------------------------
; names_main - register names and look them up
;
;   entered by  the kernel
;   in        nothing
;   out       does not return
;   clobbers  everything
;   needs     HANDLE_NAMES to receive
;   probe     none
;
;   rbx = the caller's badge, ebp = what the answer's tag has beside a word,
;   r12 = tag that came, r13 = operation, r14 = entry of the name, or 0
; -----------------------------------------------------------------------------
global  names_main
names_main:
        OPERATE SYS_RECV, HANDLE_NAMES, RECEIVED
.next:
        mov     rbx, rdi
        mov     r12, rsi
        mov     r13, rdx
        mov     [rel names_wanted], r8
        mov     [rel names_wanted + WORD_SIZE], r9
        mov     [rel names_wanted + 2 * WORD_SIZE], r10
        xor     ebp, ebp
        OPERATE SYS_HANDLE_CLOSE, SLOT_LENT, 0
        lea     rcx, [r13 - NAMES_REGISTER]
        cmp     rcx, NAMES_REMOVE - NAMES_REGISTER
        mov     eax, NAMES_OPERATION
        ja      .answer
        call    check_name
        jc      .answer
        call    find_name
        lea     rcx, [rel names_operations]
        call    [rcx + r13 * WORD_SIZE - NAMES_REGISTER * WORD_SIZE]

; eax = result. Nothing is kept of what came. A handle that cannot be sent was taken back
; by who had registered it.
.answer:
        mov     r12d, eax
        OPERATE SYS_HANDLE_CLOSE, SLOT_ARRIVED, 0
.repeat:
        mov     edx, r12d
        lea     esi, [rbp + RECEIVED + 1]
        mov     edi, HANDLE_NAMES
        mov     eax, SYS_REPLY_RECV
        syscall
        test    rax, rax
        jz      .next
        mov     r12d, NAMES_UNKNOWN
        test    ebp, ebp
        mov     ebp, 0
        jnz     .repeat
        OPERATE SYS_EXIT, 1, 0
        ud2

; Operations: r14 = entry or 0; out: eax = result. What is lent may send, and send handles
; too if the registered one may: nothing else.
register_name:
        mov     eax, NAMES_HANDLE
        test    r12d, TAG_HANDLE
        jz      .done
        mov     eax, NAMES_TAKEN
        test    r14, r14
        jnz     .done

; r12d = a free entry's number, r13d = names of the caller, r14d = number
        or      r12d, -1
        xor     r13d, r13d
        xor     r14d, r14d
.count:
        call    entry_of
        cmp     byte [r15 + NameEntry_name], 0
        je      .free
        call    reach_entry
        jz      .lives
        call    drop_entry
.free:
        mov     r12d, r14d
        jmp     .counted
.lives:
        cmp     [r15 + NameEntry_badge], rbx
        jne     .counted
        inc     r13d
.counted:
        inc     r14d
        cmp     r14d, NAMES_COUNT
        jb      .count
        mov     eax, NAMES_MANY
        cmp     r13d, NAMES_EACH
        jae     .done
        mov     eax, NAMES_FULL
        mov     r14d, r12d
        test    r12d, r12d
        js      .done
        call    entry_of
        lea     r12d, [r14 + SLOT_NAMES]
        mov     r13d, RIGHT_SEND | RIGHT_GRANT
        COPY_TO HANDLE_SELF, SLOT_ARRIVED, r12, r13, 0
        test    rax, rax
        jz      .copied
        mov     r13d, RIGHT_SEND
        COPY_TO HANDLE_SELF, SLOT_ARRIVED, r12, r13, 0
        test    rax, rax
        mov     eax, NAMES_HANDLE
        jnz     .done
.copied:
        mov     [r15 + NameEntry_badge], rbx
        mov     [r15 + NameEntry_rights], r13
        lea     rsi, [rel names_wanted]
        lea     rdi, [r15 + NameEntry_name]
        mov     ecx, NameEntry_badge - NameEntry_name
        rep movsb
        xor     eax, eax
.done:
        ret

; A handle that has a badge already is lent with that.
look_up_name:
        test    r14, r14
        jz      unknown_name
        call    slot_of
        mov     r13, [r14 + NameEntry_rights]
        COPY_TO HANDLE_SELF, r12, SLOT_LENT, r13, rbx
        cmp     rax, STATUS_BADGE
        jne     .copied
        COPY_TO HANDLE_SELF, r12, SLOT_LENT, r13, 0
.copied:
        test    rax, rax
        jnz     unknown_name
        mov     ebp, LENT
        ret
unknown_name:
        mov     eax, NAMES_UNKNOWN
        ret

remove_name:
        test    r14, r14
        jz      unknown_name
        mov     eax, NAMES_OTHER
        cmp     [r14 + NameEntry_badge], rbx
        jne     .done
        mov     r15, r14
        call    drop_entry
        xor     eax, eax
.done:
        ret

%include "user/names_table.inc"

section .rodata.names
align 8
names_operations:
        dq      register_name, look_up_name, remove_name

section .bss.names
align WORD_SIZE
names_wanted:
        resb    NameEntry_badge - NameEntry_name
names_entries:
        resb    NAMES_COUNT * NameEntry_size
names_end:
