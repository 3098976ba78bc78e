package ringside.profiler.model;

import java.util.Arrays;
import java.util.List;

/**
 * A {@link StaticInstruction} as a core looks at it each time: flat, so that nothing is counted or followed that its
 * bytes and the core's make already tell, and small, so that many stay in the first cache of the host: what each needs
 * lies in front, and what is true or not is a bit.
 *
 * <p>Places that an instruction leaves empty among its reads and addresses name {@link #ALWAYS}, which is ready at all
 * times, and among its writes {@link #NOWHERE}.
 */
final class Step {
    /** A resource that is ready at cycle 0 and that nothing writes. */
    static final int ALWAYS = Resource.COUNT;
    /** A resource that nothing reads. */
    static final int NOWHERE = Resource.COUNT + 1;
    /** Resources with these two. */
    static final int RESOURCES = Resource.COUNT + 2;

    private static final int[] NONE = {};
    private static final int RDX = Registers.resource("rdx");
    private static final int SECOND = 2;
    private static final int THIRD = 3;

    private static final int BRANCHES = 1;
    private static final int SERIAL = 1 << 1;
    private static final int LOCKED = 1 << 2;
    private static final int INDEXED = 1 << 3;
    private static final int SCALED = 1 << 4;
    private static final int ORDERS_STORES = 1 << 5;
    private static final int READS_STACK_POINTER = 1 << 6;
    private static final int SWAPS = 1 << 7;
    private static final int READ_MODIFY_WRITE = 1 << 8;
    private static final int RENAMES = 1 << 9;
    private static final int VECTOR_STORE = 1 << 10;
    private static final int WIDE = 1 << 11;
    private static final int MEMORY = 1 << 12;
    private static final int VECTOR_LOAD = 1 << 13;
    private static final int ONCE = 1 << 14;
    private static final int WAITS_FOR_NOTHING = 1 << 15;
    private static final int AMONG_FIRST = 1 << 16;
    private static final int MOVES_STACK = 1 << 17;
    private static final int MORE_READS = 1 << 18;
    private static final int MORE_ADDRESSES = 1 << 19;
    private static final int MORE_WRITES = 1 << 20;

    /** What {@link WaitingPlaces#fewest} wants to be told where they are all among the first ones. */
    final long without;
    private final int flags;
    /** From the start of its block. */
    final int offset;
    final int ports;
    final int latency;
    /** The schedulers of its ports, a bit each. */
    final int feeding;
    final int slots;
    final int length;
    final short loads;
    final short stores;
    final short issues;
    /** How many of its block from this one on, it among them, are plain. */
    final short plainRun;
    final byte read0;
    final byte read1;
    final byte read2;
    final byte address0;
    final byte address1;
    final byte write0;
    final byte write1;
    final byte write2;
    /** Which of these is ready a cycle behind the others. */
    final byte later;
    final StaticInstruction what;
    final Flow flow;
    final int[] moreReads;
    final int[] moreAddresses;
    final int[] moreWrites;

    Step(final StaticInstruction what, final int offset, final List<Microarchitecture.Scheduler> schedulers,
            final int plainBehind) {
        this.what = what;
        this.offset = offset;
        length = what.length();
        flow = what.flow();
        slots = what.slots();
        loads = (short) what.loads();
        stores = (short) what.stores();
        ports = what.ports();
        issues = (short) what.issues();
        latency = what.latency();
        feeding = Schedulers.feeding(schedulers, ports);
        without = WaitingPlaces.without(feeding);
        read0 = at(what.reads(), 0, ALWAYS);
        read1 = at(what.reads(), 1, ALWAYS);
        read2 = at(what.reads(), 2, ALWAYS);
        moreReads = behind(what.reads(), THIRD);
        address0 = at(what.addresses(), 0, ALWAYS);
        address1 = at(what.addresses(), 1, ALWAYS);
        moreAddresses = behind(what.addresses(), SECOND);
        final boolean follows = what.has(Trait.STACK);
        final int[] writes = Arrays.stream(what.writes()).filter(r -> !follows || r != Resource.RSP)
                .toArray();
        write0 = at(writes, 0, NOWHERE);
        write1 = at(writes, 1, NOWHERE);
        write2 = at(writes, 2, NOWHERE);
        moreWrites = behind(writes, THIRD);
        later = (byte) (what.has(Trait.HIGH_LATER) && Arrays.stream(writes).anyMatch(r -> r == RDX) ? RDX : NOWHERE);
        flags = flags(writes.length < what.writes().length);
        plainRun = (short) (isPlain() ? Math.min(plainBehind + 1, Short.MAX_VALUE) : 0);
    }

