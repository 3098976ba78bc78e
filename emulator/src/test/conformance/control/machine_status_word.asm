; LMSW sets and clears MP, EM and TS, sets PE and never clears it; SMSW stores CR0's low bits at every level.
;
; manual: SDM 2A LMSW; 2B SMSW
; expect:
;   msw=0xd
;   msw=0x1
;   no exception
;   msw=0x1

%include "runtime/conformance.inc"

        section .text
global  machine_status_word
machine_status_word:
        mov     eax, 0xd
        lmsw    ax
        smsw    ebx
        and     ebx, 15
        FACT    "msw", rbx
        xor     eax, eax
        lmsw    ax
        smsw    ebx
        and     ebx, 15
        FACT    "msw", rbx
        CATCH_USER {smsw ebx}
        and     ebx, 15
        FACT    "msw", rbx
        ret
