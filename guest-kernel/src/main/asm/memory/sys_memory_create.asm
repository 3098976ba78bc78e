; System calls that make memory objects.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

ACCESS_ALL      equ     RIGHT_MAP_READ | RIGHT_MAP_WRITE | RIGHT_MAP_EXECUTE
LARGE_BIT       equ     16                      ; of MEMORY_LARGE

section .text

; -----------------------------------------------------------------------------
; sys_memory_create - make a memory object
;
;   in        r15 = the running Thread; its rdi = slot, rsi = pages, and MEMORY_LARGE
;   out       its status; the handle may map for all that there is
;   clobbers  all caller-saved registers, r12, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  sys_memory_create
sys_memory_create:
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rdi]
        call    slot_check
        test    eax, eax
        jz      refused
        mov     rsi, [r15 + Thread_rsi]
        xor     edx, edx
        btr     rsi, LARGE_BIT
        jnc     .small
        test    esi, LARGE_PAGES - 1
        jnz     bad_range
        mov     edx, LARGE_PAGE_ORDER
.small:
        mov     rax, rsi
        dec     rax
        cmp     rax, MEMORY_PAGES_LIMIT
        jae     bad_range
        mov     rdi, [r15 + Thread_process]
        call    memory_make
        mov     r12d, ACCESS_ALL
        jmp     create_handle

; -----------------------------------------------------------------------------
; sys_memory_fork - make a memory object with the content of another one
;
;   in        r15 = the running Thread; its rdi = slot, rsi = handle
;   out       its status; the handle may map for all that there is
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     none
;
; Who can read it could as well copy it, so the copy is its maker's to write and to run.
; -----------------------------------------------------------------------------
global  sys_memory_fork
sys_memory_fork:
        mov     rdi, [r15 + Thread_rsi]
        call    handle_find
        test    rax, rax
        jz      refused
        mov     rbx, [rax + Handle_object]
        test    dword [rax + Handle_rights], RIGHT_MAP_READ
        jz      .no_right
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rdi]
        call    slot_check
        test    eax, eax
        jz      refused
        cmp     qword [rbx + Memory_order], 0
        jne     .large
        mov     rdi, [r15 + Thread_process]
        mov     rsi, rbx
        call    memory_fork
        mov     r12d, ACCESS_ALL
        jmp     create_handle
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        ret
.large:
        mov     qword [r15 + Thread_rax], STATUS_LARGE
        ret

bad_range:
        mov     qword [r15 + Thread_rax], STATUS_RANGE
refused:
        ret

%assert MEMORY_LARGE == 1 << LARGE_BIT, "the bit and its number"
%assert MEMORY_PAGES_LIMIT == LARGE_PAGES, "a memory object is one large page at most"
