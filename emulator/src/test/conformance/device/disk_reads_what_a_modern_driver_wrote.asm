; A driver of version 1 finds the disk's structures by its capabilities, agrees on features, and reads back what it
; wrote; what was there before it reads as well.
;
; manual: Virtual I/O Device 1.1, 3.1.1, 4.1.4, 5.2.6
; expect:
;   status=0xf
;   sectors=0x40
;   read=0x0
;   word=0x303030303030303
;   write=0x0
;   flush=0x0
;   read=0x0
;   first=0x123456789abcdef
;   last=0x123456789abcdef
;   used=0x4
;   length=0x401

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

WORD            equ     0x0123_4567_89ab_cdef
BYTES           equ     2 * SECTOR

        section .text
global  disk_reads_what_a_modern_driver_wrote
disk_reads_what_a_modern_driver_wrote:
        call    disk_open
        mov     esi, FEATURE_FLUSH
        call    disk_start
        FACT    "status", rax
        mov     rax, [disk_registers + DISK_CONFIG * 8]
        mov     eax, [rax]
        FACT    "sectors", rax
        ASK     DISK_READ, 3, SECTOR
        call    disk_run
        FACT    "read", rax
        FACT    "word", qword [DATA]
        mov     edi, DATA
        mov     ecx, BYTES / 8
        mov     rax, WORD
        rep     stosq
        ASK     DISK_WRITE, 10, BYTES
        call    disk_run
        FACT    "write", rax
        ASK     DISK_FLUSH, 0, 0
        call    disk_run
        FACT    "flush", rax
        mov     edi, DATA
        mov     ecx, BYTES / 8
        xor     eax, eax
        rep     stosq
        ASK     DISK_READ, 10, BYTES
        call    disk_run
        FACT    "read", rax
        FACT    "first", qword [DATA]
        FACT    "last", qword [DATA + BYTES - 8]
        movzx   eax, word [USED + RING_INDEX]
        FACT    "used", rax
        mov     eax, [USED + RING_ENTRIES + 3 * 8 + 4]
        FACT    "length", rax
        jmp     disk_close
