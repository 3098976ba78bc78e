; Out of long mode and back: 32-bit protected mode with the paging that a program asks for, and an IDT of its own.

%include "runtime/machine.inc"

GATE            equ     0x8e00
EXCEPTIONS      equ     32
WITH_ERROR      equ     1 << 8 | 1 << 10 | 1 << 11 | 1 << 12 | 1 << 13 | 1 << 14 | 1 << 17
MOST_RECORDS    equ     32
RECORD_BYTES    equ     20              ; vector or MISSED, error code or NO_ERROR, EIP, CR2, spot
MISSED          equ     0xff

section .text

; legacy_call(edi = CR3, esi = CR4, edx = bits for CR0, ecx = routine of 32-bit code): prints what it caught
global  legacy_call
legacy_call:
        push    rbx
        push    rbp
        push    r12
        mov     [rel wide_stack], rsp
        mov     qword [rel records_end], records
        mov     qword [rel legacy_resume], 0
        mov     rbx, narrow_stubs
        mov     rax, narrow_idt
        mov     r8d, EXCEPTIONS
.gate:
        mov     [rax], bx
        mov     word [rax + 2], KERNEL_CODE32
        mov     word [rax + 4], GATE
        mov     r9d, ebx
        shr     r9d, 16
        mov     [rax + 6], r9w
        add     rax, 8
        add     rbx, 16
        dec     r8d
        jnz     .gate
        push    KERNEL_CODE32
        push    .narrow
        retfq
bits 32
.narrow:
        mov     eax, KERNEL_DATA
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        mov     eax, CR0_PE | CR0_MP | CR0_ET | CR0_NE | CR0_WP
        mov     cr0, eax
        push    ecx
        push    edx
        mov     ecx, MSR_EFER
        mov     eax, EFER_NXE
        xor     edx, edx
        wrmsr
        pop     edx
        pop     ecx
        lidt    [narrow_idt_pointer]
        mov     cr4, esi
        mov     cr3, edi
        mov     eax, cr0
        or      eax, edx
        mov     cr0, eax
        call    ecx

legacy_return:
        mov     eax, CR0_PE | CR0_MP | CR0_ET | CR0_NE | CR0_WP
        mov     cr0, eax
        mov     eax, CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT
        mov     cr4, eax
        mov     eax, root_table
        mov     cr3, eax
        mov     ecx, MSR_EFER
        mov     eax, EFER_LME | EFER_NXE | EFER_SCE
        xor     edx, edx
        wrmsr
        mov     eax, CR0_PE | CR0_MP | CR0_ET | CR0_NE | CR0_WP | CR0_PG
        mov     cr0, eax
        jmp     KERNEL_CODE:.wide
bits 64
.wide:
        mov     rsp, [rel wide_stack]
        lidt    [idt_pointer]
        mov     r12, records
.next:
        cmp     r12, [rel records_end]
        jae     .done
        mov     ebx, [r12]
        cmp     ebx, MISSED
        je      .missed
        movsxd  rax, dword [r12 + 4]
        mov     [rel record_frame + FRAME_ERROR], rax
        mov     eax, [r12 + 8]
        mov     [rel record_frame + FRAME_RIP], rax
        mov     eax, [r12 + 12]
        mov     [rel last_cr2], rax
        mov     eax, [r12 + 16]
        mov     [rel spot], rax
        mov     rdi, record_frame
        call    trap_print
        jmp     .printed
.missed:
        push    nothing_text
        call    print_line
.printed:
        add     r12, RECORD_BYTES
        jmp     .next
.done:
        pop     r12
        pop     rbp
        pop     rbx
        ret

bits 32
align 16
narrow_stubs:
%rep EXCEPTIONS, vector
%if 1 << %vector & WITH_ERROR
        push    %vector
%else
        push    NO_ERROR
        push    %vector
%endif
        jmp     near narrow_trap
        align   16
%endrep

; [esp] = vector, error code, EIP
narrow_trap:
        push    eax
        push    ecx
        mov     ecx, [records_end]
        mov     eax, [esp + 8]
        mov     [ecx], eax
        mov     eax, [esp + 12]
        mov     [ecx + 4], eax
        mov     eax, [esp + 16]
        mov     [ecx + 8], eax
        mov     eax, cr2
        mov     [ecx + 12], eax
        mov     eax, [spot]
        mov     [ecx + 16], eax
        add     ecx, RECORD_BYTES
        mov     [records_end], ecx
        cmp     ecx, records_last
        jae     legacy_return
        pop     ecx
        pop     eax
        cmp     dword [legacy_resume], 0
        je      legacy_return
        mov     esp, [legacy_resume_stack]
        push    dword [legacy_resume]
        mov     dword [legacy_resume], 0
        ret

; legacy_missed(): nothing happened under LEGACY_CATCH
global  legacy_missed
legacy_missed:
        push    ecx
        mov     ecx, [records_end]
        mov     dword [ecx], MISSED
        add     ecx, RECORD_BYTES
        mov     [records_end], ecx
        mov     dword [legacy_resume], 0
        pop     ecx
        ret

section .rodata
nothing_text:   db      "no exception", 10, 0
align 8
narrow_idt_pointer:
        dw      EXCEPTIONS * 8 - 1
        dd      narrow_idt

section .bss
align 8
global  legacy_resume, legacy_resume_stack
legacy_resume:  resb    8
legacy_resume_stack: resb 8
wide_stack:     resb    8
records_end:    resb    8
record_frame:   resb    FRAME_SIZE
narrow_idt:     resb    EXCEPTIONS * 8
records:        resb    MOST_RECORDS * RECORD_BYTES
records_last:   resb    RECORD_BYTES
