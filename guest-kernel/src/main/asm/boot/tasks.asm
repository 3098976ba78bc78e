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
END_FLOAT       equ     22
END_RINGS       equ     23
END_RING_PEER   equ     24
END_NAMES       equ     25
END_TIMER       equ     26
END_SERVERS     equ     27
END_ROGUES      equ     28

END_IPC         equ     END_ROGUES + ROGUE_COUNT
END_MODES       equ     END_IPC + 1
END_LEVEL_0     equ     END_MODES + 1
ENDPOINTS       equ     END_LEVEL_0 + 1

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
        dq      MODE_USER
%endmacro

; Of a process whose threads run at level 0.
%macro NAME_IN_KERNEL text
%%name:
        db      %text
        fill    TEXT_BLOCK - ($ - %%name), 0
        dq      MODE_KERNEL
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
        NAME    "float"
        dq      2 * QUOTA
        dq      float_regions, float_threads, float_handles
plan_modes:
        NAME    "modes"
        dq      QUOTA
        dq      modes_regions, modes_threads, modes_handles
        NAME_IN_KERNEL "level-0"
        dq      QUOTA
        dq      level_0_regions, level_0_threads, level_0_handles
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
plan_rings:
        NAME    "rings"
        dq      QUOTA
        dq      rings_regions, rings_threads, rings_handles
        NAME    "ring-peer"
        dq      QUOTA
        dq      ring_peer_regions, ring_peer_threads, ring_peer_handles
        NAME    "servers"
        dq      QUOTA
        dq      servers_regions, servers_threads, servers_handles
        NAME    "names"
        dq      QUOTA
        dq      names_regions, names_threads, names_handles
plan_timer:
        NAME    "timer"
        dq      QUOTA
        dq      timer_regions, timer_threads, timer_handles
tasks_standard_end:

%assert tasks_standard_end - tasks_standard == PROCESS_COUNT * ProcessPlan_size, "a plan has another size"
%assert plan_modes - tasks_standard == PROCESS_MODES * ProcessPlan_size, "the plans have another order"
%assert plan_interrupts - tasks_standard == PROCESS_INTERRUPTS * ProcessPlan_size, "the plans have another order"
%assert plan_ninep - tasks_standard == PROCESS_NINEP * ProcessPlan_size, "the plans have another order"
%assert plan_shell - tasks_standard == PROCESS_SHELL * ProcessPlan_size, "the plans have another order"
%assert plan_timer - tasks_standard == PROCESS_TIMER * ProcessPlan_size, "the plans have another order"
%assert plan_rings - tasks_standard == PROCESS_RINGS * ProcessPlan_size, "the plans have another order"

section .rodata
align 8

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

%include "boot/tasks_init.inc"
%include "boot/tasks_cases.inc"
%include "boot/tasks_servers.inc"
%include "boot/tasks_modes.inc"
%include "boot/tasks_rogues.inc"

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
