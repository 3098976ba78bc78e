; A chain in a table of its own, its descriptors in any order, is a chain like another.
;
; manual: Virtual I/O Device 1.1, 2.6.5.3
; expect:
;   read=0x0
;   word=0x909090909090909
;   behind=0x0

%include "runtime/conformance.inc"
%include "runtime/disk.inc"

        section .text
global  disk_follows_an_indirect_table
disk_follows_an_indirect_table:
        call    disk_open
        mov     esi, FEATURE_INDIRECT
        call    disk_start
        ASK     DISK_READ, 9, SECTOR
        DESCRIBE TABLE, 0, REQUEST, REQUEST_SIZE, NEXT, 3
        DESCRIBE TABLE, 3, DATA, 100, NEXT | WRITE, 1
        DESCRIBE TABLE, 1, DATA + 100, SECTOR - 100, NEXT | WRITE, 2
        DESCRIBE TABLE, 2, RESULT, 1, WRITE, 0
        DESCRIBE DESCRIPTORS, 0, TABLE, 4 * DESCRIPTOR_SIZE, INDIRECT, 0
        call    disk_run
        FACT    "read", rax
        FACT    "word", qword [DATA + SECTOR - 8]
        FACT    "behind", qword [DATA + SECTOR]
        jmp     disk_close
