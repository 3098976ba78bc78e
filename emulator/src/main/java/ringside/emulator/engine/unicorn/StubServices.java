package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.TranslationDrop;
import ringside.emulator.memory.HostMemory;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.toolchain.image.Probe;

/**
 * What the stubs ask Java: which block this is, what attention is due, what an exception kept from retiring; and the
 * event ring.
 *
 * <p><b>Counting.</b> A block is added whole when it starts. What did not retire is taken back: when an exception
 * falls into it, all from the faulting instruction on; when a repeated string instruction is interrupted, that one,
 * since it counts once however often it is resumed. Java learns the instruction's place from RIP, which the engine
 * keeps exact at exceptions, port accesses and RDTSC.
 */
final class StubServices implements Stateful, AutoCloseable {
    /** A further answer of {@link #attention}: #DB is due. */
    static final int TRAP = -3;

    private static final int RING_RECORDS = 1 << 14;
    private static final List<String> REGISTER_NAMES = List.of("rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
            "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15");

    private final UnicornEngine engine;
    private final EngineCallbacks callbacks;
    private final boolean counting;
    private final MemorySegment env;
    private final MemorySegment shared;
    private final BlockDecoder decoder;
    private final BlockTable table = new BlockTable();
    private final EventPump pump;
    /** Before the first record is one of no kind: the block stub looks at what is before its own. */
    private final MemorySegment memory =
            HostMemory.map((long) (1 + RING_RECORDS + RingRecord.MOST_AT_ONCE) * RingRecord.BYTES);
    private final MemorySegment ring = memory.asSlice(RingRecord.BYTES);
    /** Blocks that were made for one instruction, because a store hit its own block. */
    private final BitSet alone = new BitSet();
    private List<Probe> probes = List.of();

    StubServices(final UnicornEngine engine, final EngineConfig config,
            final MemorySegment env, final MemorySegment shared) {
        this.engine = engine;
        this.env = env;
        this.shared = shared;
        callbacks = config.callbacks();
        counting = config.counting();
        pump = new EventPump(table, config.cpu());
        decoder = new BlockDecoder(config.timing());
        shared.set(JAVA_LONG, Shared.TABLE, table.address());
        shared.set(JAVA_LONG, Shared.RING_NEXT, ring.address());
        shared.set(JAVA_LONG, Shared.RING_LIMIT, ring.address() + (long) RING_RECORDS * RingRecord.BYTES);
    }

    /** Sets who hears what; the engine has no translated code that could know the old wishes. */
    void observe(final List<MachineObserver> observers, final List<Probe> all) {
        probes = List.copyOf(all);
        final boolean[] withRegisters = new boolean[probes.size()];
        final long[] addresses = new long[probes.size()];
        for (int i = 0; i < addresses.length; i++) {
            withRegisters[i] = !probes.get(i).registers().isEmpty();
            addresses[i] = probes.get(i).address();
        }
        pump.observe(observers, withRegisters, addresses, shared.get(JAVA_LONG, Shared.CYCLES));
        shared.set(JAVA_LONG, Shared.RECORDING, pump.wantsEachBlock() ? RingRecord.ALL
                : pump.wantsAnything() ? RingRecord.LAST_BLOCKS : 0);
        decoder.probes(pump.wantsProbes() ? probes : List.of());
    }

    EventPump pump() {
        return pump;
    }

    /** Forgets the blocks, because the engine forgets its translations. */
    void forgetBlocks() {
        table.clear();
        pump.forgetBlocks();
        alone.clear();
        shared.set(JAVA_LONG, Shared.CURRENT, 0);
    }

    @Override
    public void save(final StateWriter out) {
        out.section("counters").i64(shared.get(JAVA_LONG, Shared.INSTRUCTIONS))
                .i64(shared.get(JAVA_LONG, Shared.CYCLES)).i64(shared.get(JAVA_LONG, Shared.REPETITIONS));
    }

    /** Takes counters up; no block is running then, and observers hear what follows. */
    @Override
    public void load(final StateReader in) {
        drain();
        in.section("counters");
        final long most = StateReader.MOST_COUNT;
        shared.set(JAVA_LONG, Shared.INSTRUCTIONS, in.i64(0, most));
        shared.set(JAVA_LONG, Shared.CYCLES, in.i64(0, most));
        shared.set(JAVA_LONG, Shared.REPETITIONS, in.i64(0, most));
        shared.set(JAVA_LONG, Shared.CURRENT, 0);
        pump.resume(shared.get(JAVA_LONG, Shared.CYCLES));
    }

