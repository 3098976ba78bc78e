; Which CPUs there are, as ACPI's tables tell: root pointer, RSDT or XSDT, MADT.
; No byte of them is trusted: a table lies in what the boot tables map, has a sum of zero
; and a bounded length; without such tables the machine has one CPU.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"

%if SMP
TAG_MASK        equ     MULTIBOOT2_TAG_ALIGN - 1
; A tag of ACPI's root has it behind these.
TAG_HEAD        equ     Tag_entry_size
NARROW          equ     4                       ; bytes of an address in an RSDT
WIDE            equ     8                       ; and in an XSDT

section .text

; -----------------------------------------------------------------------------
; acpi_read - list the CPUs
;
;   in        edi = LOADER_PVH or LOADER_MULTIBOOT2, rsi = what it tells, physical
;   out       cpus_apics and cpus_listed: the one that runs, then the others that are
;             enabled, as the table has them
;   clobbers  all caller-saved registers, rbx, r12, r13, r14, flags
;   needs     the boot tables, before any memory is given out
;   probe     none
; -----------------------------------------------------------------------------
global  acpi_read
acpi_read:
        push    rdi
        push    rsi
        mov     eax, CPUID_FEATURES
        cpuid
        shr     ebx, CPUID_EBX_APIC_SHIFT
        mov     [rel cpus_apics], bl
        mov     dword [rel cpus_listed], 1
        pop     rsi
        pop     rdi
        mov     r10, DIRECT_BASE
        add     rsi, r10
        cmp     edi, LOADER_MULTIBOOT2
        je      .tags
        mov     rsi, [rsi + StartInfo_rsdp]
        test    rsi, rsi
        jz      .done
        mov     edx, AcpiRoot_size
        call    acpi_reach
        jz      .done
        mov     r11d, AcpiRoot_size
        jmp     acpi_root

; rsi = TagList; both forms of the root have the same beginning
.tags:
        mov     r9d, [rsi + TagList_bytes]
        add     r9, rsi
        add     rsi, TagList_size
.next_tag:
        lea     rax, [rsi + TAG_HEAD]
        cmp     rax, r9
        ja      .done
        mov     eax, [rsi + Tag_kind]
        cmp     eax, MULTIBOOT2_TAG_END
        je      .done
        mov     edx, [rsi + Tag_bytes]
        cmp     edx, TAG_HEAD
        jb      .done
        mov     r11d, AcpiRoot_size
        cmp     eax, MULTIBOOT2_TAG_ACPI
        je      .root_tag
        mov     r11d, AcpiRoot_bytes
        cmp     eax, MULTIBOOT2_TAG_ACPI_OLD
        je      .root_tag
        add     rdx, TAG_MASK
        and     rdx, -MULTIBOOT2_TAG_ALIGN
        add     rsi, rdx
        jmp     .next_tag
.root_tag:
        lea     rax, [rsi + r11 + TAG_HEAD]
        cmp     rax, r9
        ja      .done
        add     rsi, TAG_HEAD
        jmp     acpi_root
.done:
        ret

; rsi = AcpiRoot, of which r11d bytes are there, r10 = DIRECT_BASE
acpi_root:
        mov     rax, ACPI_ROOT_SIGNATURE
        cmp     [rsi + AcpiRoot_signature], rax
        jne     .refused
        mov     ecx, AcpiRoot_bytes
        call    acpi_sum
        jnz     .refused
        cmp     r11d, AcpiRoot_size
        jb      .narrow
        cmp     byte [rsi + AcpiRoot_revision], ACPI_ROOT_WIDE
        jb      .narrow
        mov     rsi, [rsi + AcpiRoot_xsdt]
        mov     r8d, ACPI_XSDT
        mov     r12d, WIDE
        jmp     .list
.narrow:
        mov     esi, [rsi + AcpiRoot_rsdt]
        mov     r8d, ACPI_RSDT
        mov     r12d, NARROW
