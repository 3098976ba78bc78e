; A shell: it reads lines from the console server and does what they say.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "user/case.inc"

section .text.shell

; -----------------------------------------------------------------------------
; shell_main - do what lines say, when HANDLE_CONTROL says so
;
;   entered by  the kernel
;   in        nothing
;   out       does not return; sends 0 to HANDLE_REPORT at the end
;   clobbers  everything
;   needs     HANDLE_INPUT and HANDLE_REPORT to send, HANDLE_CONTROL to receive
;   probe     none
; -----------------------------------------------------------------------------
global  shell_main
shell_main:
        OPERATE SYS_RECV, HANDLE_CONTROL, 0
        lea     rdi, [rel text_hello]
        call    say_text
.next:
        lea     rdi, [rel text_prompt]
        call    say_text
        call    read_line
        lea     rsi, [rel line]
        cmp     byte [rsi], LINE_CANCELLED
        je      .next
        call    skip_blanks
        cmp     byte [rsi], 0
        je      .next

; rsi = the line's first word; rbx = entry of the table
        lea     rbx, [rel commands]
.next_command:
        mov     rdi, [rbx]
        test    rdi, rdi
        jz      .unknown
        mov     rdx, rsi
        mov     ecx, [rbx + COMMAND_LENGTH]
        repe cmpsb
        mov     rsi, rdx
        jne     .other
        mov     ecx, [rbx + COMMAND_LENGTH]
        add     rsi, rcx
        cmp     byte [rsi], 0
        je      .found
        cmp     byte [rsi], ' '
        je      .found
        mov     rsi, rdx
.other:
        add     rbx, COMMAND_SIZE
        jmp     .next_command
.found:
        call    skip_blanks
        call    [rbx + COMMAND_ROUTINE]
        jmp     .next
.unknown:
        mov     rbx, rsi
        lea     rdi, [rel text_unknown]
        call    say_text
        mov     rdi, rbx
        call    say_text
        lea     rdi, [rel text_newline]
        call    say_text
        jmp     .next

; Read a line into line, zeros behind it; clobbers what a call clobbers.
read_line:
        push    rbx
        lea     rbx, [rel line]
.next:
        OPERATE SYS_CALL, HANDLE_INPUT, 0
        test    rax, rax
        jnz     command_exit
        mov     [rbx], rdx
        mov     [rbx + WORD_SIZE], r8
        mov     [rbx + 2 * WORD_SIZE], r9
        mov     [rbx + 3 * WORD_SIZE], r10
        add     rbx, TEXT_BLOCK
        cmp     byte [rbx - 1], 0
        jne     .next
        xor     eax, eax
.clear:
        mov     [rbx], rax
        add     rbx, WORD_SIZE
        lea     rcx, [rel line_end]
        cmp     rbx, rcx
        jb      .clear
        pop     rbx
        ret

; rsi = text; out: rsi = its first character that is no blank
skip_blanks:
        cmp     byte [rsi], ' '
        jne     .done
        inc     rsi
        jmp     skip_blanks
.done:
        ret

; Commands: rsi = what stands behind the word.
command_help:
        lea     rdi, [rel text_help]
        jmp     say_text
command_echo:
        mov     rdi, rsi
        call    say_text
        lea     rdi, [rel text_newline]
        jmp     say_text
command_ticks:
        OPERATE SYS_TICKS, 0, 0
        call    say_number
        lea     rdi, [rel text_newline]
        jmp     say_text
command_exit:
        xor     edx, edx
        OPERATE SYS_SEND, HANDLE_REPORT, 1
        OPERATE SYS_EXIT, 0, 0
        ud2

%include "user/say.inc"

section .rodata.shell
; A command: its name, the name's length, its routine.
COMMAND_LENGTH  equ     WORD_SIZE
COMMAND_ROUTINE equ     2 * WORD_SIZE
COMMAND_SIZE    equ     3 * WORD_SIZE

%macro COMMAND name, routine
        dq      %name, %{name}_end - %name, %routine
%endmacro

align 8
commands:
        COMMAND name_help, command_help
        COMMAND name_echo, command_echo
        COMMAND name_ticks, command_ticks
        COMMAND name_exit, command_exit
        dq      0

name_help:
        db      "help"
name_help_end:
name_echo:
        db      "echo"
name_echo_end:
name_ticks:
        db      "ticks"
name_ticks_end:
name_exit:
        db      "exit"
name_exit_end:

align TEXT_BLOCK, 0
text_hello:
        db      "shell: help says what there is", 10, 0
        align   TEXT_BLOCK, 0
text_prompt:
        db      "> ", 0
        align   TEXT_BLOCK, 0
text_unknown:
        db      "shell: there is no command ", 0
        align   TEXT_BLOCK, 0
text_newline:
        db      10, 0
        align   TEXT_BLOCK, 0
text_help:
        db      "help         say this", 10
        db      "echo TEXT    say the text", 10
        db      "ticks        say how many ticks there were", 10
        db      "exit         end the shell", 10, 0
        align   TEXT_BLOCK, 0

section .bss.shell
align WORD_SIZE
; A text that begins anywhere in the line is read in whole blocks.
line:
        resb    LINE_MOST + 1
        resb    TEXT_BLOCK
line_end:
