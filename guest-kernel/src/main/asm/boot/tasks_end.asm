; The end of the plans of first tasks: this unit comes behind all that have some.

section .rodata.tasks
align 8
global  tasks_plans_end
tasks_plans_end:

; And of init's handles.
section .rodata.init_handles
align 8
        dq      0