.list:
        call    acpi_table
        jz      .refused
        lea     rbx, [rsi + AcpiTable_size]
        lea     r13, [rsi + rcx]

; rbx = addresses of tables, r13 = their end, r12 = bytes of one
.next_table:
        lea     rax, [rbx + r12]
        cmp     rax, r13
        ja      .refused
        mov     esi, [rbx]
        cmp     r12d, NARROW
        je      .has_address
        mov     rsi, [rbx]
.has_address:
        add     rbx, r12
        mov     r8d, ACPI_MADT
        call    acpi_table
        jz      .next_table
        jmp     acpi_cpus
.refused:
        ret

; rsi = MADT, rcx = its bytes
acpi_cpus:
        lea     rdx, [rsi + rcx]
        add     rsi, ACPI_MADT_ENTRIES
.next_entry:
        lea     rax, [rsi + ACPI_ENTRY_LEAST]
        cmp     rax, rdx
        ja      .done
        movzx   ecx, byte [rsi + AcpiCpu_bytes]
        cmp     ecx, ACPI_ENTRY_LEAST
        jb      .done
        lea     r8, [rsi + rcx]
        cmp     r8, rdx
        ja      .done
        cmp     byte [rsi + AcpiCpu_kind], ACPI_CPU_KIND
        jne     .skip
        cmp     ecx, AcpiCpu_size
        jb      .skip
        test    dword [rsi + AcpiCpu_flags], ACPI_CPU_ENABLED
        jz      .skip
        movzx   eax, byte [rsi + AcpiCpu_apic]
        cmp     eax, LAPIC_EVERYBODY
        je      .skip

; A CPU that is listed already would be started twice.
        lea     r9, [rel cpus_apics]
        mov     r11d, [rel cpus_listed]
        cmp     r11d, CPU_LIMIT
        jae     .done
        xor     ecx, ecx
.next_listed:
        cmp     [r9 + rcx], al
        je      .skip
        inc     ecx
        cmp     ecx, r11d
        jb      .next_listed
        mov     [r9 + r11], al
        inc     dword [rel cpus_listed]
.skip:
        mov     rsi, r8
        jmp     .next_entry
.done:
        ret

; rsi = physical, r8d = signature; out: ZF set if that is not a table of this kind, or
; rsi = AcpiTable, rcx = its bytes; clobbers rax, rdx
acpi_table:
        mov     edx, AcpiTable_size
        call    acpi_reach
        jz      .refused
        cmp     [rsi + AcpiTable_signature], r8d
        jne     .other
        mov     ecx, [rsi + AcpiTable_bytes]
        cmp     ecx, AcpiTable_size
        jb      .other
        cmp     ecx, ACPI_TABLE_LIMIT
        ja      .other
        sub     rsi, r10
        mov     edx, ecx
        call    acpi_reach
        jz      .refused
        push    rcx
        call    acpi_sum
        pop     rcx
        jnz     .other
        test    ecx, ecx
        ret
.other:
        xor     eax, eax
.refused:
        ret

; rsi = physical, edx = bytes; out: rsi at DIRECT_BASE, ZF clear; or ZF set: out of reach
acpi_reach:
        mov     rax, BOOT_LIMIT
        sub     rax, rdx
        cmp     rsi, rax
        jae     .refused
        add     rsi, r10
        test    rsi, rsi
        ret
.refused:
        xor     eax, eax
        ret

; rsi = first byte, ecx = bytes, at least one; out: ZF set if their sum is 0; clobbers
; rax, rcx
acpi_sum:
        xor     eax, eax
.next:
        dec     ecx
        add     al, [rsi + rcx]
        test    ecx, ecx
        jnz     .next
        test    al, al
        ret

section .bss
align 8
global  cpus_apics, cpus_listed
cpus_apics:
        resb    CPU_LIMIT
cpus_listed:
        resb    4
%endif
