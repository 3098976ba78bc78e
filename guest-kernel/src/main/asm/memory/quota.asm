; Who pays for the kernel's memory: every object, table and page is charged to a process
; and given back to it. What one process gives another as its quota is charged to the giver.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; quota_charge - let a process pay
;
;   in        rdi = Process, or 0 for the kernel itself; rsi = bytes
;   out       eax = STATUS_OK, or STATUS_QUOTA and nothing is charged
;   clobbers  flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  quota_charge
quota_charge:
        test    rdi, rdi
        jz      .paid
        mov     rax, [rdi + Process_used]
        add     rax, rsi
        jc      .too_much
        cmp     rax, [rdi + Process_quota]
        ja      .too_much
        mov     [rdi + Process_used], rax
.paid:
        mov     eax, STATUS_OK
        ret
.too_much:
        mov     eax, STATUS_QUOTA
        ret

; -----------------------------------------------------------------------------
; quota_return - give back to a process what it paid
;
;   in        rdi = Process, or 0 for the kernel itself; rsi = bytes
;   out       given back; a dead process that pays for nothing more is dropped
;   clobbers  rax, flags
;   needs     it was charged
;   probe     none
; -----------------------------------------------------------------------------
global  quota_return
quota_return:
        test    rdi, rdi
        jz      .done
        sub     [rdi + Process_used], rsi
        jnz     .done
        cmp     qword [rdi + Process_state], STATE_DEAD
        je      object_drop
.done:
        ret

; -----------------------------------------------------------------------------
; quota_page - take a frame of zeros that a process pays for
;
;   in        rdi = Process, or 0 for the kernel itself
;   out       rax = the frame, at DIRECT_BASE; or 0, and edx = why not
;   clobbers  rcx, rsi, rdi, r8, r9, r10, flags
;   needs     frame_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  quota_page
quota_page:
        xor     esi, esi

; -----------------------------------------------------------------------------
; quota_block - take a block of zeros that a process pays for
;
;   in        rdi = Process, or 0 for the kernel itself; esi = order
;   out       rax = the block, at DIRECT_BASE; or 0, and edx = why not
;   clobbers  rcx, rsi, rdi, r8, r9, r10, flags
;   needs     frame_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  quota_block
quota_block:
        push    rbx
        push    r12
        mov     rbx, rdi
        mov     ecx, esi
        mov     r12d, PAGE_SIZE
        shl     r12, cl
        mov     r9d, esi
        mov     rsi, r12
        call    quota_charge
        mov     edx, eax
        test    eax, eax
        jnz     .none
        mov     edi, r9d
        call    frame_alloc
        test    rax, rax
        jz      .no_memory
        mov     rdi, rax
        mov     rdx, rax
        mov     rcx, r12
        shr     rcx, PTE_SHIFT
        xor     eax, eax
        rep stosq
        mov     rax, rdx
        jmp     .done
.no_memory:
        mov     rdi, rbx
        mov     rsi, r12
        call    quota_return
        mov     edx, STATUS_MEMORY
.none:
        xor     eax, eax
.done:
        pop     r12
        pop     rbx
        ret
