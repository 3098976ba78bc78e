package ringside.fastpath.kernel.fuzz;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelMemory;

/**
 * What registers hold, by what they mean: mostly what leads deep into the kernel, now and then what leads nowhere.
 *
 * <p>A meaning that is not in the table gets any number. New calls want a line in {@link #HANDLES} and
 * {@link #SLOTS}, and their meanings one in {@link #MAKERS}.
 */
final class Arguments {
    private static final int[] ENDPOINTS = {3, 3, 3, 4, 4, 8, 9};
    private static final int[] NOTIFICATIONS = {5, 5, 10, 11};
    private static final int[] MEMORIES = {2, 2, 12, 12, 13, 0, 1};
    private static final int[] PROCESSES = {-1, -1, -1, 6, 7, 14, 15};
    private static final int[] HANDLERS = {3, 3, 4, 8, (int) KernelAbi.HANDLE_NONE};
    static final int[] REPLIES = {19, 20};
    static final int[] INTERRUPTS = {22, 23};
    private static final int[] LINES = {1, 1, 1, 3, 9, KernelAbi.LINE_COUNT - 1, KernelAbi.LINE_COUNT};
    private static final int[] THREADS = {16, 17, 18, 16, 17, 18, 16, 17, 18, 14, 15, 14, 15, -1, 6};
    /** Which slots a call's handle comes from, by what its name begins with; the longest counts. */
    private static final Map<String, int[]> HANDLES = Map.ofEntries(
            Map.entry("SYS_CALL", ENDPOINTS), Map.entry("SYS_SEND", ENDPOINTS), Map.entry("SYS_RECV", ENDPOINTS),
            Map.entry("SYS_REPLY", REPLIES), Map.entry("SYS_REPLY_RECV", ENDPOINTS),
            Map.entry("SYS_NOTIFICATION", NOTIFICATIONS), Map.entry("SYS_SIGNAL", NOTIFICATIONS),
            Map.entry("SYS_WAIT", NOTIFICATIONS), Map.entry("SYS_POLL", NOTIFICATIONS),
            Map.entry("SYS_FAULT", HANDLERS), Map.entry("SYS_INTERRUPT", INTERRUPTS), Map.entry("SYS_MEMORY", MEMORIES),
            Map.entry("SYS_KILL", THREADS), Map.entry("SYS_THREAD", THREADS));
    /** Which slots a call's new handle goes to. */
    private static final Map<String, int[]> SLOTS = Map.of(
            "SYS_ENDPOINT", new int[] {8, 9}, "SYS_NOTIFICATION", new int[] {10, 11}, "SYS_MEMORY", new int[] {12, 13},
            "SYS_PROCESS", new int[] {14, 15}, "SYS_THREAD", new int[] {16, 17, 18}, "SYS_REPLY", REPLIES,
            "SYS_INTERRUPT", INTERRUPTS);
    private static final long[] RIGHTS = {
        KernelAbi.RIGHT_SEND, KernelAbi.RIGHT_RECEIVE, KernelAbi.RIGHT_SEND | KernelAbi.RIGHT_RECEIVE,
        KernelAbi.RIGHT_SIGNAL, KernelAbi.RIGHT_WAIT, KernelAbi.RIGHT_SIGNAL | KernelAbi.RIGHT_WAIT,
        KernelAbi.RIGHT_MAP_READ, KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE,
        KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE | KernelAbi.RIGHT_MAP_EXECUTE,
        KernelAbi.RIGHT_SEND, KernelAbi.RIGHT_PROCESS, KernelAbi.RIGHT_THREAD, 0, 0, 0xffff_ffffL, -1, 1L << 40};
    private static final long[] ACCESSES = {
        KernelAbi.RIGHT_MAP_READ, KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE,
        KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_WRITE, KernelAbi.RIGHT_MAP_READ | KernelAbi.RIGHT_MAP_EXECUTE};
    private static final long[] QUOTAS = {0x14000, 0x18000, 0x10000, 0xb000, 0x8000, 0x5000, 0x4000, 0x1000, 0, 1};
    /** Flags of tags beyond those that every kernel has. */
    private static final List<Long> TAG_FLAGS = KernelAbi.messages().values().entrySet().stream()
            .filter(entry -> entry.getKey().matches("TAG_(NO_WAIT|BUFFER|ROOM|HANDLE|SLOT)"))
            .map(Map.Entry::getValue).toList();
    private static final long[] WILD = {
        0, 1, -1, -2, 255, 256, 1L << 31, 1L << 32, 1L << 47, 1L << 63, Long.MAX_VALUE, KernelMemory.KERNEL_BASE,
        KernelMemory.DIRECT_BASE, KernelMemory.USER_LIMIT, KernelMemory.USER_LIMIT - Places.PAGE,
        KernelMemory.USER_BASE, KernelMemory.USER_STACKS, 0xfee0_0000L, Places.SCRATCH, Places.LISTS};

