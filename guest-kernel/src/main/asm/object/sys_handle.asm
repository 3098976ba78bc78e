; System calls about handles: copies, moves, ends, and the end of all copies.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_handle_copy - give a copy of a handle to the own process or one that is managed
;
;   in        r15 = the running Thread; its rdi = handle, rsi = slot, rdx = rights,
;             r8 = badge, or 0 for that of the handle, r9 = process or HANDLE_SELF
;   out       its status
;   clobbers  all caller-saved registers, rbx, r12, flags
;   needs     nothing
;   probe     none
;
; Rights only get fewer; a badge is given once and stays.
; -----------------------------------------------------------------------------
global  sys_handle_copy
sys_handle_copy:
        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        test    rax, rax
        jz      .refused
        mov     rbx, rax
        mov     rdi, [r15 + Thread_r9]
        call    process_find
        test    rax, rax
        jz      .refused
        mov     r12, rax
        mov     ecx, [rbx + Handle_rights]
        not     rcx
        test    [r15 + Thread_rdx], rcx
        jnz     .no_right
        mov     r8, [rbx + Handle_badge]
        mov     rax, [r15 + Thread_r8]
        test    rax, rax
        jz      .has_badge
        cmp     rax, r8
        je      .has_badge
        test    r8, r8
        jnz     .other_badge
        mov     r8, rax
.has_badge:
        mov     rdi, r12
        mov     rsi, [r15 + Thread_rsi]
        call    slot_check
        test    eax, eax
        jz      .refused
        mov     rdx, [rbx + Handle_object]
        mov     ecx, [r15 + Thread_rdx]
        mov     r9, rbx
        jmp     handle_make
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        ret
.other_badge:
        mov     qword [r15 + Thread_rax], STATUS_BADGE
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_handle_move - put a handle into another slot
;
;   in        r15 = the running Thread; its rdi = handle, rsi = slot
;   out       its status
;   clobbers  all caller-saved registers, rbx, flags
;   needs     nothing
;   probe     none
;
; Its copies stay its copies.
; -----------------------------------------------------------------------------
global  sys_handle_move
sys_handle_move:
        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        test    rax, rax
        jz      .refused
        mov     rbx, rax
        mov     rdi, [r15 + Thread_process]
        mov     rsi, [r15 + Thread_rsi]
        call    slot_check
        test    eax, eax
        jz      .refused
        mov     rdi, rbx
        call    handle_waiters_move
        shl     esi, HANDLE_SHIFT
        add     rsi, [r15 + Thread_handles]
        call    handle_bindings
        xor     ecx, ecx
        xor     r8d, r8d
.next_word:
        mov     rax, [rbx + rcx * WORD_SIZE]
        mov     [rsi + rcx * WORD_SIZE], rax
        mov     [rbx + rcx * WORD_SIZE], r8
        inc     ecx
        cmp     ecx, Handle_size / WORD_SIZE
        jb      .next_word
        mov     rax, [rsi + Handle_mappings]
.next_mapping:
        test    rax, rax
        jz      .no_mapping
        mov     [rax + Mapping_handle], rsi
        mov     rax, [rax + Mapping_handle_next]
        jmp     .next_mapping
.no_mapping:
        mov     rax, [rsi + Handle_next]
        test    rax, rax
        jz      .was_last
        mov     [rax + Handle_previous], rsi
.was_last:
        mov     rax, [rsi + Handle_previous]
        test    rax, rax
        jz      .was_first
        mov     [rax + Handle_next], rsi
        ret
.was_first:
        mov     rax, [rsi + Handle_object]
        mov     [rax + Object_first_handle], rsi
.refused:
        ret

; -----------------------------------------------------------------------------
; sys_handle_close - empty a slot
;
;   in        r15 = the running Thread; its rdi = handle
;   out       its status; who waited through it learns it; a thread is chosen
;   clobbers  everything
;   needs     nothing
;   probe     phase_switch
; -----------------------------------------------------------------------------
global  sys_handle_close
sys_handle_close:
        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        test    rax, rax
        jz      sys_handle_revoke.refused
        mov     rdi, rax
        mov     r12, [rax + Handle_object]
        mov     r13d, [rax + Handle_rights]
        call    handle_remove

