; The first tasks: which processes there are when the kernel hands over, with which
; programs, threads and handles. Everything else is theirs to arrange by messages.
; The first process is init; the machine ends with it.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

PAGE_CODE       equ     PTE_PRESENT | PTE_USER
PAGE_CONST      equ     PTE_PRESENT | PTE_USER | (1 << PTE_NO_EXECUTE_BIT)
PAGE_DATA       equ     PTE_PRESENT | PTE_USER | PTE_WRITE | (1 << PTE_NO_EXECUTE_BIT)
USER_FLAGS      equ     RFLAGS_ALWAYS | RFLAGS_INTERRUPT
; Whoever may do port I/O may mask interrupts too, until its next system call.
PORT_FLAGS      equ     USER_FLAGS | RFLAGS_IOPL

; There is room between them, above and below.
PRIORITY_LOWEST equ     32
PRIORITY_LOW    equ     64
PRIORITY_MIDDLE equ     96
PRIORITY_NORMAL equ     128
PRIORITY_HIGH   equ     160
PRIORITY_DRIVER equ     192

END_CONSOLE     equ     0
END_CLIENT      equ     1
END_CASES       equ     2
END_SAME        equ     3
END_CROSS       equ     4
END_ECHO        equ     5
END_LATE        equ     6
END_LOW         equ     7
END_MIDDLE      equ     8
END_HIGH        equ     9
END_DONE        equ     10
END_SPIN        equ     11
END_REPORT      equ     12
END_OBJECTS     equ     13
END_PAGING      equ     14
END_SMP         equ     15
END_INTERRUPTS  equ     16
END_INPUT       equ     17
END_DRIVER      equ     18
END_STARTED     equ     19
END_SHELL       equ     20
END_NINEP       equ     21
END_ROGUES      equ     22

END_IPC         equ     END_ROGUES + ROGUE_COUNT

ENDPOINTS       equ     END_IPC + 1

; Enough for the handles, tables, and a few objects of one's own.
QUOTA           equ     0x40000
; And for large pages.
LARGE_QUOTA     equ     0x800000
; And for the tree of files.
NINEP_QUOTA     equ     0x480000

%macro NAME text
%%name:
        db      %text
        fill    TEXT_BLOCK - ($ - %%name), 0
%endmacro

%macro HANDLE_TO endpoint, slot, rights, badge
        dq      tasks_endpoint_console + (%endpoint) * WORD_SIZE, %slot, %rights, %badge
%endmacro

%macro ROGUE text, number
        NAME    %text
        dq      QUOTA
        dq      rogue_regions, rogue_threads + (%number) * ROGUE_THREADS_SIZE
        dq      rogue_handles + (%number) * ROGUE_HANDLES_SIZE
%endmacro

section .rodata.tasks
align 8
tasks_standard:
        NAME    "init"
        dq      DIRECT_LIMIT
        dq      init_regions, init_threads, init_handles
        NAME    "console"
        dq      QUOTA
        dq      console_regions, console_threads, console_handles
        NAME    "client"
        dq      QUOTA
        dq      client_regions, client_threads, client_handles
        NAME    "server"
        dq      QUOTA
        dq      server_regions, server_threads, server_handles
        NAME    "cases"
        dq      QUOTA
        dq      cases_regions, cases_threads, cases_handles
        NAME    "objects"
        dq      QUOTA
        dq      objects_regions, objects_threads, objects_handles
        NAME    "paging"
        dq      LARGE_QUOTA
        dq      paging_regions, paging_threads, paging_handles
        NAME    "smp"
        dq      QUOTA
        dq      smp_regions, smp_threads, smp_handles
        ROGUE   "rogue-write-kernel", ROGUE_WRITE_KERNEL
        ROGUE   "rogue-write-text", ROGUE_WRITE_TEXT
        ROGUE   "rogue-run-stack", ROGUE_RUN_STACK
        ROGUE   "rogue-overflow", ROGUE_OVERFLOW
        ROGUE   "rogue-divide", ROGUE_DIVIDE
        ROGUE   "rogue-undefined", ROGUE_UNDEFINED
        ROGUE   "rogue-halt", ROGUE_HALT
        ROGUE   "rogue-port", ROGUE_PORT
        NAME    "ipc"
        dq      2 * QUOTA
        dq      ipc_regions, ipc_threads, ipc_handles
plan_interrupts:
        NAME    "interrupts"
        dq      QUOTA
        dq      interrupts_regions, interrupts_threads, interrupts_handles
plan_shell:
        NAME    "shell"
        dq      QUOTA
        dq      shell_regions, shell_threads, shell_handles
plan_ninep:
        NAME    "ninep"
        dq      NINEP_QUOTA
        dq      ninep_regions, ninep_threads, ninep_handles
tasks_standard_end:

