package ringside.kernel.abi;

import ringside.toolchain.layout.Constants;

/**
 * The processes that Bantam starts: their handle slots, and what their threads are told in {@code rdi}.
 *
 * <p>Every process has {@link #HANDLE_CONSOLE} and {@link #HANDLE_CONTROL}, and init gives {@code HANDLE_NAMES} to all
 * that run; the other slots mean something else in each program.
 */
public final class FirstTasks {
    /** To the console server; in the server itself, from everybody. */
    public static final int HANDLE_CONSOLE = 0;
    /** Where a program waits to be told to start. */
    public static final int HANDLE_CONTROL = 1;
    /** Programs that misbehave, each a process of its own. */
    public static final int ROGUE_COUNT = 8;

    /** Where a program reports to init. */
    public static final int HANDLE_REPORT = 12;
    /** Where a program reads lines. */
    public static final int HANDLE_INPUT = 44;
    /** Where init lets programs begin that were added to the image, one slot after the other. */
    public static final int HANDLE_ADDED = 57;
    /** The processes that every image begins with, init among them. */
    public static final int PROCESS_COUNT = 20 + ROGUE_COUNT;

    /** Where the first process finds the right to use the machine. */
    public static final int HANDLE_MACHINE = 24;
    /** Room for the command line in init's memory, with its zero byte. */
    public static final int COMMAND_LINE_ROOM = 256;

    /** Where init reads it. */
    public static final long COMMAND_LINE = 0x3000_0000L;

    private FirstTasks() {
    }

    /** {@return the handle slots of all programs} */
    public static Constants handles() {
        return Constants.group("Handles of the first tasks")
                .decimal("HANDLE_CONSOLE", HANDLE_CONSOLE, "all: send; console: receive")
                .decimal("HANDLE_CONTROL", HANDLE_CONTROL, "all but init: receive")
                .decimal("HANDLE_SERVICE", 2, "server: receive")
                .decimal("HANDLE_SAME", 3, "client: send, to the server in its own process")
                .decimal("HANDLE_CROSS", 4, "client: send, to the server in another process")
                .decimal("HANDLE_CLIENT", 2, "init: send")
                .decimal("HANDLE_CASES", 3, "init: send")
                .decimal("HANDLE_ROGUES", 4, "init: send, ROGUE_COUNT slots")
                .decimal("ROGUE_COUNT", ROGUE_COUNT, "")
                .decimal("HANDLE_REPORT", HANDLE_REPORT, "cases, objects, paging, smp, ipc, float: send; init: receive")
                .decimal("HANDLE_OBJECTS", 13, "init: send")
                .decimal("HANDLE_PAGING", 14, "init: send")
                .decimal("HANDLE_SMP", 15, "init: send")
                .decimal("HANDLE_IPC", 16, "init: send")
                .decimal("HANDLE_FLOAT", 17, "init: send")
                .decimal("HANDLE_MACHINE", HANDLE_MACHINE, "the first process, interrupts: make interrupts")
                .decimal("HANDLE_INTERRUPTS", 41, "init: send")
                .decimal("HANDLE_SHELL", 42, "init: send")
                .decimal("HANDLE_NINEP", 43, "init: send")
                .decimal("HANDLE_INPUT", HANDLE_INPUT, "console: receive; programs that read lines: send")
                .decimal("HANDLE_LINE", 45, "drivers: the interrupt of their device")
                .decimal("HANDLE_STARTED", 47, "console: send and receive, among its threads")
                .decimal("HANDLE_DRIVER", 46, "init: send, to the console's HANDLE_CONTROL")
                .decimal("HANDLE_NAMES", 48, "the name server: receive; all others: send, with their badge")
                .decimal("HANDLE_TIMER", 49, "init: call, to the timer server's HANDLE_CONTROL")
                .decimal("HANDLE_SERVERS", 51, "init: send")
                .decimal("HANDLE_NAMES_OTHER", 53, "servers: send, BADGE_OTHER")
                .decimal("HANDLE_RINGS", 50, "init: send")
                .decimal("HANDLE_RING_PEER", 52, "rings: send; its peer: receive")
                .decimal("HANDLE_MODES", 54, "init: send")
                .decimal("HANDLE_LEVEL_0", 55, "modes: send, to the server in kernel mode")
                .decimal("HANDLE_LEVEL_0_PROCESS", 56, "modes: manage that server's process")
                .decimal("HANDLE_ADDED", HANDLE_ADDED, "init: send, a slot for each program that was added")
                .decimal("HANDLE_PROCESSES", 64, "init: manage each process; the slot of the first one is empty")
                .decimal("HANDLE_EMPTY", 2, "cases: nothing")
                .decimal("HANDLE_ECHO", 3, "cases: send, BADGE_ECHO")
                .decimal("HANDLE_ECHO_OTHER", 4, "cases: send, BADGE_OTHER, the same endpoint")
                .decimal("HANDLE_ECHO_SERVE", 5, "cases: receive, the same endpoint")
                .decimal("HANDLE_LATE", 6, "cases: send and receive, a server that is not waiting yet")
                .decimal("HANDLE_LOW", 7, "cases: send and receive, a server of low priority")
                .decimal("HANDLE_MIDDLE", 8, "cases: send and receive, a thread of middle priority")
                .decimal("HANDLE_HIGH", 9, "cases: send and receive, a server of high priority")
                .decimal("HANDLE_DONE", 10, "cases: send and receive, where helpers report")
                .decimal("HANDLE_SPIN", 11, "cases: send and receive, the threads that never wait")
                .hex("BADGE_ECHO", 0xe0, "")
                .hex("BADGE_OTHER", 0xe1_0000_0001L, "more than 32 bits")
                .build();
    }

