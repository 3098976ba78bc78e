; What the loader tells of memory, copied before anything of it is overwritten.
; RAM is cut to whole pages, everything else is widened to them; where the two meet, the
; other wins.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

PAGE_MASK       equ     PAGE_SIZE - 1
TAG_MASK        equ     MULTIBOOT2_TAG_ALIGN - 1

section .text

; -----------------------------------------------------------------------------
; memory_map_read - copy the loader's memory map
;
;   in        edi = LOADER_PVH or LOADER_MULTIBOOT2, rsi = what it tells, physical
;   out       memory_ranges and memory_ranges_end
;   clobbers  all caller-saved registers, flags
;   needs     the boot tables
;   probe     none
;
; Without a map nothing is known to be RAM, and the kernel gives up.
; -----------------------------------------------------------------------------
global  memory_map_read
memory_map_read:
        lea     rax, [rel memory_ranges]
        mov     [rel memory_ranges_end], rax
        mov     r10, DIRECT_BASE
        add     rsi, r10
        cmp     edi, LOADER_MULTIBOOT2
        je      .tags
        cmp     dword [rsi + StartInfo_version], 0
        je      .no_map
        mov     ecx, [rsi + StartInfo_memory_map_entries]
        mov     rsi, [rsi + StartInfo_memory_map]
        mov     rax, BOOT_LIMIT
        cmp     rsi, rax
        jae     .no_map
        add     rsi, r10
        mov     r8d, MemoryMapEntry_size
        imul    rcx, r8
        lea     r9, [rsi + rcx]
        jmp     .entries

; rsi = TagList; its tags follow one another at MULTIBOOT2_TAG_ALIGN
.tags:
        mov     r9d, [rsi + TagList_bytes]
        add     r9, rsi
        add     rsi, TagList_size
.next_tag:
        lea     rax, [rsi + Tag_entry_size]
        cmp     rax, r9
        ja      .no_map
        mov     eax, [rsi + Tag_kind]
        cmp     eax, MULTIBOOT2_TAG_END
        je      .no_map
        mov     edx, [rsi + Tag_bytes]
        cmp     eax, MULTIBOOT2_TAG_MEMORY_MAP
        je      .map_tag
        cmp     edx, Tag_entry_size
        jb      .no_map
        add     rdx, TAG_MASK
        and     rdx, -MULTIBOOT2_TAG_ALIGN
        add     rsi, rdx
        jmp     .next_tag
.map_tag:
        lea     r9, [rsi + rdx]
        mov     r8d, [rsi + Tag_entry_size]
        cmp     r8d, MemoryMapEntry_size
        jb      .no_map
        add     rsi, Tag_size

; rsi = entries, r9 = their end, r8 = bytes from one to the next
.entries:
        lea     rax, [rsi + MemoryMapEntry_size]
        cmp     rax, r9
        ja      .done
        call    memory_map_add
        add     rsi, r8
        jmp     .entries
.done:
        lea     rax, [rel memory_ranges]
        cmp     [rel memory_ranges_end], rax
        je      .no_map
        ret
.no_map:
        lea     rdi, [rel memory_no_map]
        jmp     panic_text

; rsi = MemoryMapEntry; clobbers rax, rcx, rdx, rdi, r11. What wraps or lies out of reach is cut.
memory_map_add:
        mov     rax, [rsi + MemoryMapEntry_start]
        mov     rcx, [rsi + MemoryMapEntry_length]
        add     rcx, rax
        jnc     .no_wrap
        mov     rcx, -1
.no_wrap:
        mov     rdx, DIRECT_LIMIT
        cmp     rax, rdx
        jae     .nothing
        cmp     rcx, rdx
        jbe     .in_reach
        mov     rcx, rdx
.in_reach:
        cmp     dword [rsi + MemoryMapEntry_kind], MEMORY_KIND_RAM
        jne     .widen
        mov     edx, 1
        add     rax, PAGE_MASK
        shr     rax, PAGE_SHIFT
        shr     rcx, PAGE_SHIFT
        jmp     .add
.widen:
        xor     edx, edx
        add     rcx, PAGE_MASK
        shr     rax, PAGE_SHIFT
        shr     rcx, PAGE_SHIFT
.add:
        cmp     rax, rcx
        jae     .nothing
        mov     rdi, [rel memory_ranges_end]
        lea     r11, [rel memory_ranges_limit]
        cmp     rdi, r11
        jae     .too_many
        mov     [rdi + MemoryRange_first], rax
        mov     [rdi + MemoryRange_end], rcx
        mov     [rdi + MemoryRange_usable], rdx
        add     rdi, MemoryRange_size
        mov     [rel memory_ranges_end], rdi
.nothing:
        ret
.too_many:
        lea     rdi, [rel memory_map_long]
        jmp     panic_text

section .rodata
memory_no_map:
        db      "the loader gave no memory map", 0
memory_map_long:
        db      "the memory map has too many entries", 0

section .bss
align 8
global  memory_ranges, memory_ranges_end
memory_ranges_end:
        resb    8
memory_ranges:
        resb    MEMORY_RANGE_LIMIT * MemoryRange_size
memory_ranges_limit:
