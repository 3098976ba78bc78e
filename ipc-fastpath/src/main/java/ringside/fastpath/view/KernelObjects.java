package ringside.fastpath.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelStates;

/**
 * All objects that something names, found from the first process on: its children, and of each process the threads, the
 * handles and the mappings.
 */
public final class KernelObjects {
    /** The kind of a process. */
    public static final int PROCESS = kind("PROCESS");
    /** The kind of a thread. */
    public static final int THREAD = kind("THREAD");
    /** The kind of an endpoint. */
    public static final int ENDPOINT = kind("ENDPOINT");
    /** The kind of a notification. */
    public static final int NOTIFICATION = kind("NOTIFICATION");
    /** The kind of a memory object. */
    public static final int MEMORY = kind("MEMORY");
    /** The kind of a mapping. */
    public static final int MAPPING = kind("MAPPING");
    /** The kind of a caller that is a handle. */
    public static final int REPLY = kind("REPLY");
    /** An interrupt line. */
    public static final int INTERRUPT = kind("INTERRUPT");
    /** The right to make interrupts. */
    public static final int MACHINE = kind("MACHINE");
    /** The kind of a thread's floating-point registers. */
    public static final int FLOAT = kind("FLOAT");
    /** How many kinds there are. */
    public static final int KINDS = kind("COUNT");

    private static final int KIND = KernelLayouts.OBJECT.offset("kind");
    private static final int STATE = KernelLayouts.PROCESS.offset("state");
    private static final int NAME = KernelLayouts.PROCESS.offset("name");
    private static final int HANDLES = KernelLayouts.PROCESS.offset("handles");
    /** Where a process's handle to its fault handler lies. */
    public static final int FAULT_HANDLER = KernelLayouts.PROCESS.offset("fault_handler");

    private static final int FIRST_CHILD = KernelLayouts.PROCESS.offset("first_child");
    private static final int CHILD_NEXT = KernelLayouts.PROCESS.offset("child_next");
    private static final int FIRST_THREAD = KernelLayouts.PROCESS.offset("first_thread");
    private static final int THREAD_NEXT = KernelLayouts.THREAD.offset("process_next");
    private static final int THREAD_FLOAT = KernelLayouts.THREAD.offset("float");
    private static final int MAPPINGS = KernelLayouts.PROCESS.offset("mappings");
    private static final int MAPPING_NEXT = KernelLayouts.MAPPING.offset("process_next");
    private static final int HANDLE_OBJECT = KernelLayouts.HANDLE.offset("object");

    private final KernelView view;
    private final List<Set<Long>> byKind = new ArrayList<>();
    private final List<Long> handles = new ArrayList<>();

    /**
     * Finds them.
     *
     * @param view of a kernel that is at no work
     */
    public KernelObjects(final KernelView view) {
        this.view = view;
        for (int i = 0; i < KINDS; i++) {
            byKind.add(new LinkedHashSet<>());
        }
        final Deque<Long> open = new ArrayDeque<>(List.of(view.variable("process_first")));
        while (!open.isEmpty()) {
            final long process = open.remove();
            if (add(process, PROCESS)) {
                open.addAll(children(process));
                threads(process).forEach(this::addThread);
                mappings(process).forEach(mapping -> add(mapping, MAPPING));
                addHandles(process, open);
            }
        }
    }

    private static int kind(final String name) {
        return KernelStates.kinds().values().get("KIND_" + name).intValue();
    }

    private void addThread(final long thread) {
        add(thread, THREAD);
        final long registers = view.word(thread + THREAD_FLOAT);
        if (registers != 0) {
            add(registers, FLOAT);
        }
    }

