; Twrite: bytes into a file, all of them or none.

%include "abi/ninep.inc"

section .text.ninep

; -----------------------------------------------------------------------------
; ninep_write - Twrite
;
;   in        rbx = the body, r14 = the reply's
;   out       r14 behind the reply
;   clobbers  everything but r12, r13
;   needs     r12 = session, r13 = store
;   probe     none
; -----------------------------------------------------------------------------
global  ninep_write
ninep_write:
        call    ninep_get_long
        push    rax
        call    ninep_get_quad
        push    rax
        call    ninep_get_long
        mov     rdx, [r12 + NinePSession_request_end]
        sub     rdx, rbx
        cmp     rdx, rax
        jne     ninep_fail_malformed
        push    rax
        mov     eax, [rsp + 2 * 8]
        call    ninep_fid_live
        mov     eax, [rbp + NinePFid_open]
        test    eax, NINEP_OPENED
        jz      ninep_fail_not_opened
        and     eax, NINEP_OACCESS
        dec     eax
        cmp     eax, NINEP_ORDWR
        jae     ninep_fail_not_opened           ; neither OWRITE nor ORDWR
        mov     rdx, [r15 + NinePFile_device]
        test    rdx, rdx
        jnz     .device
        mov     r8, [rsp + 8]                   ; the offset
        test    dword [r15 + NinePFile_mode], NINEP_DMAPPEND
        jz      .there
        mov     r8, [r15 + NinePFile_length]
        mov     [rsp + 8], r8
.there:
        mov     rdx, [rsp]
        test    rdx, rdx
        jz      .done
        add     rdx, r8
        jc      ninep_fail_full
        cmp     rdx, [r15 + NinePFile_length]
        jbe     .inside
        call    ninep_file_resize
.inside:
        mov     rdx, r15
        call    ninep_file_touch
        mov     rsi, rbx
        mov     r8, [rsp + 8]
        mov     ecx, [rsp]
        call    ninep_file_write
        jmp     .done
.device:
        mov     rsi, rbx
        mov     ecx, [rsp]
        call    ninep_device_write
.done:
        pop     rax
        mov     [r14], eax
        add     r14, 4
        add     rsp, 2 * 8
        ret
