; Process-context identifiers, where the CPU has them: an address space keeps its translations
; while others run. What is written to CR3 on a switch is ready in Process_cr3 and in every
; Thread_cr3, CR3_KEEP_BIT included, so a switch does not ask whose the identifier was before:
; whoever takes one has flushed it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

IDS_SHIFT       equ     6                       ; log2 of the bits in a word of space_ids
IDS_MASK        equ     (1 << IDS_SHIFT) - 1

section .text

; -----------------------------------------------------------------------------
; space_take - what a switch to a new address space writes to CR3
;
;   in        rdi = root, at DIRECT_BASE, with the kernel in it
;   out       rax = its value, with an identifier of its own and CR3_KEEP_BIT; or without
;             either when all are taken or the CPU has none, and every switch to it flushes
;   clobbers  rcx, rdx, rdi, r8, flags
;   needs     cpu_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  space_take
space_take:
        mov     rax, DIRECT_BASE
        sub     rdi, rax
        mov     rax, cr4
        test    eax, CR4_PCID
        jz      .none
        lea     rdx, [rel space_ids]
        xor     ecx, ecx
.next:
        mov     rax, [rdx + rcx * PTE_SIZE]
        not     rax
        bsf     r8, rax
        jnz     .free
        inc     ecx
        cmp     ecx, SPACE_COUNT >> IDS_SHIFT
        jb      .next
.none:
        mov     rax, rdi
        ret
.free:
        not     rax
        bts     rax, r8
        mov     [rdx + rcx * PTE_SIZE], rax
        shl     ecx, IDS_SHIFT
        or      ecx, r8d
        or      rdi, rcx
        mov     rax, cr3
        bts     rax, CR3_KEEP_BIT
        mov     cr3, rdi
        mov     cr3, rax
        mov     rax, rdi
        bts     rax, CR3_KEEP_BIT
        ret

; -----------------------------------------------------------------------------
; space_give - give an identifier back
;
;   in        rdi = what space_take returned
;   out       another space can have it
;   clobbers  rax, rcx, rdx, rdi, flags
;   needs     CR3 does not have it
;   probe     none
; -----------------------------------------------------------------------------
global  space_give
space_give:
        and     edi, CR3_SPACE
        jz      .none
        mov     ecx, edi
        and     edi, IDS_MASK
        shr     ecx, IDS_SHIFT
        lea     rdx, [rel space_ids]
        mov     rax, [rdx + rcx * PTE_SIZE]
        btr     rax, rdi
        mov     [rdx + rcx * PTE_SIZE], rax
.none:
        ret

; -----------------------------------------------------------------------------
; space_flush - let all TLBs forget pages of an address space
;
;   in        rdi = Process, rsi = address, rdx = end
;   out       the next access looks at the page tables
;   clobbers  rax, rcx, rdx, rsi, r8, flags
;   needs     nothing
;   probe     none
;
; Another space than that in CR3 is flushed by a visit, unless it has nothing in the TLB
; because each switch to it flushes. What was given up in between, tables too, is nobody's
; before this is back.
; -----------------------------------------------------------------------------
global  space_flush
space_flush:
        mov     rax, cr3
        mov     rcx, rax
        xor     rcx, [rdi + Process_cr3]
        add     rcx, rcx
        jz      .next
        mov     rcx, [rdi + Process_cr3]
        btr     rcx, CR3_KEEP_BIT
        jnc     .here_done
        bts     rax, CR3_KEEP_BIT
        mov     cr3, rcx
        mov     cr3, rax
        jmp     .here_done
.next:
        invlpg  [rsi]
        add     rsi, PAGE_SIZE
        cmp     rsi, rdx
        jb      .next
.here_done:
%if SMP
        jmp     cpus_flush_space
%else
        ret
%endif

section .data
align 8
; Bit n is set while identifier n is taken; 0 always is.
space_ids:
        dq      1
        fill    (SPACE_COUNT >> IDS_SHIFT) * PTE_SIZE - PTE_SIZE, 0
