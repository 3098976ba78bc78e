; The first program: it starts what the command line says and ends the machine. Without a
; command line that is the demonstration. Programs that are not named end before they began.

%include "abi/machine.inc"
%include "abi/calls.inc"
%include "abi/user.inc"
%include "user/case.inc"

; An entry of the table of programs: its name, the processes that it needs, what gives
; devices to it, what runs it.
PROGRAM_PROCESSES equ   TEXT_BLOCK
PROGRAM_DEVICES equ     PROGRAM_PROCESSES + WORD_SIZE
PROGRAM_RUN     equ     PROGRAM_DEVICES + WORD_SIZE
PROGRAM_SIZE    equ     PROGRAM_RUN + WORD_SIZE

; The processes from a first one up to a last one, and a few behind, as bits.
DEMO_PROCESSES  equ     (2 << PROCESS_INTERRUPTS) - (1 << PROCESS_DEMO) + (7 << PROCESS_RINGS)

section .text.init

; -----------------------------------------------------------------------------
; init_main - the first program's only thread
;
;   entered by  the kernel, which has put the command line at COMMAND_LINE
;   in        nothing
;   out       does not return: exit value 0, or 1 when somebody did not behave as due or
;             the command line names what there is not
;   clobbers  everything
;   needs     the handles of init in FirstTasks
;   probe     none
;
;   rbp = processes that are needed, as bits
; -----------------------------------------------------------------------------
global  init_main
init_main:
        call    console_start
        mov     esi, COMMAND_LINE
        lea     rdi, [rel init_command_line]
        mov     ecx, COMMAND_LINE_ROOM
        rep movsb
        lea     rsi, [rel init_command_line]
        call    next_word
        jnz     .has_line
        lea     rdi, [rel init_command_line]
        mov     dword [rdi], 'demo'
.has_line:

; Who is named?
        mov     ebp, 1 << PROCESS_CONSOLE | 1 << PROCESS_NAMES | 1 << PROCESS_TIMER
        lea     r12, [rel init_command_line]
.next_name:
        call    next_program
        jz      .named
        mov     rax, [rbx + PROGRAM_PROCESSES]
        test    rbp, rax
        jnz     .twice
        or      rbp, rax
        call    [rbx + PROGRAM_DEVICES]
        jmp     .next_name

; All others end; nobody is managed any more.
.named:
        mov     ebx, 1
.next_process:
        bt      rbp, rbx
        jc      .is_needed
        lea     edi, [rbx + HANDLE_PROCESSES]
        OPERATE SYS_KILL, edi, 0
        jmp     .close
.is_needed:
        call    names_give
.close:
        lea     edi, [rbx + HANDLE_PROCESSES]
        OPERATE SYS_HANDLE_CLOSE, edi, 0
        inc     ebx
        cmp     ebx, PROCESS_COUNT
        jb      .next_process
        call    end_added

; One after the other.
        call    servers_start
        lea     r12, [rel init_command_line]
.next_run:
        call    next_program
        jz      .all_ran
        call    [rbx + PROGRAM_RUN]
        jmp     .next_run
.all_ran:
        cmp     dword [rel servers], 0
        jne     .serves
        lea     rdi, [rel text_done]
        call    say_text
        OPERATE SYS_EXIT, 0, 0
        ud2

; Only a server that cannot begin reports.
.serves:
        OPERATE SYS_RECV, HANDLE_REPORT, 0
        jmp     init_failed
.twice:
        lea     rdi, [rel text_twice]
        call    say_text
        OPERATE SYS_EXIT, 1, 0
        ud2

; rsi = text; out: rsi = its next word, ecx = the word's length, ZF: there is none
next_word:
        cmp     byte [rsi], ' '
        jne     .begins
        inc     rsi
        jmp     next_word
.begins:
        xor     ecx, ecx
.next:
        cmp     byte [rsi + rcx], 0
        je      .ends
        cmp     byte [rsi + rcx], ' '
        je      .ends
        inc     ecx
        jmp     .next
.ends:
        test    ecx, ecx
        ret

