; The error code of a data #PF has P for a present page, W/R for a write and U/S for level 3, each by itself.
;
; manual: SDM 3A 4.7, figure 4-12
; expect:
;   #PF error=0x0 rip=+0x0 cr2=0x80000008
;   #PF error=0x2 rip=+0x0 cr2=0x80000008
;   #PF error=0x3 rip=+0x0 cr2=0x80001008
;   #PF error=0x4 rip=+0x0 cr2=0x80000008 cpl=0x3
;   #PF error=0x6 rip=+0x0 cr2=0x80000008 cpl=0x3
;   #PF error=0x5 rip=+0x0 cr2=0x80002008 cpl=0x3
;   #PF error=0x7 rip=+0x0 cr2=0x80002008 cpl=0x3
;   #PF error=0x7 rip=+0x0 cr2=0x80001008 cpl=0x3

%include "runtime/conformance.inc"

        section .text
global  page_fault_error_codes_of_data_accesses
page_fault_error_codes_of_data_accesses:
; page 0: absent; 1: for all, read-only; 2: for level 0
        MAP     1, scratch, PTE_P | PTE_U
        MAP     2, scratch, PTE_P | PTE_W
        mov     ebx, WINDOW + 8
        mov     esi, WINDOW + PAGE + 8
        mov     edi, WINDOW + 2 * PAGE + 8
        CATCH   {mov rax, [rbx]}
        CATCH   {mov [rbx], rax}
        CATCH   {mov [rsi], rax}
        CATCH_USER {mov rax, [rbx]}
        CATCH_USER {mov [rbx], rax}
        CATCH_USER {mov rax, [rdi]}
        CATCH_USER {mov [rdi], rax}
        CATCH_USER {mov [rsi], rax}
        ret