    private int flags(final boolean movesStack) {
        final boolean serial = what.serial() != 0 && !what.has(Trait.ORDERS_STORES) || what.has(Trait.REPEATED);
        final boolean readModifyWrite = what.has(Trait.READ_MODIFY_WRITE);
        final boolean renames = !what.loadsVector() && (ports == 0 || readModifyWrite || what.has(Trait.STACK));
        return flag(flow != Flow.NEXT, BRANCHES) | flag(serial, SERIAL) | flag(what.has(Trait.LOCKED), LOCKED)
                | flag(what.has(Trait.INDEXED), INDEXED) | flag(what.has(Trait.SCALED), SCALED)
                | flag(what.has(Trait.ORDERS_STORES), ORDERS_STORES)
                | flag(what.has(Trait.READS_STACK_POINTER), READS_STACK_POINTER) | flag(what.has(Trait.SWAP), SWAPS)
                | flag(readModifyWrite, READ_MODIFY_WRITE) | flag(renames, RENAMES)
                | flag(loads == 0 && what.readsVector(), VECTOR_STORE) | flag(what.has(Trait.WIDE), WIDE)
                | flag(loads + stores > 0, MEMORY) | flag(what.loadsVector(), VECTOR_LOAD)
                | flag(issues == 1 && what.occupancy() <= 1, ONCE)
                | flag(what.reads().length == 0, WAITS_FOR_NOTHING)
                | flag(feeding < 1 << WaitingPlaces.LANES, AMONG_FIRST) | flag(movesStack, MOVES_STACK)
                | flag(moreReads.length > 0, MORE_READS) | flag(moreAddresses.length > 0, MORE_ADDRESSES)
                | flag(moreWrites.length > 0, MORE_WRITES);
    }

    private static int flag(final boolean holds, final int flag) {
        return holds ? flag : 0;
    }

    private boolean is(final int flag) {
        return (flags & flag) != 0;
    }

    boolean branches() {
        return is(BRANCHES);
    }

    boolean isSerial() {
        return is(SERIAL);
    }

    boolean isLocked() {
        return is(LOCKED);
    }

    boolean isIndexed() {
        return is(INDEXED);
    }

    boolean isScaled() {
        return is(SCALED);
    }

    boolean ordersStores() {
        return is(ORDERS_STORES);
    }

    boolean readsStackPointer() {
        return is(READS_STACK_POINTER);
    }

    /** {@return whether it is one of the few that are locked, order stores or read RSP} */
    boolean isSpecial() {
        return is(LOCKED | ORDERS_STORES | READS_STACK_POINTER);
    }

    boolean swaps() {
        return is(SWAPS);
    }

    /** {@return whether it swaps, or writes more than three resources} */
    boolean writesOddly() {
        return is(SWAPS | MORE_WRITES);
    }

    boolean isReadModifyWrite() {
        return is(READ_MODIFY_WRITE);
    }

    /** {@return whether a load of it may be taken for a move of the register that was stored} */
    boolean renames() {
        return is(RENAMES);
    }

    /** {@return whether what it stores is a vector register} */
    boolean storesVector() {
        return is(VECTOR_STORE);
    }

    boolean isWide() {
        return is(WIDE);
    }

    boolean hasMemory() {
        return is(MEMORY);
    }

    /** {@return whether it needs neither memory nor a fixed number of cycles} */
    boolean isPlain() {
        return !is(MEMORY | SERIAL);
    }

    boolean loadsVector() {
        return is(VECTOR_LOAD);
    }

    /** {@return whether one issue to a port that it keeps for a cycle is all} */
    boolean isOnce() {
        return is(ONCE);
    }

    boolean waitsForNothing() {
        return is(WAITS_FOR_NOTHING);
    }

    /** {@return whether its schedulers are all among the first ones} */
    boolean isAmongFirst() {
        return is(AMONG_FIRST);
    }

    /** {@return whether it moves RSP ahead of execution} */
    boolean movesStack() {
        return is(MOVES_STACK);
    }

    boolean readsMore() {
        return is(MORE_READS);
    }

    boolean addressesMore() {
        return is(MORE_ADDRESSES);
    }

    /** {@return whether a string instruction's next access is one of the bytes that its cost goes by} */
    boolean counts(final Accesses accesses) {
        return loads == 0 || stores == 0 || accesses.nextIs(true);
    }

    private static byte at(final int[] resources, final int place, final int none) {
        return (byte) (place < resources.length ? resources[place] : none);
    }

    private static int[] behind(final int[] resources, final int first) {
        return first < resources.length ? Arrays.copyOfRange(resources, first, resources.length) : NONE;
    }
}
