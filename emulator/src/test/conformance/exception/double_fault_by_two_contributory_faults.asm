; A contributory fault (#TS, #NP, #SS, #GP) while a contributory one (#DE as well) is delivered is a #DF.
;
; manual: SDM 3A 6.15, table 6-5
; expect:
;   #DF error=0x0 rip=+0x0
;   #DF error=0x0 rip=+0x0
;   #DF error=0x0 rip=+0x0

%include "runtime/conformance.inc"

        section .text
global  double_fault_by_two_contributory_faults
double_fault_by_two_contributory_faults:
        xor     ecx, ecx
        mov     byte [idt + VECTOR_DE * 16 + 5], 0x0e
        CATCH   {div ecx}
        mov     byte [idt + VECTOR_GP * 16 + 5], 0x0e
        mov     rbx, 1 << 63
        CATCH   {mov rax, [rbx]}
; #GP at the gate of #NP
        mov     word [idt + VECTOR_NP * 16 + 2], 0
        mov     rax, 0x00cf_1300_0000_ffff
        mov     [gdt + SPARE], rax
        mov     eax, SPARE
        CATCH   {mov ds, eax}
        ret
