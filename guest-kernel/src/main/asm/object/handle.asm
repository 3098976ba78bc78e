; Handles and their lists. All handles to an object are in one list, in which a handle is
; followed by those that were copied from it, each one deeper, and theirs: whatever comes
; behind a handle and is deeper, up to the first that is not, came from it.

%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; handle_make - fill a slot of a process with a handle
;
;   in        rdi = Process, esi = slot, rdx = object, ecx = rights, r8 = badge,
;             r9 = Handle that it is copied from, or 0
;   out       rax = Handle
;   clobbers  rcx, rsi, rdi, flags
;   needs     the slot is empty, the process lives
;   probe     none
; -----------------------------------------------------------------------------
global  handle_make
handle_make:
        mov     eax, esi
        shl     eax, HANDLE_SHIFT
        add     rax, [rdi + Process_handles]

; -----------------------------------------------------------------------------
; handle_fill - fill in a handle, wherever it lies
;
;   in        rax = Handle, rdi = Process that it belongs to, rdx = object, ecx = rights,
;             r8 = badge, r9 = Handle that it is copied from, or 0
;   out       rax = Handle
;   clobbers  rcx, rsi, flags
;   needs     it is empty, the process lives
;   probe     none
; -----------------------------------------------------------------------------
global  handle_fill
handle_fill:
        mov     [rax + Handle_object], rdx
        mov     [rax + Handle_rights], ecx
        mov     [rax + Handle_badge], r8
        mov     [rax + Handle_process], rdi
        test    ecx, RIGHT_RECEIVE
        jz      .no_receiver
        inc     qword [rdx + Endpoint_receive_handles]
.no_receiver:
        test    r9, r9
        jz      .first
        mov     ecx, [r9 + Handle_depth]
        inc     ecx
        mov     rsi, [r9 + Handle_next]
        mov     [r9 + Handle_next], rax
        jmp     .link
.first:
        xor     ecx, ecx
        mov     rsi, [rdx + Object_first_handle]
        mov     [rdx + Object_first_handle], rax
.link:
        mov     [rax + Handle_depth], ecx
        mov     [rax + Handle_previous], r9
        mov     [rax + Handle_next], rsi
        test    rsi, rsi
        jz      .done
        mov     [rsi + Handle_previous], rax
.done:
        ret

; -----------------------------------------------------------------------------
; handle_remove - empty a slot
;
;   in        rdi = Handle
;   out       the slot is empty; what was copied from it now counts as copied from where
;             it was copied itself. Its mappings and bindings are ended, an endpoint
;             without receivers is closed, an object without handles is dropped
;   clobbers  all caller-saved registers, flags
;   needs     the slot is not empty
;   probe     none
; -----------------------------------------------------------------------------
global  handle_remove
handle_remove:
        mov     rsi, [rdi + Handle_mappings]
        test    rsi, rsi
        jz      .no_mapping
        push    rdi
        mov     rdi, rsi
        call    mapping_end
        pop     rdi
        jmp     handle_remove
.no_mapping:
        xor     esi, esi
        call    handle_bindings
        mov     rsi, [rdi + Handle_next]
        mov     ecx, [rdi + Handle_depth]
        mov     rax, rsi
.next_copy:
        test    rax, rax
        jz      .unlink
        cmp     [rax + Handle_depth], ecx
        jbe     .unlink
        dec     dword [rax + Handle_depth]
        mov     rax, [rax + Handle_next]
        jmp     .next_copy
.unlink:
        mov     rdx, [rdi + Handle_object]
        mov     rcx, [rdi + Handle_previous]
        test    rsi, rsi
        jz      .was_last
        mov     [rsi + Handle_previous], rcx
.was_last:
        test    rcx, rcx
        jz      .was_first
        mov     [rcx + Handle_next], rsi
        jmp     .clear
.was_first:
        mov     [rdx + Object_first_handle], rsi
.clear:
        mov     ecx, [rdi + Handle_rights]
        xor     eax, eax
        mov     [rdi + Handle_object], rax
        mov     [rdi + Handle_rights], eax
        mov     [rdi + Handle_depth], eax
        mov     [rdi + Handle_badge], rax
        mov     [rdi + Handle_process], rax
        mov     [rdi + Handle_next], rax
        mov     [rdi + Handle_previous], rax
        mov     rdi, rdx
        cmp     [rdi + Object_first_handle], rax
        jne     .is_named
        call    object_drop
.is_named:
        test    ecx, RIGHT_RECEIVE
        jz      .done
        dec     qword [rdi + Endpoint_receive_handles]
        jz      endpoint_close
.done:
        ret

; -----------------------------------------------------------------------------
; handle_find - look up a handle of the running thread's process
;
;   in        r15 = the running Thread, rdi = number
;   out       rax = Handle; or rax = 0 and the thread's status is STATUS_HANDLE
;   clobbers  flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  handle_find
handle_find:
        cmp     rdi, HANDLE_COUNT
        jae     .bad_handle
        mov     eax, edi
        shl     eax, HANDLE_SHIFT
        add     rax, [r15 + Thread_handles]
        cmp     qword [rax + Handle_object], 0
        je      .bad_handle
        ret
.bad_handle:
        mov     qword [r15 + Thread_rax], STATUS_HANDLE
        xor     eax, eax
        ret