%assert tasks_standard_end - tasks_standard == PROCESS_COUNT * ProcessPlan_size, "a plan has another size"
%assert plan_interrupts - tasks_standard == PROCESS_INTERRUPTS * ProcessPlan_size, "the plans have another order"
%assert plan_ninep - tasks_standard == PROCESS_NINEP * ProcessPlan_size, "the plans have another order"
%assert plan_shell - tasks_standard == PROCESS_SHELL * ProcessPlan_size, "the plans have another order"

section .rodata
align 8

init_regions:
        dq      init_text_start, init_text_end, init_text_load_start, PAGE_CODE
        dq      init_data_start, init_data_end, init_data_load_start, PAGE_DATA
        dq      COMMAND_LINE, COMMAND_LINE + PAGE_SIZE, command_line - KERNEL_BASE, PAGE_CONST
        dq      0
init_threads:
        dq      init_main, 0, PRIORITY_NORMAL, USER_FLAGS
        dq      0
; Handles to added programs follow, up to the end in boot/tasks_end.asm.
section .rodata.init_handles
align 8
init_handles:
        HANDLE_TO END_CONSOLE, HANDLE_CONSOLE, RIGHT_SEND, 0
        HANDLE_TO END_CLIENT, HANDLE_CLIENT, RIGHT_SEND, 0
        HANDLE_TO END_CASES, HANDLE_CASES, RIGHT_SEND, 0
        HANDLE_TO END_OBJECTS, HANDLE_OBJECTS, RIGHT_SEND, 0
        HANDLE_TO END_PAGING, HANDLE_PAGING, RIGHT_SEND, 0
        HANDLE_TO END_SMP, HANDLE_SMP, RIGHT_SEND, 0
        HANDLE_TO END_IPC, HANDLE_IPC, RIGHT_SEND, 0
        HANDLE_TO END_REPORT, HANDLE_REPORT, RIGHT_RECEIVE, 0
        HANDLE_TO END_INTERRUPTS, HANDLE_INTERRUPTS, RIGHT_SEND, 0
        HANDLE_TO END_DRIVER, HANDLE_DRIVER, RIGHT_SEND, 0
        HANDLE_TO END_SHELL, HANDLE_SHELL, RIGHT_SEND, 0
        HANDLE_TO END_NINEP, HANDLE_NINEP, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_WRITE_KERNEL, HANDLE_ROGUES + ROGUE_WRITE_KERNEL, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_WRITE_TEXT, HANDLE_ROGUES + ROGUE_WRITE_TEXT, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_RUN_STACK, HANDLE_ROGUES + ROGUE_RUN_STACK, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_OVERFLOW, HANDLE_ROGUES + ROGUE_OVERFLOW, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_DIVIDE, HANDLE_ROGUES + ROGUE_DIVIDE, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_UNDEFINED, HANDLE_ROGUES + ROGUE_UNDEFINED, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_HALT, HANDLE_ROGUES + ROGUE_HALT, RIGHT_SEND, 0
        HANDLE_TO END_ROGUES + ROGUE_PORT, HANDLE_ROGUES + ROGUE_PORT, RIGHT_SEND, 0

section .rodata
console_regions:
        dq      console_text_start, console_text_end, console_text_load_start, PAGE_CODE
        dq      console_data_start, console_data_end, console_data_load_start, PAGE_DATA
        dq      0
console_threads:
        dq      console_main, 0, PRIORITY_DRIVER, PORT_FLAGS
        dq      console_write, 0, PRIORITY_DRIVER, USER_FLAGS
        dq      console_read, 0, PRIORITY_DRIVER, USER_FLAGS
        dq      0
console_handles:
        HANDLE_TO END_CONSOLE, HANDLE_CONSOLE, RIGHT_SEND | RIGHT_RECEIVE, 0
        HANDLE_TO END_DRIVER, HANDLE_CONTROL, RIGHT_RECEIVE, 0
        HANDLE_TO END_INPUT, HANDLE_INPUT, RIGHT_RECEIVE, 0
        HANDLE_TO END_STARTED, HANDLE_STARTED, RIGHT_SEND | RIGHT_RECEIVE, 0
        dq      0

client_regions:
        dq      client_text_start, client_text_end, client_text_load_start, PAGE_CODE
        dq      server_text_start, server_text_end, server_text_load_start, PAGE_CODE
        dq      0
client_threads:
        dq      client_main, 0, PRIORITY_NORMAL, USER_FLAGS
        dq      server_main, 0, PRIORITY_NORMAL, USER_FLAGS
        dq      0
client_handles:
        HANDLE_TO END_CONSOLE, HANDLE_CONSOLE, RIGHT_SEND, 0
        HANDLE_TO END_CLIENT, HANDLE_CONTROL, RIGHT_RECEIVE, 0
        HANDLE_TO END_SAME, HANDLE_SERVICE, RIGHT_RECEIVE, 0
        HANDLE_TO END_SAME, HANDLE_SAME, RIGHT_SEND, 0
        HANDLE_TO END_CROSS, HANDLE_CROSS, RIGHT_SEND, 0
        dq      0

server_regions:
        dq      server_text_start, server_text_end, server_text_load_start, PAGE_CODE
        dq      0
