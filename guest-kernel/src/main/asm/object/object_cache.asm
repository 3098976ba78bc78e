; Where objects come from: a cache for each kind, of pages that hold objects of that kind only.
; A page whose objects are all free goes back, so that no process keeps from others what it
; does not pay for any more; one such page a kind stays, for who makes and ends one object
; again and again. The Frame of a page counts the objects in it that are in use.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

PAGE_MASK       equ     PAGE_SIZE - 1

section .text

; -----------------------------------------------------------------------------
; object_alloc - an object that a process pays for
;
;   in        edi = kind, rsi = Process, or 0 for the kernel itself
;   out       rax = the object, all zero but for its kind and payer, without a handle;
;             or 0, and edx = STATUS_QUOTA or STATUS_MEMORY
;   clobbers  rcx, rsi, rdi, r8, r9, r10, flags
;   needs     frame_start is done
;   probe     none
; -----------------------------------------------------------------------------
global  object_alloc
object_alloc:
        push    rbx
        push    r12
        push    r13
        mov     r12d, edi
        mov     r13, rsi
        mov     ebx, edi
        shl     ebx, OBJECT_CACHE_SHIFT
        lea     rax, [rel object_caches]
        add     rbx, rax
        mov     rdi, r13
        mov     rsi, [rbx + ObjectCache_bytes]
        call    quota_charge
        mov     edx, eax
        test    eax, eax
        jnz     .none
        cmp     qword [rbx + ObjectCache_free], 0
        jne     .has_free
        call    cache_add_page
        test    eax, eax
        jz      .no_memory
.has_free:
        mov     rdx, [rbx + ObjectCache_free]
        call    cache_unlink
        inc     qword [rbx + ObjectCache_used]
        call    cache_frame
        inc     word [rax + Frame_objects]
        cmp     word [rax + Frame_objects], 1
        jne     .was_in_use
        lea     rax, [rel object_spares]
        mov     qword [rax + r12 * WORD_SIZE], 0
.was_in_use:
        mov     rdi, rdx
        mov     rcx, [rbx + ObjectCache_bytes]
        shr     ecx, PTE_SHIFT
        xor     eax, eax
        rep stosq
        mov     [rdx + Object_kind], r12d
        mov     [rdx + Object_payer], r13
        mov     rax, rdx
        jmp     .done
.no_memory:
        mov     rdi, r13
        mov     rsi, [rbx + ObjectCache_bytes]
        call    quota_return
        mov     edx, STATUS_MEMORY
.none:
        xor     eax, eax
.done:
        pop     r13
        pop     r12
        pop     rbx
        ret

; rbx = ObjectCache without free objects: give it a page of them, lowest first, as the spare
; one. Out: eax = 0 when there is no memory
cache_add_page:
        xor     edi, edi
        call    frame_alloc
        test    rax, rax
        jz      .done
        mov     rsi, [rbx + ObjectCache_bytes]
        lea     r8, [rax + PAGE_SIZE]
        mov     [rbx + ObjectCache_free], rax
        mov     rdx, rax
        xor     ecx, ecx
.next:
        inc     qword [rbx + ObjectCache_total]
        mov     [rdx + FreeObject_previous], rcx
        mov     rcx, rdx
        add     rdx, rsi
        lea     rdi, [rdx + rsi]
        cmp     rdi, r8
        ja      .last
        mov     [rcx + FreeObject_next], rdx
        jmp     .next
.last:
        mov     qword [rcx + FreeObject_next], 0
        mov     rdx, rax
        call    cache_frame
        mov     word [rax + Frame_objects], 0
        mov     eax, 1
.done:
        ret

; rbx = ObjectCache, rdx = free object: take it out of the list; clobbers rax, rcx
cache_unlink:
        mov     rax, [rdx + FreeObject_next]
        mov     rcx, [rdx + FreeObject_previous]
        test    rax, rax
        jz      .was_last
        mov     [rax + FreeObject_previous], rcx
.was_last:
        test    rcx, rcx
        jz      .was_first
        mov     [rcx + FreeObject_next], rax
        ret
.was_first:
        mov     [rbx + ObjectCache_free], rax
        ret

; rdx = object; out: rax = Frame of the page that it lies in; clobbers rdi
cache_frame:
        mov     rax, DIRECT_BASE
        mov     rdi, rdx
        sub     rdi, rax
        jmp     frame_find

; -----------------------------------------------------------------------------
; object_free - put an object back into its cache, and pay its payer back
;
;   in        rdi = object that nothing names
;   out       gone; a dead payer that pays for nothing more is dropped; its page may be free
;   clobbers  all caller-saved registers, flags
;   needs     it is not among the dropped
;   probe     none
;
; Bounded: as many steps as there are objects in a page.
; -----------------------------------------------------------------------------
global  object_free
object_free:
        push    rbx
        push    r12
        push    r13
        mov     rdx, rdi
        mov     r12d, [rdx + Object_kind]
        mov     r13, [rdx + Object_payer]
        mov     eax, r12d
        shl     eax, OBJECT_CACHE_SHIFT
        lea     rbx, [rel object_caches]
        add     rbx, rax
        mov     rax, [rbx + ObjectCache_free]
        mov     [rdx + FreeObject_next], rax
        mov     qword [rdx + FreeObject_previous], 0
        mov     [rbx + ObjectCache_free], rdx
        test    rax, rax
        jz      .only
        mov     [rax + FreeObject_previous], rdx
.only:
        dec     qword [rbx + ObjectCache_used]
        call    cache_frame
        dec     word [rax + Frame_objects]
        jnz     .in_use
        and     rdx, ~PAGE_MASK
        lea     rax, [rel object_spares]
        cmp     qword [rax + r12 * WORD_SIZE], 0
        jne     .has_spare
        mov     [rax + r12 * WORD_SIZE], rdx
        jmp     .in_use
.has_spare:
        call    cache_drop_page
.in_use:
        mov     rdi, r13
        mov     rsi, [rbx + ObjectCache_bytes]
        pop     r13
        pop     r12
        pop     rbx
        jmp     quota_return

; rbx = ObjectCache, rdx = page of it without objects in use: give it back
cache_drop_page:
        mov     rsi, [rbx + ObjectCache_bytes]
        mov     rdi, rdx
        lea     r8, [rdx + PAGE_SIZE]
.next:
        call    cache_unlink
        dec     qword [rbx + ObjectCache_total]
        add     rdx, rsi
        lea     rax, [rdx + rsi]
        cmp     rax, r8
        jbe     .next
        jmp     frame_drop

section .data
align 8
global  object_caches
object_caches:
        dq      0, Process_size, 0, 0
        dq      0, Thread_size, 0, 0
        dq      0, Endpoint_size, 0, 0
        dq      0, Notification_size, 0, 0
        dq      0, Memory_size, 0, 0
        dq      0, Mapping_size, 0, 0
        dq      0, Reply_size, 0, 0
        dq      0, Interrupt_size, 0, 0
        dq      0, Object_size, 0, 0
        dq      0, Float_size, 0, 0
object_caches_end:

%assert object_caches_end - object_caches == KIND_COUNT * ObjectCache_size, "one cache a kind"

section .bss
align 8
global  object_spares
; Of each kind the one page without objects in use, or 0.
object_spares:
        resb    KIND_COUNT * WORD_SIZE
