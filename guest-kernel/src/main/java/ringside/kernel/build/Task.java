package ringside.kernel.build;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ringside.kernel.abi.FirstTasks;
import ringside.kernel.abi.KernelAbi;

/**
 * A process that is there when the kernel hands over: its programs, threads and handles.
 *
 * <pre>{@code
 *   Task.of("probe", program)
 *           .withThread("probe_main", 0, 4)
 *           .withEndpoint(Task.CONSOLE, FirstTasks.HANDLE_CONSOLE, KernelAbi.RIGHT_SEND, 0)
 *           .withEndpoint("work", 2, KernelAbi.RIGHT_SEND | KernelAbi.RIGHT_RECEIVE, 0)
 *           .withSelf(3)
 * }</pre>
 *
 * <p>Every endpoint has a name, and all tasks that use the name have handles to the one endpoint. A thread starts on a
 * stack of one page with {@code rdi} as its argument.
 *
 * @param name     what the kernel calls the process, less than {@link KernelAbi#TEXT_BLOCK} bytes of ASCII
 * @param kernelMode whether its threads run at level 0
 * @param quota    bytes of kernel memory; the first process of all has all memory instead
 * @param programs what it has in its memory, the same at the same addresses as in other processes
 * @param threads  in the order in which they become ready
 * @param handles  which slots are filled
 * @param named    whether init lets it run when the command line names it, and ends it otherwise
 */