server_threads:
        dq      server_main, 0, PRIORITY_NORMAL, USER_FLAGS
        dq      0
server_handles:
        HANDLE_TO END_CROSS, HANDLE_SERVICE, RIGHT_RECEIVE, 0
        dq      0

cases_regions:
        dq      cases_text_start, cases_text_end, cases_text_load_start, PAGE_CODE
        dq      cases_data_start, cases_data_end, cases_data_load_start, PAGE_DATA
        dq      0
cases_threads:
        dq      cases_main, 0, PRIORITY_NORMAL, USER_FLAGS
        dq      cases_echo, 0, PRIORITY_NORMAL, USER_FLAGS
        dq      cases_late, 0, PRIORITY_LOWEST, USER_FLAGS
        dq      cases_low, 0, PRIORITY_LOW, USER_FLAGS
        dq      cases_middle, 0, PRIORITY_MIDDLE, USER_FLAGS
        dq      cases_high, 0, PRIORITY_HIGH, USER_FLAGS
        dq      cases_spin, 0, PRIORITY_MIDDLE, USER_FLAGS
        dq      cases_spin, 1, PRIORITY_MIDDLE, USER_FLAGS
        dq      0
cases_handles:
        HANDLE_TO END_CONSOLE, HANDLE_CONSOLE, RIGHT_SEND, 0
        HANDLE_TO END_CASES, HANDLE_CONTROL, RIGHT_RECEIVE, 0
        HANDLE_TO END_REPORT, HANDLE_REPORT, RIGHT_SEND, 0
        HANDLE_TO END_ECHO, HANDLE_ECHO, RIGHT_SEND, BADGE_ECHO
        HANDLE_TO END_ECHO, HANDLE_ECHO_OTHER, RIGHT_SEND, BADGE_OTHER
        HANDLE_TO END_ECHO, HANDLE_ECHO_SERVE, RIGHT_RECEIVE, 0
        HANDLE_TO END_LATE, HANDLE_LATE, RIGHT_SEND | RIGHT_RECEIVE, 0
        HANDLE_TO END_LOW, HANDLE_LOW, RIGHT_SEND | RIGHT_RECEIVE, 0
        HANDLE_TO END_MIDDLE, HANDLE_MIDDLE, RIGHT_SEND | RIGHT_RECEIVE, 0
        HANDLE_TO END_HIGH, HANDLE_HIGH, RIGHT_SEND | RIGHT_RECEIVE, 0
        HANDLE_TO END_DONE, HANDLE_DONE, RIGHT_SEND | RIGHT_RECEIVE, 0
        HANDLE_TO END_SPIN, HANDLE_SPIN, RIGHT_SEND | RIGHT_RECEIVE, 0
        dq      0

%include "boot/tasks_cases.inc"
%include "boot/tasks_servers.inc"

rogue_regions:
        dq      rogue_text_start, rogue_text_end, rogue_text_load_start, PAGE_CODE
        dq      0

%macro ROGUE_THREADS number
        dq      rogue_main, %number, PRIORITY_NORMAL, USER_FLAGS
        dq      0
%endmacro

%macro ROGUE_HANDLES number
        HANDLE_TO END_ROGUES + %number, HANDLE_CONTROL, RIGHT_RECEIVE, 0
        dq      0
%endmacro

ROGUE_THREADS_SIZE equ  ThreadPlan_size + WORD_SIZE
ROGUE_HANDLES_SIZE equ  HandlePlan_size + WORD_SIZE

rogue_threads:
        ROGUE_THREADS ROGUE_WRITE_KERNEL
        ROGUE_THREADS ROGUE_WRITE_TEXT
        ROGUE_THREADS ROGUE_RUN_STACK
        ROGUE_THREADS ROGUE_OVERFLOW
        ROGUE_THREADS ROGUE_DIVIDE
        ROGUE_THREADS ROGUE_UNDEFINED
        ROGUE_THREADS ROGUE_HALT
        ROGUE_THREADS ROGUE_PORT
rogue_handles:
        ROGUE_HANDLES ROGUE_WRITE_KERNEL
        ROGUE_HANDLES ROGUE_WRITE_TEXT
        ROGUE_HANDLES ROGUE_RUN_STACK
        ROGUE_HANDLES ROGUE_OVERFLOW
        ROGUE_HANDLES ROGUE_DIVIDE
        ROGUE_HANDLES ROGUE_UNDEFINED
        ROGUE_HANDLES ROGUE_HALT
        ROGUE_HANDLES ROGUE_PORT

section .bss
align 8
; One cell an endpoint. Plans from elsewhere name these three.
global  tasks_endpoint_console, tasks_endpoint_report, tasks_endpoint_input
tasks_endpoint_console:
        resb    END_REPORT * WORD_SIZE
tasks_endpoint_report:
        resb    (END_INPUT - END_REPORT) * WORD_SIZE
tasks_endpoint_input:
        resb    (ENDPOINTS - END_INPUT) * WORD_SIZE

%assert END_CONSOLE == 0, "the console's cell is the first"
