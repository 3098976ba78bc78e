package ringside.profiler.model;

import java.util.Arrays;
import java.util.List;

/**
 * A {@link StaticInstruction} as a core looks at it each time: flat, so that nothing is counted or followed that its
 * bytes and the core's make already tell.
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

    final StaticInstruction what;
    /** From the start of its block. */
    final int offset;
    final int length;
    final Flow flow;
    final boolean branches;
    final boolean serial;
    final boolean locked;
    final boolean indexed;
    final boolean scaled;
    final boolean ordersStores;
    final boolean readsStackPointer;
    final boolean swaps;
    final boolean readModifyWrite;
    /** Whether a load of it may be taken for a move of the register that was stored. */
    final boolean renames;
    /** Whether what it stores is a vector register. */
    final boolean vectorStore;
    final boolean wide;
    final boolean memory;
    /** Whether it needs neither memory nor a fixed number of cycles. */
    final boolean plain;
    final boolean vectorLoad;
    /** Whether one issue to a port that it keeps for a cycle is all. */
    final boolean once;
    final boolean waitsForNothing;
    final int slots;
    final int loads;
    final int stores;
    final int ports;
    final int issues;
    final int latency;
    /** The schedulers of its ports, a bit each. */
    final int feeding;
    /** What {@link WaitingPlaces#fewest} wants to be told where they are all among the first ones. */
    final long without;
    final boolean amongFirst;
    final int read0;
    final int read1;
    final int read2;
    final int[] moreReads;
    final int address0;
    final int address1;
    final int[] moreAddresses;
    final int write0;
    final int write1;
    final int write2;
    final int[] moreWrites;
    /** Which of these is ready a cycle behind the others. */
    final int later;
    /** Whether it moves RSP ahead of execution. */
    final boolean movesStack;

    Step(final StaticInstruction what, final int offset, final List<Microarchitecture.Scheduler> schedulers) {
        this.what = what;
        this.offset = offset;
        length = what.length();
        flow = what.flow();
        branches = flow != Flow.NEXT;
        ordersStores = what.has(Trait.ORDERS_STORES);
        serial = what.serial() != 0 && !ordersStores || what.has(Trait.REPEATED);
        scaled = what.has(Trait.SCALED);
        readsStackPointer = what.has(Trait.READS_STACK_POINTER);
        swaps = what.has(Trait.SWAP);
        readModifyWrite = what.has(Trait.READ_MODIFY_WRITE);
        locked = what.has(Trait.LOCKED);
        indexed = what.has(Trait.INDEXED);
        wide = what.has(Trait.WIDE);
        slots = what.slots();
        loads = what.loads();
        stores = what.stores();
        memory = loads + stores > 0;
        plain = !memory && !serial;
        ports = what.ports();
        issues = what.issues();
        latency = what.latency();
        once = issues == 1 && what.occupancy() <= 1;
        waitsForNothing = what.reads().length == 0;
        vectorLoad = what.loadsVector();
        vectorStore = loads == 0 && what.readsVector();
        renames = !vectorLoad && (ports == 0 || readModifyWrite || what.has(Trait.STACK));
        feeding = Schedulers.feeding(schedulers, ports);
        without = WaitingPlaces.without(feeding);
        amongFirst = feeding < 1 << WaitingPlaces.LANES;
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
        movesStack = writes.length < what.writes().length;
        later = what.has(Trait.HIGH_LATER) && Arrays.stream(writes).anyMatch(r -> r == RDX) ? RDX : NOWHERE;
    }

    /** {@return whether a string instruction's next access is one of the bytes that its cost goes by} */
    boolean counts(final Accesses accesses) {
        return loads == 0 || stores == 0 || accesses.nextIs(true);
    }

    private static int at(final int[] resources, final int place, final int none) {
        return place < resources.length ? resources[place] : none;
    }

    private static int[] behind(final int[] resources, final int first) {
        return first < resources.length ? Arrays.copyOfRange(resources, first, resources.length) : NONE;
    }
}