; r12 = place in the command line; out: r12 = behind the next word, rbx = its program;
; ZF: there is no word
next_program:
        mov     rsi, r12
        call    next_word
        jz      .none
        lea     r12, [rsi + rcx]
        cmp     ecx, TEXT_BLOCK
        jae     .unknown
        lea     rbx, [rel programs]
.next:
        mov     rdi, rbx
        mov     rdx, rsi
        mov     eax, ecx
        repe cmpsb
        mov     rsi, rdx
        jne     .other
        cmp     byte [rdi], 0
        je      .found
.other:
        mov     ecx, eax
        add     rbx, PROGRAM_SIZE
        lea     rdi, [rel init_programs_end]
        cmp     rbx, rdi
        jb      .next
; A text ends with the block that ends with zero: what follows the word goes.
.unknown:
        mov     rbx, rsi
        mov     rdi, r12
        lea     rcx, [rel init_command_line + COMMAND_LINE_ROOM]
        sub     rcx, rdi
        xor     eax, eax
        rep stosb
        lea     rdi, [rel text_unknown]
        call    say_text
        mov     rdi, rbx
        call    say_text
        lea     rdi, [rel text_programs]
        lea     rbx, [rel programs]
.next_said:
        call    say_text
        mov     rdi, rbx
        call    say_text
        lea     rdi, [rel text_comma]
        add     rbx, PROGRAM_SIZE
        lea     rax, [rel init_programs_end]
        cmp     rbx, rax
        jb      .next_said
        lea     rdi, [rel text_newline]
        call    say_text
        OPERATE SYS_EXIT, 1, 0
        ud2
.found:
        test    rsi, rsi
.none:
        ret

; edi = handle: let a program run and report
init_run:
        OPERATE SYS_SEND, edi, 0
        OPERATE SYS_RECV, HANDLE_REPORT, 0
        or      rax, rdx
        jnz     init_failed
        ret

init_failed:
        lea     rdi, [rel text_failed]
        call    say_text
        OPERATE SYS_EXIT, 1, 0
        ud2

%include "user/init_added.inc"

ninep_devices:
        mov     esi, HANDLE_PROCESSES + PROCESS_NINEP
        mov     edi, COM2_IRQ
        jmp     give_line

; A server runs for ever.
ninep_run:
        mov     dword [rel servers], 1
        OPERATE SYS_SEND, HANDLE_NINEP, 0
        ret

shell_run:
        mov     edi, HANDLE_SHELL
        jmp     init_run

%include "user/init_devices.inc"
%include "user/init_servers.inc"
%include "user/init_demo.inc"
%include "user/say.inc"

section .rodata.init
%macro PROGRAM text, processes, devices, run
%%name:
        db      %text
        fill    TEXT_BLOCK - ($ - %%name), 0
        dq      %processes, %devices, %run
%endmacro

align TEXT_BLOCK, 0
text_unknown:
        db      "init: there is no program ", 0
        align   TEXT_BLOCK, 0
text_programs:
        db      10, "init: there are ", 0
        align   TEXT_BLOCK, 0
text_comma:
        db      ", ", 0
        align   TEXT_BLOCK, 0
text_twice:
        db      "init: a program runs once", 10, 0
        align   TEXT_BLOCK, 0
text_done:
        db      "bantam: done", 10, 0
        align   TEXT_BLOCK, 0
text_failed:
        db      "init: somebody did not behave as due", 10, 0
        align   TEXT_BLOCK, 0

; Entries of programs that were added follow, up to init_programs_end.
section .rodata.init_programs
align 8
programs:
        PROGRAM "demo", DEMO_PROCESSES, demo_devices, demo_run
        PROGRAM "shell", 1 << PROCESS_SHELL, init_no_devices, shell_run
        PROGRAM "ninep", 1 << PROCESS_NINEP, ninep_devices, ninep_run
programs_added:

section .bss.init
; The command line. Words of it are said in whole blocks.
init_command_line:
        resb    COMMAND_LINE_ROOM
        resb    TEXT_BLOCK
; Not 0 as soon as a server runs: then the machine ends with what else ends it.
servers:
        resb    WORD_SIZE