    private static final long[] UPPER = {
        KernelMemory.KERNEL_BASE, KernelMemory.DIRECT_BASE, -1L << 47, KernelMemory.USER_LIMIT, 1L << 47, -1L << 40};

    private final Random random;
    private final long entry;
    private final int lists;
    private final Map<String, ToLongFunction<String>> makers = Map.ofEntries(
            Map.entry("handle", this::handle),
            Map.entry("slot", this::slot),
            Map.entry("process", name -> one(PROCESSES)),
            Map.entry("thread", name -> one(THREADS)),
            Map.entry("ticks or 0", name -> random().nextInt(4)),
            Map.entry("machine", name -> random().nextInt(8) == 0 ? one(THREADS) : Places.MACHINE_SLOT),
            Map.entry("notification", name -> one(NOTIFICATIONS)),
            Map.entry("line", name -> one(LINES)),
            Map.entry("rights", name -> one(RIGHTS)),
            Map.entry("badge", name -> random().nextBoolean() ? 0 : random().nextInt(6)),
            Map.entry("tag", name -> tag()),
            Map.entry("quota", name -> one(QUOTAS) + random().nextInt(3) * 0x40),
            Map.entry("name", name -> random().nextInt(4) == 0 ? random().nextLong() : 0x7a7a7566),
            Map.entry("entry", name -> entry()),
            Map.entry("stack", name -> random().nextBoolean() ? stack() : wild()),
            Map.entry("argument", name -> list()),
            Map.entry("priority", name -> random().nextInt(8) == 0 ? random().nextInt(KernelAbi.PRIORITY_COUNT)
                    : Places.PRIORITIES.get(random().nextInt(Places.PRIORITIES.size()))),
            Map.entry("pages", this::pages),
            Map.entry("first", name -> random().nextInt(3) == 0 ? random().nextInt(4) : 0),
            Map.entry("address", name -> name.startsWith("SYS_FUTEX") ? word() : address()),
            Map.entry("value", name -> random().nextInt(5) == 0 ? random().nextInt() : 0),
            Map.entry("most", name -> random().nextInt(4)),
            Map.entry("access", name -> random().nextInt(6) == 0 ? random().nextInt(0x400) : one(ACCESSES)),
            Map.entry("ticks", name -> random().nextInt(5)),
            Map.entry("status", name -> random().nextInt(3)),
            Map.entry("cpu", name -> random().nextInt(5)),
            Map.entry("bits", name -> random().nextInt(9)));

    Arguments(final Random random, final long entry, final int lists) {
        this.random = random;
        this.entry = entry;
        this.lists = lists;
    }

    private Random random() {
        return random;
    }

    /** {@return the registers of a call} */
    long[] of(final Calls.Call call) {
        final long[] registers = new long[Op.REGISTERS.size()];
        for (int i = 0; i < registers.length; i++) {
            final String meaning = call.arguments().get(Op.REGISTERS.get(i));
            registers[i] = meaning == null ? unnamed(call, Op.REGISTERS.get(i))
                    : random.nextInt(40) == 0 || !makers.containsKey(meaning) ? wild()
                    : makers.get(meaning).applyAsLong(call.name());
        }
        return registers;
    }

    /** A register that the call does not name holds a word of a message, or what a message lies at, or anything. */
    private long unnamed(final Calls.Call call, final String register) {
        if (call.arguments().containsValue("tag") && random.nextInt(4) > 0) {
            if (register.equals("r12") || register.equals("r14")) {
                return random.nextBoolean() ? Places.SCRATCH + random.nextInt(0x3000) : place() + random.nextInt(4096);
            }
            if (register.equals("r13") || register.equals("r15")) {
                return random.nextInt(8) == 0 ? random.nextInt(0x1_1000) : random.nextInt(5000);
            }
        }
        return random.nextBoolean() ? random.nextLong() : random.nextInt(32);
    }

