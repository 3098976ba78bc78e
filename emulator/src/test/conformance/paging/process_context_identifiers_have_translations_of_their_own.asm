; Writing CR3 with bit 63 clear forgets what is known under the new PCID; the write shows another space at once.
;
; manual: SDM 3A 4.10.4.1
; expect:
;   first=0x11
;   second=0x22
;   first=0x11
;   changed=0x22

%include "runtime/conformance.inc"

        section .text
global  process_context_identifiers_have_translations_of_their_own
process_context_identifiers_have_translations_of_their_own:
        NEED    1, 0, ecx, 17, "PCID"
; a second root with a window of its own
        mov     qword [rel scratch], 0x11
        mov     qword [rel scratch + PAGE], 0x22
        MAP     0, scratch, PTE_P | PTE_W
        mov     rax, [root_table]
        mov     rcx, [pointer_table]
        mov     qword [rel scratch + 2 * PAGE], scratch + 3 * PAGE + (PTE_P | PTE_W | PTE_U)
        mov     rsi, pointer_table
        mov     rdi, scratch + 3 * PAGE
        mov     ecx, 8
        rep movsq
        mov     qword [rel scratch + 3 * PAGE + 16], scratch + 4 * PAGE + (PTE_P | PTE_W | PTE_U)
        mov     qword [rel scratch + 4 * PAGE], scratch + 5 * PAGE + (PTE_P | PTE_W | PTE_U)
        mov     qword [rel scratch + 5 * PAGE], scratch + PAGE + (PTE_P | PTE_W)
        mov     ebx, WINDOW
        SET_CR  cr4, CR4_PCIDE
        mov     eax, root_table + 1
        mov     cr3, rax
        mov     rax, [rbx]
        FACT    "first", rax
        mov     eax, scratch + 2 * PAGE + 2
        mov     cr3, rax
        mov     rax, [rbx]
        FACT    "second", rax
; back without forgetting
        mov     eax, root_table + 1
        bts     rax, 63
        mov     cr3, rax
        mov     rax, [rbx]
        FACT    "first", rax
; the entry changes, and the next write forgets
        mov     qword [window_table], scratch + PAGE + PTE_P
        mov     eax, root_table + 1
        mov     cr3, rax
        mov     rax, [rbx]
        FACT    "changed", rax
        mov     eax, root_table
        mov     cr3, rax
        ret
