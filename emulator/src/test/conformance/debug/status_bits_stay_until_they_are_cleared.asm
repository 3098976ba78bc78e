; The CPU sets bits of DR6 and never clears BS: a handler that leaves it finds it again.
;
; manual: SDM 3B 17.2.3
; qemu: differs, TCG has no general detect for reads (SDM 3B 17.2.4)
; expect:
;   first=0x4000
;   second=0x6000

%include "runtime/conformance.inc"

DR7_GD          equ     0x2400

        section .text
global  status_bits_stay_until_they_are_cleared
status_bits_stay_until_they_are_cleared:
        HANDLE  VECTOR_DB, .handler
        pushfq
        pushfq
        or      qword [rsp], FLAG_TF
        popfq
        nop
        mov     eax, DR7_GD
        mov     dr7, rax
; a fault: the handler goes on behind it
        mov     rbx, dr0
        xor     eax, eax
        mov     dr7, rax
        FACT    "first", qword [rel scratch]
        FACT    "second", qword [rel scratch + 8]
        popfq
        ret
.handler:
        mov     rax, dr6
        and     eax, 0xe00f
        mov     rcx, [rel scratch + 16]
        mov     [scratch + rcx * 8], rax
        mov     qword [rel scratch + 16], 1
        and     qword [rdi + FRAME_FLAGS], ~FLAG_TF
        test    eax, 0x2000
        jz      .trap
        add     qword [rdi + FRAME_RIP], 3
.trap:
        ret
