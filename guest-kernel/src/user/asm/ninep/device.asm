; Files that have no bytes of their own: who put them into the tree makes what is read, and
; takes what is written.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_device_add - put a file of the program's own, or a directory, into a tree
;
;   in        rdi = store, rsi = name, as a text; rdx = NinePDevice, or 0 for a directory,
;             ecx = mode, r8 = NinePFile, the directory that it is in, or 0 for the root
;   out       rax = NinePFile, or 0: there is no room
;   clobbers  all caller-saved registers, flags
;   needs     ninep_format is done; the name is a good one, and new in the directory
;   probe     none
;
; It belongs to whom the root belongs to.
; -----------------------------------------------------------------------------
global  ninep_device_add
ninep_device_add:
        push    r13
        push    r15
        mov     r13, rdi
        mov     r9d, ecx
        mov     r10, [r13 + NinePStore_files]   ; the root is the first of them
        test    r8, r8
        cmovz   r8, r10
        xor     eax, eax
        cmp     [r13 + NinePStore_free_file], rax
        je      .done
        call    ninep_file_new
        mov     [r15 + NinePFile_mode], r9d
        mov     [r15 + NinePFile_device], rdx
        lea     rdi, [r15 + NinePFile_name]
        call    ninep_copy_text
        lea     rsi, [r10 + NinePFile_uid]
        lea     rdi, [r15 + NinePFile_uid]
        call    ninep_copy_text
        lea     rsi, [r10 + NinePFile_uid]
        lea     rdi, [r15 + NinePFile_gid]
        call    ninep_copy_text
        lea     rsi, [r10 + NinePFile_uid]
        lea     rdi, [r15 + NinePFile_muid]
        call    ninep_copy_text
        mov     rdx, r8
        call    ninep_file_link
        mov     rax, r15
.done:
        pop     r15
        pop     r13
        ret

; -----------------------------------------------------------------------------
; ninep_device_read - answer a Tread with what a device says
;
;   in        rdx = NinePDevice, r8 = offset, rbx = bytes at most, r14 = place for the count
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session
;   probe     none
;
; The device says all its text each time; a read takes its part of it.
; -----------------------------------------------------------------------------
global  ninep_device_read
ninep_device_read:
        mov     rax, [rdx + NinePDevice_read]
        test    rax, rax
        jz      ninep_fail_permission
        push    r8
        sub     rsp, NINEP_DEVICE_TEXT
        mov     rdi, rsp
        call    rax
        mov     r8, [rsp + NINEP_DEVICE_TEXT]
        mov     ecx, eax
        sub     rcx, r8
        ja      .some
        xor     ecx, ecx
.some:
        cmp     rbx, rcx
        cmova   rbx, rcx
        mov     [r14], ebx
        add     r14, 4
        lea     rsi, [rsp + r8]
        mov     rdi, r14
        mov     ecx, ebx
        rep movsb
        mov     r14, rdi
        add     rsp, NINEP_DEVICE_TEXT + 8
        ret

; -----------------------------------------------------------------------------
; ninep_device_write - give a device what a Twrite brings
;
;   in        rdx = NinePDevice, rsi = bytes, ecx = how many
;   out       the device has them all
;   clobbers  all caller-saved registers, flags
;   needs     r12 = session
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_device_write
ninep_device_write:
        mov     rax, [rdx + NinePDevice_write]
        test    rax, rax
        jz      ninep_fail_permission
        jmp     rax