public record Task(String name, boolean kernelMode, long quota, List<UserProgram> programs, List<TaskThread> threads,
        List<TaskHandle> handles, boolean named) {
    /** The endpoint at which the console server receives. */
    public static final String CONSOLE = "console";
    /** The endpoint at which init hears how programs ended, among the standard tasks. */
    static final String REPORT = "report";
    /** The endpoint at which the console server hears who wants a line, among the standard tasks. */
    static final String INPUT = "input";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,15}");
    /** As the standard programs have it. */
    private static final int PRIORITY = 128;
    /** Enough for the handles, tables, and a few objects of one's own. */
    public static final long QUOTA = 0x4_0000;

    /** Copies the lists and refuses a name that does not fit. */
    public Task {
        if (name.isEmpty() || name.length() >= KernelAbi.TEXT_BLOCK
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("a process's name is a short text of ASCII: name=" + name);
        }
        programs = List.copyOf(programs);
        threads = List.copyOf(threads);
        handles = List.copyOf(handles);
    }

    /**
     * A thread of the process.
     *
     * @param entry    the symbol where it starts
     * @param argument what it finds in {@code rdi}
     * @param priority below {@link KernelAbi#PRIORITY_COUNT}
     * @param ports    whether it may do port I/O
     */
    public record TaskThread(String entry, long argument, int priority, boolean ports) {
        /** Refuses a thread without a level. */
        public TaskThread {
            Objects.requireNonNull(entry, "entry");
            if (priority < 0 || priority >= KernelAbi.PRIORITY_COUNT) {
                throw new IllegalArgumentException("no such priority: priority=" + priority);
            }
        }
    }

    /**
     * A handle of the process.
     *
     * @param endpoint the endpoint's name, or {@code null} for a handle to the process itself
     * @param slot     0 up to {@link KernelAbi#HANDLE_COUNT}, exclusive
     * @param rights   bits of {@link KernelAbi}
     * @param badge    what receivers see, or 0
     */
    public record TaskHandle(String endpoint, int slot, int rights, long badge) {
        /** Refuses a slot that does not exist. */
        public TaskHandle {
            if (slot < 0 || slot >= KernelAbi.HANDLE_COUNT) {
                throw new IllegalArgumentException("no such slot: slot=" + slot);
            }
        }
    }

    /**
     * A process without threads and handles.
     *
     * @param name     the process's
     * @param programs in its memory
     * @return the task
     */
    public static Task of(final String name, final UserProgram... programs) {
        return new Task(name, false, QUOTA, List.of(programs), List.of(), List.of(), false);
    }

    /** {@return the console server, which prints what is sent to {@link #CONSOLE}} */
    public static Task console() {
        return new Task(CONSOLE, false, QUOTA, List.of(UserProgram.assembled(CONSOLE)),
                List.of(new TaskThread("console_polled", 0, KernelAbi.PRIORITY_COUNT - 1, true)),
                List.of(new TaskHandle(CONSOLE, FirstTasks.HANDLE_CONSOLE, KernelAbi.RIGHT_RECEIVE, 0)), false);
    }

    /**
     * A process beside the standard ones that init lets run when the command line says the program's name. It begins
     * at {@code NAME_main}, waits at {@code HANDLE_CONTROL}, reports to {@code HANDLE_REPORT}, and may write and read
     * lines.
     *
     * @param program its program
     * @return the task
     * @throws IllegalArgumentException if the name is not one, or somebody else's
     */
    public static Task program(final UserProgram program) {
        final String name = program.name();
        requireName(name);
        return new Task(name, false, QUOTA, List.of(program), List.of(), List.of(), true)
                .withThread(name + "_main", 0, PRIORITY)
                .withEndpoint(CONSOLE, FirstTasks.HANDLE_CONSOLE, KernelAbi.RIGHT_SEND, 0)
                .withEndpoint(control(name), FirstTasks.HANDLE_CONTROL, KernelAbi.RIGHT_RECEIVE, 0)
                .withEndpoint(REPORT, FirstTasks.HANDLE_REPORT, KernelAbi.RIGHT_SEND, 0)
                .withEndpoint(INPUT, FirstTasks.HANDLE_INPUT, KernelAbi.RIGHT_SEND, 0);
    }

    /**
     * Refuses what cannot be the name of a program besides the standard ones.
     *
     * @param name it
     * @throws IllegalArgumentException if it is no name, or somebody else's
     */
    public static void requireName(final String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a program's name is lower case letters, digits and _, a letter first, "
                    + "at most 16: name=" + name);
        }
        if (name.equals("demo") || KernelSources.programs().contains(name)) {
            throw new IllegalArgumentException("there is a program of that name: name=" + name);
        }
    }

    /** {@return the endpoint at which a named program waits} */
    static String control(final String name) {
        return name + "_control";
    }

    /** {@return this with threads that run at level 0, in an address space that no code of level 3 can use} */
    public Task inKernelMode() {
        return new Task(name, true, quota, programs, threads, handles, named);
    }

    /**
     * {@return this with another quota}
     *
     * @param bytes of kernel memory
     */
    public Task withQuota(final long bytes) {
        return new Task(name, kernelMode, bytes, programs, threads, handles, named);
    }

    /**
     * {@return this with one thread more}
     *
     * @param entry    the symbol where it starts
     * @param argument what it finds in {@code rdi}
     * @param priority its level
     */
    public Task withThread(final String entry, final long argument, final int priority) {
        return new Task(name, kernelMode, quota, programs,
                plus(threads, new TaskThread(entry, argument, priority, false)), handles, named);
    }

    /**
     * {@return this with one handle more, to an endpoint}
     *
     * @param endpoint its name
     * @param slot     where
     * @param rights   {@link KernelAbi#RIGHT_SEND}, {@link KernelAbi#RIGHT_RECEIVE}, both or none
     * @param badge    what receivers see, or 0
     */
    public Task withEndpoint(final String endpoint, final int slot, final int rights, final long badge) {
        return new Task(name, kernelMode, quota, programs, threads,
                plus(handles, new TaskHandle(Objects.requireNonNull(endpoint, "endpoint"), slot, rights, badge)),
                named);
    }

    /**
     * {@return this with a handle to the process itself, which may manage it}
     *
     * @param slot where
     */
    public Task withSelf(final int slot) {
        return new Task(name, kernelMode, quota, programs, threads,
                plus(handles, new TaskHandle(null, slot, KernelAbi.RIGHT_PROCESS, 0)), named);
    }

    private static <T> List<T> plus(final List<T> list, final T one) {
        return Stream.concat(list.stream(), Stream.of(one)).toList();
    }
}
