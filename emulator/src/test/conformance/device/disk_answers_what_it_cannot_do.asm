; A request for sectors that the disk does not have is an error (1), one of a type that it does not know is not
; supported (2); both are answered, and the disk goes on.
;
; manual: Virtual I/O Device 1.1, 5.2.6.1
; expect:
;   read behind the end=0x1
;   read over the end=0x1
;   write behind the end=0x1
;   read at the highest sector=0x1
;   half a sector=0x1
;   unknown=0x2
;   read=0x0
;   word=0x707070707070707
;   status=0xf

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

SECTORS         equ     64
UNKNOWN         equ     0x777

        section .text
global  disk_answers_what_it_cannot_do
disk_answers_what_it_cannot_do:
        call    disk_open
        xor     esi, esi
        call    disk_start
        ASK     DISK_READ, SECTORS, SECTOR
        call    disk_run
        FACT    "read behind the end", rax
        ASK     DISK_READ, SECTORS - 1, 2 * SECTOR
        call    disk_run
        FACT    "read over the end", rax
        ASK     DISK_WRITE, SECTORS, SECTOR
        call    disk_run
        FACT    "write behind the end", rax
        ASK     DISK_READ, -1, SECTOR
        call    disk_run
        FACT    "read at the highest sector", rax
        ASK     DISK_READ, 0, SECTOR / 2
        call    disk_run
        FACT    "half a sector", rax
        ASK     UNKNOWN, 0, SECTOR
        call    disk_run
        FACT    "unknown", rax
        ASK     DISK_READ, 7, SECTOR
        call    disk_run
        FACT    "read", rax
        FACT    "word", qword [DATA]
        mov     rax, [disk_registers + DISK_COMMON * 8]
        movzx   eax, byte [rax + COMMON_STATUS]
        FACT    "status", rax
        jmp     disk_close
