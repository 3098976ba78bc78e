package ringside.emulator.engine.unicorn;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import ringside.emulator.engine.EngineException;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;
import ringside.emulator.event.TranslationDrop;

/**
 * Turns the ring's records into events, in order.
 *
 * <p>A block is told when the next record shows how it ended: whole, or cut short by a fault. Between two drains it
 * stays pending.
 */
final class EventPump {
    private static final MachineObserver[] NOBODY = {};
    private static final TranslationDrop[] DROPS = TranslationDrop.values();

    private final BlockTable table;
    private final int cpu;
    private MachineObserver[] instruction = NOBODY;
    private MachineObserver[] block = NOBODY;
    private MachineObserver[] read = NOBODY;
    private MachineObserver[] write = NOBODY;
    private MachineObserver[] exception = NOBODY;
    private MachineObserver[] interrupt = NOBODY;
    private MachineObserver[] syscall = NOBODY;
    private MachineObserver[] probe = NOBODY;
    private MachineObserver[] addressSpace = NOBODY;
    private MachineObserver[] code = NOBODY;
    private MachineObserver[] translation = NOBODY;
    private MachineObserver[] drop = NOBODY;
    /** The blocks whose code was told. */
    private final BitSet toldCode = new BitSet();
    private boolean[] hasRegisters = {};
    private long[] probeAddress = {};

    private long cycle;
    private Block pending;
    private int told;
    private int level;

    EventPump(final BlockTable table, final int cpu) {
        this.table = table;
        this.cpu = cpu;
    }

    /** Sets who listens; {@code now} is the clock at which the stream starts. */
    void observe(final List<MachineObserver> observers, final boolean[] probeHasRegisters,
            final long[] probeAddresses, final long now) {
        instruction = wanting(observers, EventKind.INSTRUCTION);
        block = wanting(observers, EventKind.BLOCK);
        read = wanting(observers, EventKind.MEMORY_READ);
        write = wanting(observers, EventKind.MEMORY_WRITE);
        exception = wanting(observers, EventKind.EXCEPTION);
        interrupt = wanting(observers, EventKind.INTERRUPT);
        syscall = wanting(observers, EventKind.SYSCALL);
        probe = wanting(observers, EventKind.PROBE);
        addressSpace = wanting(observers, EventKind.ADDRESS_SPACE);
        code = wanting(observers, EventKind.CODE);
        translation = wanting(observers, EventKind.TRANSLATION);
        drop = wanting(observers, EventKind.TRANSLATION_DROP);
        toldCode.clear();
        hasRegisters = probeHasRegisters;
        probeAddress = probeAddresses;
        resume(now);
    }

    /** Goes on from another time; nothing is pending. */
    void resume(final long now) {
        cycle = now;
        pending = null;
    }

    private static MachineObserver[] wanting(final List<MachineObserver> observers, final EventKind kind) {
        return observers.stream().filter(o -> o.interests().contains(kind)).toArray(MachineObserver[]::new);
    }

    boolean wantsMemory() {
        return read.length + write.length > 0;
    }

    /** {@return the lowest physical address whose accesses somebody wants} */
    long memoryBegin() {
        return Stream.of(read, write).flatMap(Stream::of).mapToLong(MachineObserver::memoryBegin).min().orElse(0);
    }

    /** {@return the highest physical address whose accesses somebody wants} */
    long memoryEnd() {
        return Stream.of(read, write).flatMap(Stream::of).mapToLong(MachineObserver::memoryEnd).max().orElse(0);
    }

    boolean wantsProbes() {
        return probe.length > 0;
    }

    boolean wantsTranslations() {
        return translation.length + drop.length > 0;
    }

    /** {@return whether somebody wants what only a record of every block tells} */
    boolean wantsEachBlock() {
        return instruction.length + block.length + code.length > 0;
    }

    boolean wantsAnything() {
        return wantsMemory() || wantsProbes() || wantsTranslations() || instruction.length + block.length
                + exception.length + interrupt.length + syscall.length + addressSpace.length + code.length > 0;
    }