    /** {@return the places of processes among the first tasks, as far as init knows them} */
    public static Constants processes() {
        return Constants.group("Processes of the first tasks")
                .decimal("PROCESS_CONSOLE", 1, "")
                .decimal("PROCESS_DEMO", 2, "the first one of the demonstration")
                .decimal("PROCESS_MODES", 10 + ROGUE_COUNT, "")
                .decimal("PROCESS_LEVEL_0", 11 + ROGUE_COUNT, "in kernel mode")
                .decimal("PROCESS_INTERRUPTS", 12 + ROGUE_COUNT, "the last one of the demonstration")
                .decimal("PROCESS_SHELL", 13 + ROGUE_COUNT, "")
                .decimal("PROCESS_NINEP", 14 + ROGUE_COUNT, "")
                .decimal("PROCESS_RINGS", 15 + ROGUE_COUNT, "of the demonstration too")
                .decimal("PROCESS_RING_PEER", 16 + ROGUE_COUNT, "of the demonstration too")
                .decimal("PROCESS_SERVERS", 17 + ROGUE_COUNT, "of the demonstration too")
                .decimal("PROCESS_NAMES", 18 + ROGUE_COUNT, "always there")
                .decimal("PROCESS_TIMER", 19 + ROGUE_COUNT, "always there")
                .decimal("PROCESS_COUNT", PROCESS_COUNT, "with init")
                .decimal("COMMAND_LINE_ROOM", COMMAND_LINE_ROOM, "bytes in init's memory, the last one zero")
                .hex("COMMAND_LINE", COMMAND_LINE, "where init reads it")
                .build();
    }

    /** {@return what a thread's argument chooses} */
    public static Constants roles() {
        return Constants.group("What misbehaving programs do")
                .decimal("ROGUE_WRITE_KERNEL", 0, "writes to a kernel address")
                .decimal("ROGUE_WRITE_TEXT", 1, "writes to its own code")
                .decimal("ROGUE_RUN_STACK", 2, "executes its stack")
                .decimal("ROGUE_OVERFLOW", 3, "runs off its stack")
                .decimal("ROGUE_DIVIDE", 4, "divides by zero")
                .decimal("ROGUE_UNDEFINED", 5, "executes no instruction")
                .decimal("ROGUE_HALT", 6, "halts the CPU")
                .decimal("ROGUE_PORT", 7, "writes to a port")
                .build();
    }

    /** {@return the numbers in the arguments of the probe {@code bench_begin}} */
    public static Constants experiments() {
        return Constants.group("Experiments of the bench program")
                .decimal("EXPERIMENT_NULL", 0, "null system calls")
                .decimal("EXPERIMENT_CALL", 1, "call, reply and receive")
                .decimal("EXPERIMENT_SIGNAL", 2, "signals that nobody waits for")
                .decimal("EXPERIMENT_WAKE", 3, "signals that a thread of the same priority waits for")
                .decimal("SPACE_SAME", 0, "client and server in one process")
                .decimal("SPACE_CROSS", 1, "client and server in two processes")
                .build();
    }
}
