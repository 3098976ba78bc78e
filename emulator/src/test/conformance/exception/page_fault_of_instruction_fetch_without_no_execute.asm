; Without EFER.NXE and CR4.SMEP the I/D bit of a #PF's error code is always 0, and bit 63 of an entry is reserved.
;
; manual: SDM 3A 4.7
; qemu: differs, P is clear beside RSVD (SDM 3A 4.7)
; expect:
;   #PF error=0x0 rip=0x80001010 cr2=0x80001010
;   #PF error=0x9 rip=0x80000010 cr2=0x80000010
;   #PF error=0x9 rip=+0x0 cr2=0x80000010

%include "runtime/conformance.inc"

        section .text
global  page_fault_of_instruction_fetch_without_no_execute
page_fault_of_instruction_fetch_without_no_execute:
        MAP     0, scratch, PTE_P | PTE_U | PTE_NX
        WRITE_MSR MSR_EFER, EFER_LME | EFER_LMA | EFER_SCE
        mov     ebx, WINDOW + 0x10
        mov     esi, WINDOW + PAGE + 0x10
        CATCH   {jmp rsi}
        CATCH   {jmp rbx}
        CATCH   {mov eax, [rbx]}
        ret