    /** Time passed without an instruction; the ring is drained. */
    void skip(final long cycles) {
        finish();
        cycle += cycles;
    }

    /** Tells the rest of the pending block and holds the sum of costs against the machine's clock. */
    void finish(final long clock) {
        finish();
        if (cycle != clock) {
            throw new EngineException("count",
                    "the event stream is at cycle=" + cycle + " and the clock at " + clock, 0);
        }
    }

    /** Tells the records in {@code [0, end)} of the ring. */
    void drain(final MemorySegment ring, final long end) {
        for (long at = 0; at < end; at += RingRecord.BYTES) {
            final long head = ring.get(ValueLayout.JAVA_LONG, at);
            final long word = ring.get(ValueLayout.JAVA_LONG, at + Long.BYTES);
            final int low = (int) head;
            switch ((int) (head >>> RingRecord.KIND_SHIFT)) {
                case RingRecord.BLOCK, RingRecord.KEPT_BLOCK -> {
                    finish();
                    pending = table.block(low);
                    // Blocks that nobody wants have no record; their time has passed.
                    cycle = word - pending.cyclesFrom(0);
                    if (code.length > 0 && !toldCode.get(low)) {
                        tellCode(low, pending);
                    }
                    told = 0;
                    level = (int) (head >>> RingRecord.MIDDLE_SHIFT) & RingRecord.MIDDLE_MASK;
                }
                case RingRecord.READ -> tellRead(head, word);
                case RingRecord.WRITE -> tellWrite(head, word);
                case RingRecord.SYSCALL -> tellSyscall(word);
                case RingRecord.EXCEPTION -> {
                    at += RingRecord.BYTES;
                    tellException(head, word, ring.get(ValueLayout.JAVA_LONG, at));
                }
                case RingRecord.INTERRUPT -> {
                    finish();
                    for (final MachineObserver observer : interrupt) {
                        observer.interrupt(cycle, cpu, low, word);
                    }
                }
                case RingRecord.PROBE -> {
                    at += RingRecord.BYTES;
                    tellProbe(low, word, ring.get(ValueLayout.JAVA_LONG, at),
                            ring.get(ValueLayout.JAVA_LONG, at + Long.BYTES));
                }
                case RingRecord.ADDRESS_SPACE -> tellAddressSpace(word);
                case RingRecord.TRANSLATION -> {
                    tellTranslation(ring, at);
                    at += (RingRecord.TRANSLATION_RECORDS - 1) * RingRecord.BYTES;
                }
                case RingRecord.DROP -> {
                    for (final MachineObserver observer : drop) {
                        observer.translationDrop(cycle, cpu, DROPS[low], word);
                    }
                }
                case RingRecord.CUT -> cutOrFinish((int) (head >>> RingRecord.MIDDLE_SHIFT) & RingRecord.MIDDLE_MASK);
                default -> throw new IllegalStateException("a record of no known kind: head=" + head);
            }
        }
    }

    /** Numbers of blocks begin anew; the ring is drained. */
    void forgetBlocks() {
        toldCode.clear();
    }

    private void tellCode(final int id, final Block block) {
        toldCode.set(id);
        for (final MachineObserver observer : code) {
            observer.code(cycle, cpu, id, block.address(), block.code(), block.bits());
        }
    }

    private void tellRead(final long head, final long address) {
        final long page = RingRecord.page(head, MachineObserver.UNKNOWN_PAGE);
        for (final MachineObserver observer : read) {
            observer.memoryRead(cycle, cpu, address, (int) head & RingRecord.SIZE_MASK, level, page);
        }
    }

    private void tellWrite(final long head, final long address) {
        final long page = RingRecord.page(head, MachineObserver.UNKNOWN_PAGE);
        for (final MachineObserver observer : write) {
            observer.memoryWrite(cycle, cpu, address, (int) head & RingRecord.SIZE_MASK, level, page);
        }
    }

