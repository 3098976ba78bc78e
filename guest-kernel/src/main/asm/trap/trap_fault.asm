; A fault of a thread: its process's handler is asked, or it dies with a report; everybody
; else goes on.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; trap_fault - deal with a fault of the running thread
;
;   in        r15 = the running Thread, saved, with vector and error
;   out       a thread is chosen; this one goes on with a page of its own, or waits for the
;             answer of its fault handler, or its process is dead
;   clobbers  everything
;   needs     IF = 0, CR2 as the fault left it
;   probe     page_fault (Thread, address, error)
; -----------------------------------------------------------------------------
global  trap_fault
trap_fault:
        xor     eax, eax
        cmp     dword [r15 + Thread_vector], VECTOR_PAGE_FAULT
        jne     .no_address
        mov     rax, cr2
        mov     rcx, [r15 + Thread_error]
        PROBE   page_fault, r15, rax, rcx
        mov     [r15 + Thread_address], rax
        cmp     dword [r15 + Thread_mode], MODE_KERNEL
        je      .kernel_mode
.look:
        cmp     ecx, PAGE_FAULT_PRESENT | PAGE_FAULT_WRITE | PAGE_FAULT_USER
        jne     .send
        mov     rdi, [r15 + Thread_process]
        mov     rsi, rax
        mov     edx, RIGHT_MAP_WRITE
        call    memory_touch
        test    rax, rax
        jz      .send
        ret

; A call that only answers left for level 3, where a thread in kernel mode has no page: the
; way back finds the right level. Its own faults come from level 0.
.kernel_mode:
        test    ecx, PAGE_FAULT_USER
        jnz     .goes_on
        or      ecx, PAGE_FAULT_USER
        jmp     .look
.goes_on:
        ret
.no_address:
        mov     [r15 + Thread_address], rax
.send:
        call    fault_send
        test    eax, eax
        jz      fault_kill
        ret

; -----------------------------------------------------------------------------
; fault_kill - report the fault of the running thread and end its process
;
;   in        r15 = the running Thread, with vector, error and address
;   out       the process is dead, another thread is chosen
;   clobbers  everything
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  fault_kill
fault_kill:
%if SMP
        call    cpus_hold
%endif
        lea     rdi, [rel fault_prefix]
        call    print_text
        mov     rdi, [r15 + Thread_process]
        add     rdi, Process_name
        call    print_text
        lea     rdi, [rel fault_killed]
        call    print_text
        mov     edi, [r15 + Thread_vector]
        call    trap_print_name
        lea     rdi, [rel fault_rip]
        call    print_text
        mov     rdi, [r15 + Thread_rip]
        call    print_hex
        lea     rdi, [rel fault_error]
        call    print_text
        mov     rdi, [r15 + Thread_error]
        call    print_hex
        cmp     dword [r15 + Thread_vector], VECTOR_PAGE_FAULT
        jne     .no_address
        lea     rdi, [rel fault_address]
        call    print_text
        mov     rdi, [r15 + Thread_address]
        call    print_hex
.no_address:
        lea     rdi, [rel fault_end]
        call    print_text
        mov     rdi, [r15 + Thread_process]
        mov     esi, EXIT_PANIC
        jmp     process_kill

; -----------------------------------------------------------------------------
; trap_print_name - print what a vector is called
;
;   in        edi = vector
;   out       printed; vectors above the exceptions have no name
;   clobbers  rax, rcx, rdx, rdi, flags
;   needs     uart_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  trap_print_name
trap_print_name:
        cmp     edi, FIRST_EXTERNAL_VECTOR
        jae     .unnamed
        lea     rax, [rel trap_names]
        mov     rdi, [rax + rdi * WORD_SIZE]
        jmp     print_text
.unnamed:
        lea     rdi, [rel name_reserved]
        jmp     print_text

section .rodata
fault_prefix:
        db      "bantam: killed ", 0
fault_killed:
        db      ": ", 0
fault_rip:
        db      ", rip ", 0
fault_error:
        db      ", error ", 0
fault_address:
        db      ", cr2 ", 0
fault_end:
        db      10, 0

name_divide:
        db      "#DE divide error", 0
name_debug:
        db      "#DB debug", 0
name_nmi:
        db      "NMI", 0
name_breakpoint:
        db      "#BP breakpoint", 0
name_overflow:
        db      "#OF overflow", 0
name_bound:
        db      "#BR bound range", 0
name_opcode:
        db      "#UD invalid opcode", 0
name_device:
        db      "#NM no floating point", 0
name_double:
        db      "#DF double fault", 0
name_reserved:
        db      "unnamed exception", 0
name_task:
        db      "#TS invalid task state", 0
name_segment:
        db      "#NP segment not present", 0
name_stack:
        db      "#SS stack segment", 0
name_protection:
        db      "#GP general protection", 0
name_page:
        db      "#PF page fault", 0
name_float:
        db      "#MF floating point", 0
name_alignment:
        db      "#AC alignment", 0
name_machine:
        db      "#MC machine check", 0
name_simd:
        db      "#XM SIMD floating point", 0
name_virtual:
        db      "#VE virtualisation", 0
name_control:
        db      "#CP control protection", 0

align 8
trap_names:
        dq      name_divide, name_debug, name_nmi, name_breakpoint
        dq      name_overflow, name_bound, name_opcode, name_device
        dq      name_double, name_reserved, name_task, name_segment
        dq      name_stack, name_protection, name_page, name_reserved
        dq      name_float, name_alignment, name_machine, name_simd
        dq      name_virtual, name_control, name_reserved, name_reserved
        dq      name_reserved, name_reserved, name_reserved, name_reserved
        dq      name_reserved, name_reserved, name_reserved, name_reserved
