; NEG with LOCK negates memory and sets the flags, and what runs behind it, with LOCK or without, in the same block or
; the next, writes its registers and flags.
;
; manual: SDM 2B NEG; 2A CMPXCHG; 2B XADD
; expect:
;   memory=0xfffffffb
;   carry=0x1
;   added=0x1
;   xadd rax=0x7
;   memory=0x9
;   decremented=0x1
;   exchanged=0x1
;   rax=0xffffffff00000005
;   memory=0x6

%include "runtime/conformance.inc"

        section .text
global  negation_with_lock_writes_no_other_register
negation_with_lock_writes_no_other_register:
        mov     rdi, scratch
        mov     dword [rdi], 5
        xor     ebx, ebx
        lock neg dword [rdi]
        setc    bl
        mov     ecx, [rdi]
        FACT    "memory", rcx
        FACT    "carry", rbx
        mov     dword [rdi], 1
        xor     ebx, ebx
        mov     dword [rdi + 8], 5
        lock neg dword [rdi + 8]
        jmp     .add
.add:
        lock add dword [rdi], -1
        setz    bl
        FACT    "added", rbx
        mov     dword [rdi], 7
        lock neg dword [rdi + 8]
        jmp     .xadd
.xadd:
        mov     rax, -1
        mov     eax, 2
        lock xadd [rdi], eax
        FACT    "xadd rax", rax
        mov     ecx, [rdi]
        FACT    "memory", rcx
        mov     dword [rdi], 1
        lock neg dword [rdi + 8]
        jmp     .dec
.dec:
        lock dec dword [rdi]
        setz    bl
        FACT    "decremented", rbx
        mov     dword [rdi], 5
        mov     rax, 0xffff_ffff_0000_0005
        mov     ecx, 6
        lock neg dword [rdi + 8]
        jmp     .exchange
.exchange:
        cmpxchg [rdi], ecx
        setz    bl
        FACT    "exchanged", rbx
        FACT    "rax", rax
        mov     ecx, [rdi]
        FACT    "memory", rcx
        ret
