package ringside.kernel.abi;

import ringside.toolchain.layout.Constants;

/** Numbers that the kernel's own files share and no user program sees. */
public final class KernelStates {
    /** Runs, or waits in a ready queue. */
    public static final int STATE_RUNNABLE = 0;
    /** Waits in an endpoint's queue to send. */
    public static final int STATE_SENDING = 1;
    /** Waits in an endpoint's queue to call. */
    public static final int STATE_CALLING = 2;
    /** Its message was taken; waits for the answer. */
    public static final int STATE_AWAITING_REPLY = 3;
    /** Waits on an endpoint's stack to receive. */
    public static final int STATE_RECEIVING = 4;
    /** Waits for a tick. */
    public static final int STATE_SLEEPING = 5;
    /** Runs no more. */
    public static final int STATE_DEAD = 6;
    /** Waits for a notification. */
    public static final int STATE_WAITING = 7;
    /** Waits for a word of memory. */
    public static final int STATE_FUTEX = 8;
    /** Left the CPU by a system call; goes on by SYSRET. */
    public static final int TRAP_NONE = 0;
    /** Was interrupted, or an answer let it go on behind a fault; goes on by IRET. */
    public static final int TRAP_RETURN = 1;
    /** Stopped by a fault: until an answer says otherwise it will not go on. */
    public static final int TRAP_FAULT = 2;
    /** Runs at level 3. */
    public static final int MODE_USER = 0;
    /** Runs at level 0, in an address space of its own that no code at level 3 has. */
    public static final int MODE_KERNEL = 1;
    /** The most callers, of callers, that are looked at before a fault is sent. */
    public static final int FAULT_CALLERS = 64;
    /** Beside a waiting state: accepts {@link KernelAbi#WORDS_LONG} words. */
    public static final int STATE_LONG = 0x100;
    /** Beside a waiting state: waits for a tick, too. */
    public static final int STATE_TIMED = KernelAbi.TAG_CUT;
    /** Beside a waiting state: has room for bytes in memory. */
    public static final int STATE_ROOM = KernelAbi.TAG_ROOM;
    /** Beside a waiting state: takes a handle, into the slot in the byte at {@link KernelAbi#TAG_SLOT_SHIFT}. */
    public static final int STATE_SLOT = KernelAbi.TAG_SLOT;

    /**
     * {@code Thread_fast_from} of a thread that the fast paths must not leave; otherwise it is the CPU's index. They
     * switch directly only where it is the other thread's {@code Thread_fast_to}.
     */
    public static final int FAST_NEVER_FROM = -1;
    /** {@code Thread_fast_to} of a thread that the fast paths must not switch to; otherwise it is the CPU's index. */
    public static final int FAST_NEVER_TO = -2;
    /** {@code Cpu_highest} while no thread is ready. */
    public static final int PRIORITY_NONE = -1;

    /** Blocks of 2 to the power of 0 up to this, exclusive, pages. */
    public static final int FRAME_ORDERS = 11;
    /** Order of the block that is a large page. */
    public static final int LARGE_PAGE_ORDER = shift(KernelAbi.LARGE_PAGES);
    /** Order of the block that holds a process's handles. */
    public static final int HANDLE_TABLE_ORDER = shift(KernelAbi.HANDLE_COUNT * KernelLayouts.HANDLE.size() / 4096);
    /** No RAM, or not ours. */
    public static final int FRAME_ABSENT = 0;
    /** In the place of a Float: the registers are those of a thread that has ended. */
    public static final int FLOAT_NOBODY = 1;

    /** Part of a block, but not its first frame. */
    public static final int FRAME_INNER = 1;
    /** First of a free block. */
    public static final int FRAME_FREE = 2;
    /** The length of SYSCALL. */
    public static final int SYSCALL_BYTES = 2;
    /** First of a block that is in use. */
    public static final int FRAME_USED = 3;
    /** Was loaded with the kernel, and stays. */
    public static final int FRAME_IMAGE = 4;

    private KernelStates() {
    }