    /** What the block that runs has been charged for and has not done, where RIP is exact. */
    long notYetRetired(final boolean cycles) {
        final long entry = shared.get(JAVA_LONG, Shared.CURRENT);
        if (entry == 0) {
            return 0;
        }
        final Block block = table.at(entry);
        final int done = block.before(Env.linear(env));
        return cycles ? block.cyclesFrom(done) : block.instructions() - done;
    }

    /** Tells observers what is in the ring; outside a run also the block that is still pending. */
    void drain() {
        final long end = shared.get(JAVA_LONG, Shared.RING_NEXT) - ring.address();
        shared.set(JAVA_LONG, Shared.RING_NEXT, ring.address());
        pump.drain(ring, end);
        if (!engine.running() && shared.get(JAVA_LONG, Shared.RECORDING) != 0) {
            pump.finish(shared.get(JAVA_LONG, Shared.CYCLES));
        }
    }

    private void record(final long head, final long word) {
        if (shared.get(JAVA_LONG, Shared.RECORDING) == 0) {
            return;
        }
        final long next = shared.get(JAVA_LONG, Shared.RING_NEXT);
        ring.set(JAVA_LONG, next - ring.address(), head);
        ring.set(JAVA_LONG, next - ring.address() + Long.BYTES, word);
        shared.set(JAVA_LONG, Shared.RING_NEXT, next + RingRecord.BYTES);
    }

    private void drainIfFull() {
        if (shared.get(JAVA_LONG, Shared.RING_NEXT) >= shared.get(JAVA_LONG, Shared.RING_LIMIT)) {
            drain();
        }
    }

    /** {@return the table entry of a translation that the stub did not find} */
    long translated(final long key, final long address, final int size) {
        final Block known = table.find(key, address);
        if (known != null) {
            if (alone.get(known.id())) {
                cutWhereCodeChangesItself(known);
            }
            return table.put(key, known, !alone.get(known.id()), shared.get(JAVA_LONG, Shared.CURRENT));
        }
        if (table.reused(key)) {
            drain();
            forgetBlocks();
        }
        final Block block = decoder.decode(engine, table.nextId(), address, size, Env.keyFlags(env));
        if (decoder.alone()) {
            alone.set(block.id());
            cutWhereCodeChangesItself(block);
        }
        return table.put(key, block, !alone.get(block.id()), shared.get(JAVA_LONG, Shared.CURRENT));
    }

    /** {@return an entry of an empty block, for a run that is being abandoned} */
    long spareEntry() {
        return shared.address() + Shared.BYTES / 2;
    }

    /** {@return what {@link EngineCallbacks#attention} says; the block before which it is asked has not started} */
    int attention(final boolean continuation) {
        final boolean stopping = engine.stopping();
        if (engine.takeDemand()) {
            engine.cpu().settle();
            if (engine.cpu().dataBreakpoints().due()) {
                if (!stopping && engine.cpu().dataBreakpoints().waits()) {
                    engine.demandAttention();
                    return EngineCallbacks.PROCEED;
                }
                retakeRepeat(continuation);
                return TRAP;
            }
        }
        final int answer = stopping ? EngineCallbacks.STOP : callbacks.attention(acceptable());
        if (answer != EngineCallbacks.PROCEED) {
            retakeRepeat(continuation);
            engine.cpu().dataBreakpoints().forget();
        }
        if (answer == EngineCallbacks.STOP && !stopping) {
            engine.stop();
        } else if (answer >= 0) {
            record(RingRecord.head(RingRecord.INTERRUPT, 0, answer), env.get(JAVA_LONG, Env.EIP));
            drainIfFull();
            forgetCurrent();
            if (answer == EngineCallbacks.NMI_VECTOR) {
                env.set(JAVA_INT, Env.HFLAGS2, env.get(JAVA_INT, Env.HFLAGS2) | Env.HF2_NMI);
            }
            shared.set(JAVA_LONG, Shared.DELIVERING, answer + 1L);
        }
        return answer;
    }

    private int acceptable() {
        if ((env.get(JAVA_INT, Env.HFLAGS) & Env.HF_INHIBIT_IRQ) != 0) {
            return 0;
        }
        return ((env.get(JAVA_LONG, Env.EFLAGS) & Env.INTERRUPT_FLAG) != 0 ? EngineCallbacks.INTERRUPTS : 0)
                | ((env.get(JAVA_INT, Env.HFLAGS2) & Env.HF2_NMI) == 0 ? EngineCallbacks.NMI : 0);
    }

