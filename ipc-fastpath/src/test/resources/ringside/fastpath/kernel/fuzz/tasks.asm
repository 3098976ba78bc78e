; The first tasks of the fuzzer: the supervisor alone, with all lists in its space.

%include "abi/machine.inc"
%include "abi/kernel.inc"
%include "abi/layout.inc"
%include "abi/calls.inc"

PAGE_CODE       equ     PTE_PRESENT | PTE_USER
PAGE_DATA       equ     PTE_PRESENT | PTE_USER | PTE_WRITE | (1 << PTE_NO_EXECUTE_BIT)
USER_FLAGS      equ     RFLAGS_ALWAYS | RFLAGS_INTERRUPT

section .rodata.tasks
align 8
global  tasks_plans
tasks_plans:
.name:
        db      "supervisor"
        fill    TEXT_BLOCK - ($ - .name), 0
        dq      MODE_USER
        dq      DIRECT_LIMIT
        dq      supervisor_regions, supervisor_threads, supervisor_handles

section .rodata
align 8
supervisor_regions:
        dq      init_text_start, init_text_end, init_text_load_start, PAGE_CODE
        dq      init_data_start, init_data_end, init_data_load_start, PAGE_DATA
        dq      client_text_start, client_text_end, client_text_load_start, PAGE_CODE
        dq      server_text_start, server_text_end, server_text_load_start, PAGE_CODE
        dq      cases_text_start, cases_text_end, cases_text_load_start, PAGE_CODE
        dq      rogue_text_start, rogue_text_end, rogue_text_load_start, PAGE_CODE
        dq      objects_text_start, objects_text_end, objects_text_load_start, PAGE_CODE
        dq      0
supervisor_threads:
        dq      init_main, 0, PRIORITY_COUNT - 1, USER_FLAGS
        dq      0
supervisor_handles:
        dq      0