    /** {@return the states of a thread} */
    public static Constants states() {
        return Constants.group("States of a thread")
                .decimal("STATE_RUNNABLE", STATE_RUNNABLE, "runs or is in a ready queue")
                .decimal("STATE_SENDING", STATE_SENDING, "queued on an endpoint")
                .decimal("STATE_CALLING", STATE_CALLING, "queued on an endpoint, wants an answer")
                .decimal("STATE_AWAITING_REPLY", STATE_AWAITING_REPLY, "is Thread_waits_on's caller")
                .decimal("STATE_RECEIVING", STATE_RECEIVING, "stacked on an endpoint")
                .decimal("STATE_SLEEPING", STATE_SLEEPING, "until Thread_wake_tick")
                .decimal("STATE_DEAD", STATE_DEAD, "also of a process")
                .decimal("STATE_WAITING", STATE_WAITING, "queued on a notification")
                .decimal("STATE_FUTEX", STATE_FUTEX, "queued on a memory object, for the word at Thread_badge")
                .hex("STATE_LONG", STATE_LONG, "flag: accepts WORDS_LONG words")
                .decimal("TRAP_NONE", TRAP_NONE, "in Thread_trapped: goes on by SYSRET")
                .decimal("TRAP_RETURN", TRAP_RETURN, "goes on by IRET")
                .decimal("TRAP_FAULT", TRAP_FAULT, "stopped by a fault that nobody has answered")
                .decimal("SYSCALL_BYTES", SYSCALL_BYTES, "the length of SYSCALL")
                .decimal("MODE_USER", MODE_USER, "in Thread_mode, Process_mode and ProcessPlan_mode: level 3")
                .decimal("MODE_KERNEL", MODE_KERNEL, "level 0: goes on by IRET, whatever it left by")
                .decimal("FAULT_CALLERS", FAULT_CALLERS, "looked at before a fault is sent")
                .hex("STATE_TIMED", STATE_TIMED, "flag: is among the sleepers")
                .hex("STATE_ROOM", STATE_ROOM, "flag: has room for bytes")
                .hex("STATE_SLOT", STATE_SLOT, "flag: takes a handle, into the slot at TAG_SLOT_SHIFT")
                .hex("STATE_FLAGS", STATE_LONG | STATE_ROOM | STATE_SLOT | 0xff << KernelAbi.TAG_SLOT_SHIFT,
                        "what a waiting state takes over from a tag")
                .hex("TAGS_UNKNOWN", KernelAbi.TAG_CUT | KernelAbi.TAG_SIGNALS, "no bits of a tag that is sent")
                .hex("STATE_MASK", STATE_LONG - 1, "the state without the flag")
                .build();
    }

    /** {@return what the fast paths and the scheduler ask for} */
    public static Constants scheduling() {
        return Constants.group("Who may run next")
                .decimal("FAST_NEVER_FROM", FAST_NEVER_FROM, "Thread_fast_from: leave by the general path only")
                .decimal("FAST_NEVER_TO", FAST_NEVER_TO, "Thread_fast_to: reach by the general path only")
                .decimal("PRIORITY_NONE", PRIORITY_NONE, "Cpu_highest: no thread is ready")
                .decimal("FLOAT_NOBODY", FLOAT_NOBODY, "Cpu_float: registers of a thread that has ended")
                .decimal("READY_SHIFT", shift(Long.SIZE), "log2 of the priorities in a word of Cpu_ready")
                .build();
    }

