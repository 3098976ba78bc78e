; A chain that begins outside the table, one without an end and a buffer of no bytes each leave the device asking for
; a reset, with a configuration interrupt; after the reset it works.
;
; manual: Virtual I/O Device 1.1, 2.1.2, 2.6.5
; expect:
;   head outside: status=0x4f
;   configuration interrupt=0x2
;   chain without an end: status=0x4f
;   configuration interrupt=0x2
;   buffer of nothing: status=0x4f
;   configuration interrupt=0x2
;   after a reset=0x0

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

MOST_POLLS      equ     4_000_000

; The status once the device has seen what was offered.
%macro BROKEN name
        call    wait_for_trouble
        FACT    %name, rax
        call    disk_interrupt
        and     eax, INTERRUPT_CONFIG
        FACT    "configuration interrupt", rax
%endmacro

        section .text
global  disk_asks_for_a_reset_when_its_queue_is_broken
disk_asks_for_a_reset_when_its_queue_is_broken:
        call    disk_open
        call    prepare
        mov     edi, QUEUE_SIZE
        call    disk_offer
        BROKEN  "head outside: status"
        call    prepare
        DESCRIBE DESCRIPTORS, 2, RESULT, 1, NEXT | WRITE, 1
        xor     edi, edi
        call    disk_offer
        BROKEN  "chain without an end: status"
        call    prepare
        mov     dword [DESCRIPTORS + DESCRIPTOR_SIZE + DESCRIPTOR_LENGTH], 0
        xor     edi, edi
        call    disk_offer
        BROKEN  "buffer of nothing: status"
        call    prepare
        call    disk_run
        FACT    "after a reset", rax
        jmp     disk_close

prepare:
        xor     esi, esi
        call    disk_start
        ASK     DISK_READ, 0, SECTOR
        ret

wait_for_trouble:
        mov     ecx, MOST_POLLS
        mov     rdx, [disk_registers + DISK_COMMON * 8]
.poll:
        movzx   eax, byte [rdx + COMMON_STATUS]
        test    al, STATUS_NEEDS_RESET
        jnz     .done
        pause
        dec     ecx
        jnz     .poll
.done:
        ret
