; A data access to an address that is not canonical is a #GP with error code 0, on either side of the hole.
;
; manual: SDM 1 3.3.7.1
; expect:
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0
;   #GP error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  general_protection_by_non_canonical_address
general_protection_by_non_canonical_address:
        mov     rbx, 0x8000_0000_0000
        CATCH   {mov rax, [rbx]}
        CATCH   {mov [rbx], rax}
        CATCH   {inc dword [rbx + 8]}
        mov     rcx, 0xffff_7fff_ffff_ffff
        CATCH   {mov al, [rcx]}
        ret
