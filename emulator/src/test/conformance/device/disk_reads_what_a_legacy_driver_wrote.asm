; A driver from before version 1 drives the disk by its ports, with a queue in the one layout that it knows.
;
; manual: Virtual I/O Device 1.1, 3.1.2, 4.1.4.8, 2.6.2
; expect:
;   size=0x100
;   status=0x7
;   sectors=0x40
;   read=0x0
;   word=0x505050505050505
;   write=0x0
;   read=0x0
;   word=0xfedcba9876543210

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

WORD            equ     0xfedc_ba98_7654_3210

        section .text
global  disk_reads_what_a_legacy_driver_wrote
disk_reads_what_a_legacy_driver_wrote:
        call    disk_open
        xor     esi, esi
        call    disk_start_legacy
        FACT    "size", rcx
        FACT    "status", rax
        mov     edx, [rel disk_ports]
        add     edx, LEGACY_CONFIG
        in      eax, dx
        FACT    "sectors", rax
        ASK     DISK_READ, 5, SECTOR
        call    disk_run
        FACT    "read", rax
        FACT    "word", qword [DATA]
        mov     edi, DATA
        mov     ecx, SECTOR / 8
        mov     rax, WORD
        rep     stosq
        ASK     DISK_WRITE, 63, SECTOR
        call    disk_run
        FACT    "write", rax
        mov     qword [DATA], 0
        ASK     DISK_READ, 63, SECTOR
        call    disk_run
        FACT    "read", rax
        FACT    "word", qword [DATA]
        jmp     disk_close
