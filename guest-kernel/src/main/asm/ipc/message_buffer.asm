; Messages in memory. The kernel finds the pages of both sides in their page tables and
; copies through its own map of all RAM: it touches no address of a user, so no access of
; its own can fault and SMAP stays on.
;
; The time is bounded: MESSAGE_BYTES_LIMIT bytes, and a walk of four levels for each page
; of either side, once to look and once to copy. Interrupts wait as long.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

; What lies below USER_LIMIT is the process's own, whichever level it may be touched from.
PAGE_READ       equ     PTE_PRESENT
PAGE_WRITE      equ     PTE_PRESENT | PTE_WRITE

section .text

; -----------------------------------------------------------------------------
; buffer_check_sent - look whether a thread can read what it sends
;
;   in        rdi = Thread
;   out       eax = STATUS_OK, STATUS_RANGE or STATUS_ADDRESS
;   clobbers  rcx, rdx, rsi, r8, r9, r10, r11, flags
;   needs     its tag has TAG_BUFFER
;   probe     none
; -----------------------------------------------------------------------------
global  buffer_check_sent
buffer_check_sent:
        mov     rsi, [rdi + Thread_r12]
        mov     r10, [rdi + Thread_r13]
        mov     r9d, PAGE_READ
        jmp     buffer_check

; -----------------------------------------------------------------------------
; buffer_check_room - look whether a thread can write where it receives
;
;   in        rdi = Thread
;   out       eax = STATUS_OK, STATUS_RANGE, STATUS_ADDRESS, or STATUS_MEMORY: a page would have
;             to be copied, and there is none
;   clobbers  rcx, rdx, rsi, r8, r9, r10, r11, flags
;   needs     its tag has TAG_ROOM
;   probe     none
; -----------------------------------------------------------------------------
global  buffer_check_room
buffer_check_room:
        mov     rsi, [rdi + Thread_r14]
        mov     r10, [rdi + Thread_r15]
        mov     r9d, PAGE_WRITE

; rsi = address, r10 = bytes, r9d = what the pages must allow
buffer_check:
        cmp     r10, MESSAGE_BYTES_LIMIT
        ja      .too_long
        mov     rax, USER_LIMIT
        cmp     rsi, rax
        ja      .bad_address
        add     r10, rsi
        cmp     r10, rax
        ja      .bad_address
.next:
        cmp     rsi, r10
        jae     .good
        call    buffer_find
        test    rax, rax
        jz      .not_so
        add     rsi, rcx
        jmp     .next

; It may be a page that must be copied before it is written.
.not_so:
        cmp     r9d, PAGE_WRITE
        jne     .bad_address
        push    rdi
        push    rsi
        push    r9
        push    r10
        mov     rdi, [rdi + Thread_process]
        mov     edx, RIGHT_MAP_WRITE
        call    memory_touch
        pop     r10
        pop     r9
        pop     rsi
        pop     rdi
        test    rax, rax
        jnz     .next
        mov     eax, edx
        ret
.good:
        mov     eax, STATUS_OK
        ret
.too_long:
        mov     eax, STATUS_RANGE
        ret
.bad_address:
        mov     eax, STATUS_ADDRESS
        ret

; rdi = Thread, rsi = address below USER_LIMIT, r9d = what the page must allow. Out: rax =
; where that is in the map of all RAM, rcx = bytes from there to the page's end; or rax = 0.
; Clobbers rdx, r8
buffer_find:
        mov     rdx, [rdi + Thread_process]
        mov     rdx, [rdx + Process_root]
        mov     ecx, PAGING_ROOT_SHIFT
.next_level:
        mov     rax, rsi
        shr     rax, cl
        and     eax, PTE_INDEX
        mov     rax, [rdx + rax * PTE_SIZE]
        mov     r8d, eax
        not     r8d
        test    r8d, r9d
        jnz     .none
        mov     rdx, PTE_ADDRESS
        and     rdx, rax
        mov     r8, DIRECT_BASE
        add     rdx, r8
        cmp     ecx, PAGE_SHIFT
        je      .found
        test    eax, PTE_LARGE
        jnz     .found
        sub     ecx, PAGING_LEVEL_BITS
        jmp     .next_level
.found:
        mov     eax, 1
        shl     rax, cl
        mov     rcx, rax
        dec     rax
        and     rax, rsi
        sub     rcx, rax
        add     rax, rdx
        ret
.none:
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; message_carry - copy what lies in memory, if either side's memory allows it
;
;   in        rdi = sender, rsi = receiver, one of them the running Thread, r15
;   out       eax = STATUS_OK: copied, as much as there is room for, or there is nothing
;             to copy; STATUS_ADDRESS: the one that waited has no such memory any more, or
;             STATUS_MEMORY: it has none to write to; and nothing was copied
;   clobbers  rcx, rdx, r8, r9, r10, r11, flags
;   needs     message_check accepted what the running Thread has
;   probe     message_buffer (sender, receiver, r13 = bytes)
;
; A thread that faulted has a register of its own where others have a tag: it sends words
; alone. Who waited was looked at when it began to; what it had mapped may have been unmapped.
; -----------------------------------------------------------------------------
global  message_carry
message_carry:
        cmp     dword [rdi + Thread_trapped], TRAP_FAULT
        je      .nothing
        test    dword [rdi + Thread_rsi], TAG_BUFFER
        jz      .nothing
        test    dword [rsi + Thread_state], STATE_ROOM
        jz      .nothing
        push    rdi
        push    rsi
        cmp     rdi, r15
        je      .receiver_waited
        call    buffer_check_sent
        jmp     .looked
.receiver_waited:
        mov     rdi, rsi
        call    buffer_check_room
.looked:
        pop     rsi
        pop     rdi
        test    eax, eax
        jnz     .done
        push    rdi
        push    rsi
        push    rbx
        push    rbp
        push    r12
        push    r13
        push    r14
        mov     rbx, rdi
        mov     rbp, rsi
        mov     r12, [rbx + Thread_r12]
        mov     r14, [rbp + Thread_r14]
        mov     r13, [rbx + Thread_r13]
        mov     rax, [rbp + Thread_r15]
        cmp     r13, rax
        cmova   r13, rax
        PROBE   message_buffer, rdi, rsi, r13
.next:
        test    r13, r13
        jz      .copied
        mov     rdi, rbx
        mov     rsi, r12
        mov     r9d, PAGE_READ
        call    buffer_find
        mov     r10, rax
        mov     r11, rcx
        mov     rdi, rbp
        mov     rsi, r14
        mov     r9d, PAGE_WRITE
        call    buffer_find
        cmp     rcx, r11
        cmova   rcx, r11
        cmp     rcx, r13
        cmova   rcx, r13
        add     r12, rcx
        add     r14, rcx
        sub     r13, rcx
        mov     rsi, r10
        mov     rdi, rax
        mov     edx, ecx
        and     edx, WORD_SIZE - 1
        shr     rcx, PTE_SHIFT
        rep movsq
        mov     ecx, edx
        rep movsb
        jmp     .next
.copied:
        pop     r14
        pop     r13
        pop     r12
        pop     rbp
        pop     rbx
        pop     rsi
        pop     rdi
.nothing:
        mov     eax, STATUS_OK
.done:
        ret