    private void tellTranslation(final MemorySegment ring, final long at) {
        final long head = ring.get(ValueLayout.JAVA_LONG, at);
        final int middle = (int) (head >>> RingRecord.MIDDLE_SHIFT) & RingRecord.MIDDLE_MASK;
        final long[] entries = new long[middle >>> RingRecord.COUNT_SHIFT];
        final long virtual = ring.get(ValueLayout.JAVA_LONG, at + Long.BYTES);
        final long physical = ring.get(ValueLayout.JAVA_LONG, at + RingRecord.BYTES);
        final long extended = ring.get(ValueLayout.JAVA_LONG, at + RingRecord.BYTES + Long.BYTES);
        MemorySegment.copy(ring, ValueLayout.JAVA_LONG, at + 2L * RingRecord.BYTES, entries, 0, entries.length);
        tellTranslation(new Translation(virtual >> CodeStubs.PAGE_SHIFT, physical >>> CodeStubs.PAGE_SHIFT,
                (head & 0xFFFF_FFFFL) << CodeStubs.PAGE_SHIFT, (middle & RingRecord.GLOBAL) != 0,
                middle & RingRecord.SPACE_MASK, extended, entries));
    }

    /** Tells a translation that is known now. */
    void tellTranslation(final Translation known) {
        for (final MachineObserver observer : translation) {
            observer.translation(cycle, cpu, known);
        }
    }

    private void tellSyscall(final long number) {
        final long rip = pending == null ? 0 : pending.at(pending.instructions() - 1);
        finish();
        for (final MachineObserver observer : syscall) {
            observer.syscall(cycle, cpu, rip, number);
        }
    }

    private void tellAddressSpace(final long root) {
        finish();
        for (final MachineObserver observer : addressSpace) {
            observer.addressSpace(cycle, cpu, root);
        }
    }

    private void tellException(final long head, final long errorCode, final long rip) {
        final int retired = (int) (head >>> RingRecord.MIDDLE_SHIFT) & RingRecord.MIDDLE_MASK;
        cutOrFinish(retired);
        for (final MachineObserver observer : exception) {
            observer.exception(cycle, cpu, (int) head, errorCode, rip);
        }
    }

    private void tellProbe(final int index, final long first, final long second, final long third) {
        if (pending != null) {
            advance(pending.before(probeAddress[index]));
        }
        for (final MachineObserver observer : probe) {
            observer.probe(cycle, cpu, index, first, second, third);
        }
    }

    private void cutOrFinish(final int retired) {
        if (pending != null) {
            end(retired == RingRecord.ALL_RETIRED ? pending.instructions() : retired);
        }
    }

    private void finish() {
        if (pending != null) {
            end(pending.instructions());
        }
    }

    private void end(final int retired) {
        advance(retired);
        if (retired > 0) {
            for (final MachineObserver observer : block) {
                observer.block(cycle, cpu, pending.id(), pending.address(), pending.offsets()[retired], retired, level);
            }
        }
        pending = null;
    }

    private void advance(final int upTo) {
        final Block running = pending;
        if (instruction.length == 0 && probe.length == 0) {
            if (upTo > told) {
                cycle += running.elapsed()[upTo] - running.elapsed()[told];
                told = upTo;
            }
            return;
        }
        final int[] elapsed = running.elapsed();
        final int[][] probes = probe.length == 0 ? null : running.probes();
        long now = cycle;
        for (int i = told; i < upTo; i++) {
            if (probes != null && probes[i] != null) {
                tellProbesWithoutRegisters(now, probes[i]);
            }
            now += elapsed[i + 1] - elapsed[i];
            for (final MachineObserver observer : instruction) {
                observer.instruction(now, cpu, running.at(i), running.length(i), level);
            }
        }
        cycle = now;
        told = Math.max(told, upTo);
    }

    private void tellProbesWithoutRegisters(final long now, final int[] indices) {
        for (final int index : indices) {
            if (!hasRegisters[index]) {
                for (final MachineObserver observer : probe) {
                    observer.probe(now, cpu, index, 0, 0, 0);
                }
            }
        }
    }
}