    /** A repeated string instruction that is left in the middle is counted when it is resumed. */
    private void retakeRepeat(final boolean continuation) {
        if (continuation) {
            final Block block = table.at(shared.get(JAVA_LONG, Shared.CURRENT));
            cut(block, block.instructions() - 1);
        }
    }

    /** Takes back what the block that was running did not do, and forgets that it was running. */
    void cut(final Block block, final int retired) {
        takeBack(block, retired);
        recordCut(retired);
        forgetCurrent();
    }

    private void takeBack(final Block block, final int retired) {
        shared.set(JAVA_LONG, Shared.INSTRUCTIONS,
                shared.get(JAVA_LONG, Shared.INSTRUCTIONS) - block.instructions() + retired);
        shared.set(JAVA_LONG, Shared.CYCLES, shared.get(JAVA_LONG, Shared.CYCLES) - block.cyclesFrom(retired));
    }

    /**
     * A store into its own block makes the engine translate that instruction alone, run it again and go on behind it.
     * What the running block had not done until then is taken back.
     */
    private void cutWhereCodeChangesItself(final Block next) {
        final long entry = shared.get(JAVA_LONG, Shared.CURRENT);
        if (entry != 0) {
            final Block block = table.at(entry);
            final long offset = next.address() - block.address();
            if (offset >= 0 && offset < block.size()) {
                cut(block, block.before(next.address()));
            }
        }
    }

    /**
     * Ends the running block behind the OUT at RIP.
     *
     * @return whether it did; a string output, which still has registers to update, goes on to the end of its block
     */
    boolean leaveBehindOut() {
        final long entry = shared.get(JAVA_LONG, Shared.CURRENT);
        final long rip = Env.linear(env);
        if (entry == 0 || !decoder.isOut(engine, rip, Env.codeBits(env))) {
            return false;
        }
        final Block block = table.at(entry);
        final int retired = block.before(rip) + 1;
        env.set(JAVA_LONG, Env.EIP, block.at(retired) - Env.codeBase(env));
        cut(block, retired);
        return true;
    }

    /** {@return the block that runs, or {@code null} after an exception or without counting} */
    Block current() {
        final long entry = shared.get(JAVA_LONG, Shared.CURRENT);
        return entry == 0 || !counting ? null : table.at(entry);
    }

    void forgetCurrent() {
        shared.set(JAVA_LONG, Shared.CURRENT, 0);
    }

    /** Takes back a block from an instruction on. {@return the instruction} */
    int takeBackFrom(final Block block, final int instruction) {
        takeBack(block, instruction);
        return instruction;
    }

    /** Records how far the running block came. */
    void recordCut(final int retired) {
        record(RingRecord.head(RingRecord.CUT, retired, 0), 0);
        drainIfFull();
    }

    /** Records an exception, and how far the running block came. */
    void recordException(final int retired, final int vector, final long errorCode, final long rip) {
        shared.set(JAVA_LONG, Shared.ACCESSED, 0);
        record(RingRecord.head(RingRecord.EXCEPTION, retired, vector), errorCode);
        record(rip, 0);
        drainIfFull();
    }

    /** Records that all translations are dropped. */
    void recordDrop() {
        if (shared.get(JAVA_INT, Shared.TRANSLATIONS_OBSERVED) != 0) {
            record(RingRecord.head(RingRecord.DROP, 0, TranslationDrop.ALL.ordinal()), 0);
            drainIfFull();
        }
    }

    BlockDecoder decoder() {
        return decoder;
    }

    /** Records the values of the registers of each probe at an address. */
    void probe(final long address) {
        final int wanted = pump.wantsProbes() ? probes.size() : 0;
        for (int i = 0; i < wanted; i++) {
            final Probe probe = probes.get(i);
            if (probe.address() == address && !probe.registers().isEmpty()) {
                final List<String> names = probe.registers();
                record(RingRecord.head(RingRecord.PROBE, 0, i), general(names, 0));
                record(general(names, 1), general(names, 2));
                drainIfFull();
            }
        }
    }

    private long general(final List<String> names, final int index) {
        if (index < names.size()) {
            return env.get(JAVA_LONG, Env.REGS + (long) REGISTER_NAMES.indexOf(names.get(index)) * Long.BYTES);
        }
        return 0;
    }

    @Override
    public void close() {
        decoder.close();
        table.close();
        HostMemory.unmap(memory);
    }
}
