; Where CPUID lacks 1 GiB pages PS in a page-directory-pointer entry is reserved, a #PF with RSVD; where it has
; them the page is there.
;
; manual: SDM 3A 4.1.4, 4.5.4
; expect:
;   as told

%include "runtime/conformance.inc"

        section .text
global  page_of_1_gib_that_cpuid_does_not_have
page_of_1_gib_that_cpuid_does_not_have:
        mov     qword [pointer_table + 4 * 8], PTE_P | PTE_W | PTE_PS
        HANDLE  VECTOR_PF, .handler
        mov     eax, 0x8000_0001
        cpuid
        mov     r8d, edx
        mov     rbx, (4 << 30) + SCRATCH
        xor     ecx, ecx
.access:
        mov     rax, [rbx]
        bt      r8d, 26
        jnc     .absent
        test    ecx, ecx
        jz      .good
.wrong:
        SAY     "not as told"
        ret
.absent:
; P is left out of the comparison: it goes with RSVD or not
        and     ecx, 8
        jz      .wrong
.good:
        SAY     "as told"
        ret
.handler:
        mov     rax, [rdi + FRAME_ERROR]
        mov     [rdi + FRAME_RCX], rax
        mov     qword [rdi + FRAME_RIP], .after
        ret
.after:
        bt      r8d, 26
        jc      .wrong
        jmp     .absent