    /** {@return what an object can be; each kind has a cache of its own} */
    public static Constants kinds() {
        return Constants.group("Kinds of objects")
                .decimal("KIND_PROCESS", 0, "")
                .decimal("KIND_THREAD", 1, "")
                .decimal("KIND_ENDPOINT", 2, "")
                .decimal("KIND_NOTIFICATION", 3, "")
                .decimal("KIND_MEMORY", 4, "")
                .decimal("KIND_MAPPING", 5, "has no handle")
                .decimal("KIND_REPLY", 6, "")
                .decimal("KIND_INTERRUPT", 7, "")
                .decimal("KIND_MACHINE", 8, "the right to make interrupts")
                .decimal("KIND_FLOAT", 9, "has no handle")
                .decimal("KIND_COUNT", 10, "")
                .decimal("SPACE_COUNT", 4096, "process-context identifiers, 0 that of all without one of their own")
                .decimal("OBJECT_CACHE_SHIFT", shift(KernelLayouts.OBJECT_CACHE.size()), "log2 of ObjectCache_size")
                .decimal("HANDLE_TABLE_ORDER", HANDLE_TABLE_ORDER, "of the block with a process's handles")
                .hex("HANDLE_TABLE_SIZE", KernelAbi.HANDLE_COUNT * KernelLayouts.HANDLE.size(), "bytes")
                .build();
    }

    /** {@return what a page frame can be} */
    public static Constants frames() {
        return Constants.group("Page frames")
                .decimal("FRAME_ORDERS", FRAME_ORDERS, "orders of blocks, from 0 on")
                .decimal("LARGE_PAGE_ORDER", LARGE_PAGE_ORDER, "of a block that is a large page")
                .decimal("FRAME_ABSENT", FRAME_ABSENT, "no RAM, or not ours")
                .decimal("FRAME_INNER", FRAME_INNER, "in a block, but not its first")
                .decimal("FRAME_FREE", FRAME_FREE, "first of a free block")
                .decimal("FRAME_USED", FRAME_USED, "first of a block that is in use")
                .decimal("FRAME_IMAGE", FRAME_IMAGE, "was loaded with the kernel")
                .decimal("FRAME_SHIFT", shift(KernelLayouts.FRAME.size()), "log2 of Frame_size")
                .decimal("MEMORY_RANGE_LIMIT", 128, "entries of a loader's memory map")
                .decimal("LOADER_PVH", 0, "who loaded the kernel")
                .decimal("LOADER_MULTIBOOT2", 1, "who loaded the kernel")
                .build();
    }

    /** {@return sizes of the kernel's tables and stacks, and shifts that stand for sizes of records} */
    public static Constants sizes() {
        return Constants.group("Tables and stacks")
                .decimal("HANDLE_SHIFT", shift(KernelLayouts.HANDLE.size()), "log2 of Handle_size")
                .decimal("LEVEL_SHIFT", shift(KernelLayouts.LEVEL.size()), "log2 of Level_size")
                .decimal("GATE_SHIFT", shift(KernelLayouts.GATE.size()), "log2 of Gate_size")
                .decimal("CACHE_LINE", KernelLayouts.CACHE_LINE, "bytes")
                .hex("KERNEL_STACK_SIZE", 0x2000, "bytes; as much below is not mapped")
                .decimal("CPU_STACK_SHIFT", 14, "log2 of a CPU's kernel stack and what is below it")
                .decimal("MORE_STACKS_SHIFT", 14, "log2 of a CPU's stacks of IST_STACKS pages")
                .decimal("TASK_STATE_SHIFT", 7, "log2 of the distance of the CPUs' TaskStates")
                .hex("TRAP_STUB_SIZE", 16, "bytes of a vector's stub")
                .decimal("BACKTRACE_LIMIT", 16, "return addresses that a panic shows")
                .decimal("KERNEL_LOCK_BIT", 0, "set while a CPU has the kernel's lock")
                .decimal("LOCK_PATIENCE", 1000, "looks at the lock before it is asked for")
                .decimal("AP_START_WAIT", 200_000, "LAPIC timer counts from one start-up message to the next")
                .decimal("AP_INIT_WAIT", 20_000, "LAPIC timer counts behind INIT")
                .decimal("AP_REPORT_WAIT", 100_000_000, "LAPIC timer counts until a CPU is given up")
                .decimal("EXIT_GOOD", 0, "debug exit: the guest is content")
                .decimal("EXIT_PANIC", 1, "debug exit: the kernel gave up")
                .build();
    }

    private static int shift(final int size) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalStateException("a record that is indexed has a power of two as its size: size=" + size);
        }
        return Integer.numberOfTrailingZeros(size);
    }
}
