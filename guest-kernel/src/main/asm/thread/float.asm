; Floating-point registers of the threads that asked for some. While such a thread runs they
; are in its CPU, and CR0_NO_FLOATING_POINT is clear there; whenever it does not run they are in
; its Float. So a thread may go on on any CPU, and none ever sees those of another one.
; Cpu_float is whose the CPU has: a Float, 0, or FLOAT_NOBODY.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

section .text

; -----------------------------------------------------------------------------
; sys_thread_float - give a thread floating-point registers
;
;   in        r15 = the running Thread; its rdi = handle or HANDLE_SELF
;   out       its status
;   clobbers  all caller-saved registers, rbx, flags
;   needs     nothing
;   probe     none
;
; A thread that runs on another CPU is made to enter the kernel there: on its way out it gets
; them, so that it has them when this call is over.
; -----------------------------------------------------------------------------
global  sys_thread_float
sys_thread_float:
        mov     rbx, r15
        mov     rdi, [r15 + Thread_rdi]
        cmp     rdi, HANDLE_SELF
        je      .has_thread
        call    handle_find
        test    rax, rax
        jz      .done
        test    dword [rax + Handle_rights], RIGHT_THREAD
        jz      .no_right
        mov     rbx, [rax + Handle_object]
        cmp     dword [rbx + Thread_state], STATE_DEAD
        je      .dead
.has_thread:
        cmp     qword [rbx + Thread_float], 0
        jne     .done
        mov     edi, KIND_FLOAT
        mov     rsi, [rbx + Thread_process]
        call    object_alloc
        test    rax, rax
        jz      .no_room
        mov     word [rax + Float_area + FloatArea_control], FLOAT_CONTROL
        mov     dword [rax + Float_area + FloatArea_mxcsr], FLOAT_MXCSR
        mov     [rbx + Thread_float], rax
        mov     rdi, rbx
        call    thread_gate
%if SMP
        cmp     rbx, r15
        je      .done
        call    cpus_running
        test    rax, rax
        jz      .done
        mov     rdi, rax
        mov     rsi, [rbx + Thread_cr3]
        jmp     cpu_request
%endif
.done:
        ret
.no_right:
        mov     qword [r15 + Thread_rax], STATUS_RIGHTS
        ret
.dead:
        mov     qword [r15 + Thread_rax], STATUS_DEAD
        ret
.no_room:
        movsxd  rdx, edx
        mov     [r15 + Thread_rax], rdx
        ret

; -----------------------------------------------------------------------------
; float_switch - let the CPU have other floating-point registers, or none
;
;   in        rax = Float, or 0 to have none
;   out       those that it had are in their Float; Cpu_float = rax
;   clobbers  rcx, flags
;   needs     Cpu_float is not rax
;   probe     float_save (rcx = Float), float_load (rax = Float)
;
; FNINIT forgets where the last x87 instruction was: some CPUs load that only when an error is
; pending. Without floating point whatever stays in the registers is out of reach, but that an
; error waits to be told would be heard: FWAIT looks for one in any thread.
; -----------------------------------------------------------------------------
global  float_switch
float_switch:
        mov     rcx, gs:[Cpu_float]
        mov     gs:[Cpu_float], rax
        test    rcx, rcx
        jz      .had_none
        cmp     rcx, FLOAT_NOBODY
        je      .saved
        PROBE   float_save, rcx
        fxsave64 [rcx + Float_area]
.saved:
        test    rax, rax
        jnz     .load
        fninit
        mov     rcx, cr0
        or      rcx, CR0_NO_FLOATING_POINT
        mov     cr0, rcx
        ret
.had_none:
        mov     rcx, cr0
        and     rcx, ~CR0_NO_FLOATING_POINT
        mov     cr0, rcx
.load:
        PROBE   float_load, rax
        fninit
        fxrstor64 [rax + Float_area]
        ret

; -----------------------------------------------------------------------------
; float_end - take a thread's floating-point registers away
;
;   in        rdi = Thread that ends
;   out       it has none; no CPU stores any into what is free now
;   clobbers  all caller-saved registers, flags
;   needs     nothing
;   probe     none
; -----------------------------------------------------------------------------
global  float_end
float_end:
        mov     rdx, [rdi + Thread_float]
        test    rdx, rdx
        jz      .done
        mov     qword [rdi + Thread_float], 0
        lea     rax, [rel cpu_block]
        mov     ecx, [rel cpu_count]
.next:
        cmp     [rax + Cpu_float], rdx
        jne     .skip
        mov     qword [rax + Cpu_float], FLOAT_NOBODY
.skip:
        add     rax, Cpu_size
        dec     ecx
        jnz     .next
        mov     rdi, rdx
        jmp     object_free
.done:
        ret

%assert Float_area % 16 == 0, "FXSAVE64 stores at a multiple of 16"
