%include "stand/stand.inc"
        section .text
        global  workload_cpu
workload_cpu:
        ud2
