; Processes: what they consist of, how they come about and end.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

NAME_LAST       equ     Process_name + TEXT_BLOCK - 1

section .text

; -----------------------------------------------------------------------------
; process_make - a process with an empty address space and no handles
;
;   in        rdi = Process that gives it its quota, or 0 for the kernel itself,
;             rsi = quota, bytes, rdx = name, TEXT_BLOCK bytes
;   out       rax = Process; or 0, and edx = STATUS_QUOTA or STATUS_MEMORY
;   clobbers  all caller-saved registers, flags
;   needs     paging_start is done
;   probe     space_create (CR3, its name, Process)
;
; The giver pays for the block and for the whole quota; of the quota the process pays for
; its table of handles, its page tables and all that it makes. With a handle or a thread
; it stays; without either it ends at the next objects_reap.
; -----------------------------------------------------------------------------
global  process_make
process_make:
        push    rbx
        push    r12
        push    r13
        push    r14
        mov     r12, rdi
        mov     r13, rsi
        mov     r14, rdx
        call    quota_charge
        mov     edx, eax
        test    eax, eax
        jnz     .none
        mov     edi, KIND_PROCESS
        mov     rsi, r12
        call    object_alloc
        test    rax, rax
        jz      .no_object
        mov     rbx, rax
        mov     [rbx + Process_quota], r13
        test    r12, r12
        jz      .no_parent
        mov     rax, [r12 + Process_first_child]
        mov     [rbx + Process_child_next], rax
        mov     [r12 + Process_first_child], rbx
        test    rax, rax
        jz      .no_parent
        mov     [rax + Process_child_previous], rbx
.no_parent:
        xor     ecx, ecx
.next_letters:
        mov     rax, [r14 + rcx * WORD_SIZE]
        mov     [rbx + rcx * WORD_SIZE + Process_name], rax
        inc     ecx
        cmp     ecx, TEXT_BLOCK / WORD_SIZE
        jb      .next_letters
        mov     byte [rbx + NAME_LAST], 0

        mov     rdi, rbx
        mov     esi, HANDLE_TABLE_ORDER
        call    quota_block
        test    rax, rax
        jz      .unfinished
        mov     [rbx + Process_handles], rax
        mov     rdi, rbx
        call    paging_new_root
        test    rax, rax
        jz      .unfinished
        mov     [rbx + Process_root], rax
        mov     rdi, rax
        call    space_take
        mov     [rbx + Process_cr3], rax
        btr     rax, CR3_KEEP_BIT
        PROBE   space_create, rax, r14, rbx
        mov     rax, rbx
        jmp     .done
.unfinished:
        mov     r14d, edx
        mov     rdi, rbx
        call    process_end
        call    objects_reap
        mov     edx, r14d
        jmp     .none
.no_object:
        mov     r14d, edx
        mov     rdi, r12
        mov     rsi, r13
        call    quota_return
        mov     edx, r14d
.none:
        xor     eax, eax
.done:
        pop     r14
        pop     r13
        pop     r12
        pop     rbx
        ret

; -----------------------------------------------------------------------------
; process_end - take all from a process that it has
;
;   in        rdi = Process
;   out       it is dead: its threads, its handles and its memory are gone; its block and
;             its children are dropped. When the running thread was its own, Cpu_current
;             is 0
;   clobbers  all caller-saved registers, flags
;   needs     it is not the first process
;   probe     space_end (CR3, Process)
;
; It may be half made, as process_make leaves it.
; -----------------------------------------------------------------------------
global  process_end
process_end:
        push    rbx
        push    r12
        push    r13
        mov     rbx, rdi
        mov     qword [rbx + Process_state], STATE_DEAD
.next_thread:
        mov     rdi, [rbx + Process_first_thread]
        test    rdi, rdi
        jz      .no_thread
        call    thread_kill
        jmp     .next_thread

.no_thread:
        mov     r12, [rbx + Process_handles]
        test    r12, r12
        jz      .no_handles
        lea     r13, [r12 + HANDLE_TABLE_SIZE]
.next_handle:
        cmp     qword [r12 + Handle_object], 0
        je      .skip_handle
        mov     rdi, r12
        call    handle_remove
.skip_handle:
        add     r12, Handle_size
        cmp     r12, r13
        jb      .next_handle
        mov     rdi, [rbx + Process_handles]
        mov     qword [rbx + Process_handles], 0
        call    frame_drop
        call    .give_back

.no_handles:
        mov     rdi, rbx
        call    fault_handler_remove
.next_mapping:
        mov     rdi, [rbx + Process_mappings]
        test    rdi, rdi
        jz      .no_mapping
        call    mapping_end
        jmp     .next_mapping
.no_mapping:
        cmp     qword [rbx + Process_root], 0
        je      .no_space
        mov     rcx, cr3
        xor     rcx, [rbx + Process_cr3]
        add     rcx, rcx
        jnz     .not_in_use
        call    paging_leave
.not_in_use:
        mov     rdi, [rbx + Process_cr3]
        PROBE   space_end, rdi, rbx
        call    space_give
        mov     rdi, [rbx + Process_root]
        mov     qword [rbx + Process_root], 0
        call    paging_free
        call    .give_back
.no_space:
        mov     r12, [rbx + Process_first_child]
.next_child:
        test    r12, r12
        jz      .no_child
        mov     rdi, r12
        call    object_drop
        mov     r12, [r12 + Process_child_next]
        jmp     .next_child
.no_child:
        mov     rdi, rbx
        call    object_drop
        pop     r13
        pop     r12
        pop     rbx
        ret

; rax = pages that rbx has paid for
.give_back:
        shl     rax, PAGE_SHIFT
        mov     rsi, rax
        mov     rdi, rbx
        jmp     quota_return

; -----------------------------------------------------------------------------
; process_return_quota - undo what process_make charged to the giver
;
;   in        rdi = Process, dead, that pays for nothing any more
;   out       it is nobody's child, its quota is its giver's again
;   clobbers  rax, rcx, rsi, rdi, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  process_return_quota
process_return_quota:
        mov     rsi, [rdi + Process_quota]
        mov     rax, [rdi + Process_child_next]
        mov     rcx, [rdi + Process_child_previous]
        mov     rdi, [rdi + Object_payer]
        test    rax, rax
        jz      .was_last
        mov     [rax + Process_child_previous], rcx
.was_last:
        test    rcx, rcx
        jz      .was_first
        mov     [rcx + Process_child_next], rax
        jmp     quota_return
.was_first:
        test    rdi, rdi
        jz      .nobody
        mov     [rdi + Process_first_child], rax
        jmp     quota_return
.nobody:
        ret

; -----------------------------------------------------------------------------
; process_kill - end the process of the running thread
;
;   in        rdi = Process, rsi = status, r15 = the running Thread, one of its own
;   out       the process is dead, another thread is chosen;
;             does not return when it is the first process: the machine ends with rsi
;   clobbers  everything
;   needs     IF = 0
;   probe     none
; -----------------------------------------------------------------------------
global  process_kill
process_kill:
        cmp     rdi, [rel process_first]
        je      .first
        call    process_end
        call    objects_reap
        jmp     scheduler_pick
.first:
        mov     edi, esi
        jmp     machine_exit

section .bss
align 8
global  process_first
process_first:
        resb    8
