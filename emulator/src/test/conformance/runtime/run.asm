; Runs the programs that the command line asks for: `run=NAME`, or `run=all`, as it is without it; `run=qemu` and
; `run=bochs` are all that do not hang that machine.

%include "runtime/machine.inc"

LINE_CONTROL    equ     COM1 + 3

section .text

global  run_programs
run_programs:
        mov     rsp, main_stack_end
        mov     dx, LINE_CONTROL
        mov     al, 0x83
        out     dx, al
        mov     dx, COM1
        mov     al, 1
        out     dx, al
        inc     edx
        mov     al, 0
        out     dx, al
        mov     dx, LINE_CONTROL
        mov     al, 3
        out     dx, al

        call    find_request
        mov     r15, programs
.next:
        cmp     qword [r15], 0
        je      .done
        call    is_wanted
        jne     .skip
        call    run_one
.skip:
        add     r15, PROGRAM_SIZE
        jmp     .next
.done:
        push    done_text
        call    print_line
        xor     eax, eax
        mov     dx, EXIT_PORT
        out     dx, eax
.stop:
        hlt
        jmp     .stop

; r15 = entry of the table
run_one:
        push    r15
        call    machine_reset
        mov     r15, [rsp]
        mov     [rel runner_stack], rsp
        lea     rsi, [rel run_text]
        call    print_text
        mov     rsi, [r15 + PROGRAM_NAME]
        call    print_text
        call    print_newline
        call    [r15 + PROGRAM_ENTRY]
global  program_return
program_return:
        mov     rsp, [rel runner_stack]
        cld
        lea     rsi, [rel end_text]
        call    print_text
        pop     r15
        ret

; the request is what stands behind `run=`, or 0
find_request:
        mov     rsi, command_line
.next:
        mov     eax, [rsi]
        test    al, al
        jz      .done
        inc     rsi
        cmp     eax, 'run='
        jne     .next
        add     rsi, 3
        mov     [rel request], rsi
.done:
        ret

; ZF = the program at r15 is asked for
is_wanted:
        mov     rdi, [rel request]
        mov     ecx, TRAIT_ENDS
        test    rdi, rdi
        jz      .all
        mov     eax, [rdi]
        cmp     eax, 'all'
        je      .all
        or      ecx, TRAIT_HANGS_QEMU
        cmp     eax, 'qemu'
        je      .all
        mov     ecx, TRAIT_ENDS | TRAIT_HANGS_BOCHS
        cmp     eax, 'boch'
        je      .all
        mov     rsi, [r15 + PROGRAM_NAME]
.compare:
        mov     al, [rsi]
        mov     ah, [rdi]
        inc     rsi
        inc     rdi
        cmp     ah, ' '
        jne     .same
        xor     ah, ah
.same:
        cmp     al, ah
        jne     .done
        test    al, al
        jnz     .compare
.done:
        ret
.all:
        test    [r15 + PROGRAM_TRAITS], rcx
        ret

section .rodata
run_text:       db      "run ", 0
end_text:       db      "end", 10, 0
done_text:      db      "done", 10, 0

section .bss
align 8
runner_stack:   resb    8
request:        resb    8
COMMAND_LINE_BYTES equ  1024
global  command_line, COMMAND_LINE_BYTES
command_line:   resb    COMMAND_LINE_BYTES + 8