; r12 = object, r13d = rights of handles to it that are gone
handles_gone:
        mov     rdi, r12
        mov     esi, r13d
        call    handle_waiters_check
        jmp     syscall_settle

; -----------------------------------------------------------------------------
; sys_handle_revoke - take back all copies of a handle, wherever they are
;
;   in        r15 = the running Thread; its rdi = handle
;   out       its status; who waited through one learns it; a thread is chosen
;   clobbers  everything
;   needs     nothing
;   probe     phase_switch
;
; The last one first: it has no copies, so none has to be told whose copy it is now.
; -----------------------------------------------------------------------------
global  sys_handle_revoke
sys_handle_revoke:
        mov     rdi, [r15 + Thread_rdi]
        call    handle_find
        test    rax, rax
        jz      .refused
        mov     rbx, rax
        mov     r12, rax
        xor     r13d, r13d
.next_copy:
        mov     rcx, [r12 + Handle_next]
        test    rcx, rcx
        jz      .last
        mov     eax, [rcx + Handle_depth]
        cmp     eax, [rbx + Handle_depth]
        jbe     .last
        mov     r12, rcx
        jmp     .next_copy
.last:
        cmp     r12, rbx
        je      .all
        mov     rdi, r12
        or      r13d, [r12 + Handle_rights]
        mov     r12, [r12 + Handle_previous]
        call    handle_remove
        jmp     .last
.all:
        mov     r12, [rbx + Handle_object]
        jmp     handles_gone
.refused:
        ret

; -----------------------------------------------------------------------------
; slot_check - look whether a slot can take a handle
;
;   in        r15 = the running Thread, rdi = Process, rsi = slot
;   out       eax = 1; or eax = 0 and the thread's status is STATUS_SLOT
;   clobbers  rcx, flags
;   needs     the process lives
;   probe     none
; -----------------------------------------------------------------------------
global  slot_check
slot_check:
        cmp     rsi, HANDLE_COUNT
        jae     .bad_slot
        mov     ecx, esi
        shl     ecx, HANDLE_SHIFT
        add     rcx, [rdi + Process_handles]
        cmp     qword [rcx + Handle_object], 0
        jne     .bad_slot
        mov     eax, 1
        ret
.bad_slot:
        mov     qword [r15 + Thread_rax], STATUS_SLOT
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; process_find - look up a process that may be managed
;
;   in        r15 = the running Thread, rdi = handle or HANDLE_SELF
;   out       rax = Process, alive; or rax = 0 and the thread's status says why
;   clobbers  flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  process_find
process_find:
        mov     rax, [r15 + Thread_process]
        cmp     rdi, HANDLE_SELF
        je      .found
        call    handle_find
        test    rax, rax
        jz      .found
        test    dword [rax + Handle_rights], RIGHT_PROCESS
        jz      .no_right
        mov     rax, [rax + Handle_object]
        cmp     qword [rax + Process_state], STATE_DEAD
        je      .dead
.found:
        ret
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        xor     eax, eax
        ret
.dead:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
        xor     eax, eax
        ret

; -----------------------------------------------------------------------------
; process_find_changed - look up a process whose code or memory is to be changed
;
;   in        r15 = the running Thread, rdi = handle or HANDLE_SELF
;   out       rax = Process, alive; or rax = 0 and the thread's status says why
;   clobbers  flags
;   needs     nothing
;   probe     none
;
; What runs at level 0 is what the image put there: of a process in kernel mode nobody else
; makes threads or changes mappings, whoever may end it.
; -----------------------------------------------------------------------------
global  process_find_changed
process_find_changed:
        call    process_find
        test    rax, rax
        jz      .done
        cmp     qword [rax + Process_mode], MODE_KERNEL
        jne     .done
        cmp     rax, [r15 + Thread_process]
        je      .done
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        xor     eax, eax
.done:
        ret
