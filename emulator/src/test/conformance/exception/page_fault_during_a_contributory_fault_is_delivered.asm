; A #PF while a contributory fault is delivered is no #DF: it is delivered as a #PF.
;
; manual: SDM 3A 6.15, table 6-5
; expect:
;   #PF error=0x2 rip=+0x0 cr2=0x80001ff8

%include "runtime/conformance.inc"

        section .text
global  page_fault_during_a_contributory_fault_is_delivered
page_fault_during_a_contributory_fault_is_delivered:
        mov     eax, WINDOW + 2 * PAGE
        mov     [tss + TSS_IST1 + 8], rax
        mov     byte [idt + VECTOR_DE * 16 + 4], 2
        xor     ecx, ecx
        CATCH   {div ecx}
        ret
