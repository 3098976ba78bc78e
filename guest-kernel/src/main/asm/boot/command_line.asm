; What the loader was told to tell: the command line, copied before anything overwrites it.
; It comes from outside, so it is bounded and printable, or the kernel does not start.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

TAG_MASK        equ     MULTIBOOT2_TAG_ALIGN - 1
PRINTED_FIRST   equ     ' '
PRINTED_LAST    equ     '~'

section .text

; -----------------------------------------------------------------------------
; command_line_read - copy the loader's command line
;
;   in        edi = LOADER_PVH or LOADER_MULTIBOOT2, rsi = what it tells, physical
;   out       command_line; without one it is empty
;   clobbers  rax, rcx, rdx, rsi, rdi, r8, r9, flags
;   needs     the boot tables, memory_map_read has found the memory map
;   probe     none
; -----------------------------------------------------------------------------
global  command_line_read
command_line_read:
        mov     r8, DIRECT_BASE
        add     rsi, r8
        cmp     edi, LOADER_MULTIBOOT2
        je      .tags
        mov     rsi, [rsi + StartInfo_command_line]
        test    rsi, rsi
        jz      .done
        mov     ecx, COMMAND_LINE_ROOM
        lea     rax, [rsi + rcx]
        mov     rdx, BOOT_LIMIT
        cmp     rax, rdx
        ja      .refused
        add     rsi, r8
        jmp     .copy

; rsi = TagList; the memory map's tag ends it, or its end does
.tags:
        mov     r9d, [rsi + TagList_bytes]
        add     r9, rsi
        add     rsi, TagList_size
.next_tag:
        lea     rax, [rsi + Tag_entry_size]
        cmp     rax, r9
        ja      .done
        mov     eax, [rsi + Tag_kind]
        mov     edx, [rsi + Tag_bytes]
        cmp     eax, MULTIBOOT2_TAG_END
        je      .done
        cmp     edx, Tag_entry_size
        jb      .done
        cmp     eax, MULTIBOOT2_TAG_COMMAND_LINE
        je      .line_tag
        add     rdx, TAG_MASK
        and     rdx, -MULTIBOOT2_TAG_ALIGN
        add     rsi, rdx
        jmp     .next_tag
.line_tag:
        lea     ecx, [rdx - Tag_entry_size]
        add     rsi, Tag_entry_size
        lea     rax, [rsi + rcx]
        cmp     rax, r9
        ja      .refused

; rsi = bytes, ecx = how many at most
.copy:
        lea     rdi, [rel command_line]
        mov     edx, COMMAND_LINE_ROOM
.next:
        test    ecx, ecx
        jz      .done
        mov     al, [rsi]
        test    al, al
        jz      .done
        cmp     al, PRINTED_FIRST
        jb      .refused
        cmp     al, PRINTED_LAST
        ja      .refused
        dec     edx
        jz      .refused
        mov     [rdi], al
        inc     rsi
        inc     rdi
        dec     ecx
        jmp     .next
.done:
        ret
.refused:
        lea     rdi, [rel command_line_refused]
        jmp     panic_text

section .rodata
command_line_refused:
        db      "the command line is too long, or not all of it can be printed", 0

; A page of its own, which init may read.
section .bss
align PAGE_SIZE
global  command_line
command_line:
        resb    PAGE_SIZE