    private void addHandles(final long process, final Deque<Long> open) {
        final long handler = view.word(process + FAULT_HANDLER + HANDLE_OBJECT);
        if (handler != 0) {
            handles.add(process + FAULT_HANDLER);
            add(handler, kindOf(handler));
        }
        final long table = view.word(process + HANDLES);
        for (int slot = 0; table != 0 && slot < KernelAbi.HANDLE_COUNT; slot++) {
            final long handle = table + (long) slot * KernelLayouts.HANDLE.size();
            final long object = view.word(handle + HANDLE_OBJECT);
            if (object == 0) {
                continue;
            }
            handles.add(handle);
            if (kindOf(object) == PROCESS) {
                open.add(object);
            } else {
                add(object, kindOf(object));
            }
        }
    }

    private boolean add(final long object, final int kind) {
        if (kindOf(object) != kind || kind < 0 || kind >= KINDS) {
            throw new KernelView.LostException("object: " + Long.toHexString(object) + " should be of kind " + kind
                    + " and says " + kindOf(object));
        }
        return byKind.get(kind).add(object);
    }

    /**
     * {@return what an object says that it is}
     *
     * @param object its address
     */
    public int kindOf(final long object) {
        return view.half(object + KIND);
    }

    /**
     * {@return all of a kind}
     *
     * @param kind which
     */
    public Set<Long> of(final int kind) {
        return byKind.get(kind);
    }

    /** {@return the processes that live} */
    public List<Long> living() {
        return of(PROCESS).stream().filter(this::lives).toList();
    }

    /** {@return all handles: the slots that are not empty} */
    public List<Long> handles() {
        return handles;
    }

    /**
     * {@return the handles to an object, in the order of their list}
     *
     * @param object which
     */
    public List<Long> to(final long object) {
        return view.list("handles to 0x" + Long.toHexString(object),
                view.word(object + KernelLayouts.OBJECT.offset("first_handle")),
                handle -> view.word(handle + KernelLayouts.HANDLE.offset("next")));
    }

    /**
     * {@return whether a process is not dead}
     *
     * @param process which
     */
    public boolean lives(final long process) {
        return view.word(process + STATE) != KernelStates.STATE_DEAD;
    }

    /**
     * {@return the processes that a process paid for}
     *
     * @param process which
     */
    public List<Long> children(final long process) {
        return view.list("children of " + name(process), view.word(process + FIRST_CHILD),
                child -> view.word(child + CHILD_NEXT));
    }

    /**
     * {@return the threads of a process}
     *
     * @param process which
     */
    public List<Long> threads(final long process) {
        return view.list("threads of " + name(process), view.word(process + FIRST_THREAD),
                thread -> view.word(thread + THREAD_NEXT));
    }

    /**
     * {@return the mappings of a process}
     *
     * @param process which
     */
    public List<Long> mappings(final long process) {
        return view.list("mappings of " + name(process), view.word(process + MAPPINGS),
                mapping -> view.word(mapping + MAPPING_NEXT));
    }

    /**
     * {@return what a process is called}
     *
     * @param process which
     */
    public String name(final long process) {
        return "process '" + label(process) + "' at 0x" + Long.toHexString(process);
    }

    /**
     * {@return the name that a process was given}
     *
     * @param process which
     */
    public String label(final long process) {
        final StringBuilder name = new StringBuilder();
        for (int i = 0; i < KernelAbi.TEXT_BLOCK && (view.half(process + NAME + i) & 0xff) != 0; i++) {
            name.append((char) (view.half(process + NAME + i) & 0x7f));
        }
        return name.toString();
    }

    /**
     * {@return whose a handle is and where}
     *
     * @param handle its slot's address
     */
    public String handleName(final long handle) {
        final long process = view.word(handle + KernelLayouts.HANDLE.offset("process"));
        if (process == 0 || !of(PROCESS).contains(process)) {
            return "slot at 0x" + Long.toHexString(handle);
        }
        return "handle " + (handle - view.word(process + HANDLES)) / KernelLayouts.HANDLE.size() + " of "
                + name(process);
    }

    /** {@return how many there are, by kind} */
    public long[] counts() {
        final long[] counts = new long[KINDS];
        Arrays.setAll(counts, kind -> of(kind).size());
        return counts;
    }
}
