; REPE CMPSB ends behind the first pair that differs, with its flags; REPNE SCASB ends behind the byte that it
; finds.
;
; manual: SDM 2A CMPS; 2B SCAS
; expect:
;   rcx=0x4
;   flags: CF SF
;   rcx=0x3
;   flags: ZF

%include "runtime/conformance.inc"

        section .text
global  string_compare_stops_where_the_strings_differ
string_compare_stops_where_the_strings_differ:
        mov     rax, 0x1111_1111
        mov     [rel scratch], rax
        mov     rax, 0x1112_1111
        mov     [rel scratch + 16], rax
        mov     rsi, scratch
        mov     rdi, scratch + 16
        mov     ecx, 7
        repe cmpsb
        pushfq
        pop     rbx
        FACT    "rcx", rcx
        FLAGS   "flags", rbx, FLAG_CF | FLAG_ZF | FLAG_SF
        mov     rdi, scratch + 16
        mov     ecx, 6
        mov     al, 0x12
        repne scasb
        pushfq
        pop     rbx
        FACT    "rcx", rcx
        FLAGS   "flags", rbx, FLAG_CF | FLAG_ZF | FLAG_SF
        ret