    private long one(final long[] all) {
        return all[random.nextInt(all.length)];
    }

    private long one(final int[] all) {
        return all[random.nextInt(all.length)];
    }

    private long fromTable(final Map<String, int[]> table, final String name) {
        return table.keySet().stream().filter(name::startsWith).max(Comparator.comparing(String::length))
                .map(found -> one(table.get(found))).orElseGet(() -> (long) random.nextInt(Places.END_SLOT));
    }

    private long handle(final String name) {
        if ((name.endsWith("CLOSE") || name.endsWith("REVOKE") || name.endsWith("MOVE")) && random.nextInt(4) > 0) {
            return Places.FREE_SLOT + random.nextInt(Places.END_SLOT - Places.FREE_SLOT);
        }
        return random.nextInt(12) == 0 ? random.nextInt(Places.END_SLOT) : fromTable(HANDLES, name);
    }

    private long slot(final String name) {
        return random.nextInt(12) == 0 ? random.nextInt(Places.END_SLOT)
                : name.startsWith("SYS_HANDLE") ? Places.ENDPOINT_SLOT
                        + random.nextInt(Places.END_SLOT - Places.ENDPOINT_SLOT)
                : fromTable(SLOTS, name);
    }

    private long tag() {
        return switch (random.nextInt(16)) {
            case 0 -> random.nextInt(0x400);
            case 1 -> random.nextInt(5) | 1L << 9 + random.nextInt(55);
            case 2, 3, 4 -> random.nextInt(9) | KernelAbi.TAG_LONG;
            case 5 -> 5 + random.nextInt(5);
            case 6, 7, 8 -> rareTag();
            default -> random.nextInt(5);
        };
    }

    /** {@return a tag with some of the flags that this kernel has, and with slots and a time where flags want them} */
    private long rareTag() {
        long tag = random.nextInt(5);
        for (final long flag : TAG_FLAGS) {
            tag |= random.nextInt(3) == 0 ? flag : 0;
        }
        if (!TAG_FLAGS.isEmpty()) {
            tag |= (long) (Places.ENDPOINT_SLOT + random.nextInt(Places.END_SLOT - Places.ENDPOINT_SLOT)) << 16
                    | (long) random.nextInt(Places.END_SLOT) << 24;
            tag |= random.nextInt(3) == 0 ? (1L + random.nextInt(3)) << 32 : 0;
        }
        return tag;
    }

    private long pages(final String name) {
        return switch (random.nextInt(24)) {
            case 0 -> KernelAbi.MEMORY_PAGES_LIMIT;
            case 1 -> KernelAbi.MEMORY_PAGES_LIMIT + 1;
            case 2 -> 0;
            case 3 -> 40;
            case 4 -> KernelAbi.LARGE_PAGES | KernelAbi.MEMORY_LARGE;
            default -> 1 + random.nextInt(4);
        };
    }

    long entry() {
        return random.nextInt(12) == 0 ? wild() : entry;
    }

    /** {@return the address of a list} */
    long list() {
        return Places.list(random.nextInt(lists));
    }

    /** {@return where a stack may be} */
    long stack() {
        return Places.SCRATCH + Places.PAGE * (1 + random.nextInt((int) Places.SCRATCH_PAGES));
    }

    /** {@return where something may be mapped} */
    long address() {
        return switch (random.nextInt(40)) {
            case 0, 1 -> wild();
            case 2 -> Places.SCRATCH;
            case 3 -> place() + 8;
            case 8 -> Places.LARGE;
            case 4, 5 -> wild() & -Places.PAGE;
            case 6, 7 -> one(UPPER) + random.nextInt(0x2_0000) * Places.PAGE;
            default -> place();
        };
    }

    /** {@return where a word of memory may be} */
    private long word() {
        return switch (random.nextInt(12)) {
            case 0 -> address();
            case 1 -> place() + random.nextInt(8);
            default -> Places.SCRATCH + random.nextInt(3) * 4L;
        };
    }

    long place() {
        return Places.MAPS.get(random.nextInt(Places.MAPS.size())) + random.nextInt(8) * Places.PAGE;
    }

    /** {@return a number that means nothing, or something by chance} */
    long wild() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt(600);
            case 2 -> one(WILD) + random.nextInt(3) - 1;
            default -> one(WILD);
        };
    }

}
