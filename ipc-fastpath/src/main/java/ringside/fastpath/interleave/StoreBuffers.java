package ringside.fastpath.interleave;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.RunResult;
import ringside.toolchain.image.ImageSegment;

/**
 * The stores of each CPU that the others have not seen. The machine has none of its own: while a CPU runs, memory is as
 * that CPU sees it, and between turns as all others do.
 *
 * <p>Stores by an operand wait; those of CALL and PUSH reach memory at once, unless one to the same place waits. What
 * orders stores lets all of the CPU's reach the others before it.
 */
final class StoreBuffers implements MachineObserver {
    private final Machine machine;
    private final CodeFacts facts;
    private final ActorHistory history;
    private final long base;
    private final byte[] start;
    private final byte[] shared;
    private final List<Deque<Store>> waiting = new ArrayList<>();
    private final List<Store> places = new ArrayList<>();

    /** Bytes that are stored at an address. */
    private record Store(long address, byte[] bytes) {
        boolean overlaps(final Store other) {
            return address < other.address + other.bytes.length && other.address < address + bytes.length;
        }
    }

    /** Follows stores into the last segment of the machine's image, which is its data. */
    StoreBuffers(final Machine machine, final CodeFacts facts, final ActorHistory history) {
        this.history = history;
        this.machine = machine;
        this.facts = facts;
        final ImageSegment data = machine.image().segments().getLast();
        base = data.virtual();
        start = read(base, (int) data.memorySize());
        shared = start.clone();
        for (int cpu = 0; cpu < machine.config().vcpus(); cpu++) {
            waiting.add(new ArrayDeque<>());
        }
    }

    void clear() {
        System.arraycopy(start, 0, shared, 0, start.length);
        waiting.forEach(Deque::clear);
    }

    /** {@return how many stores of a CPU wait} */
    int waiting(final int cpu) {
        return waiting.get(cpu).size();
    }

    /** Runs a CPU for so many instructions, then lets so many of its stores reach the others. */
    RunResult run(final int cpu, final int instructions, final int drained, final boolean toTheEnd) {
        waiting.get(cpu).forEach(store -> machine.write(store.address, store.bytes));
        RunResult result = new RunResult.BudgetSpent(machine.cpu(cpu).read(CpuRegister.RIP));
        for (int i = 0; i < instructions && result instanceof RunResult.BudgetSpent; i++) {
            result = step(cpu);
        }
        drain(cpu, toTheEnd || !(result instanceof RunResult.BudgetSpent) ? Integer.MAX_VALUE : drained);
        for (final Store store : waiting.get(cpu)) {
            final int place = (int) (store.address - base);
            machine.write(store.address, Arrays.copyOfRange(shared, place, place + store.bytes.length));
        }
        return result;
    }

    private RunResult step(final int cpu) {
        final CodeFacts.Fact fact = facts.at(machine.cpu(cpu).read(CpuRegister.RIP));
        if (fact.orders()) {
            drain(cpu, Integer.MAX_VALUE);
        }
        places.clear();
        final RunResult result = machine.runOnly(cpu, Budget.steps(1));
        for (final Store place : places) {
            final Store store = new Store(place.address, read(place.address, place.bytes.length));
            if (fact.stores() && !fact.orders() || waiting.get(cpu).stream().anyMatch(store::overlaps)) {
                waiting.get(cpu).add(store);
                history.issued(cpu);
            } else {
                share(store);
            }
        }
        return result;
    }

    private void drain(final int cpu, final int most) {
        for (int i = 0; i < most && !waiting.get(cpu).isEmpty(); i++) {
            share(waiting.get(cpu).remove());
            history.seen(cpu);
        }
    }

    private void share(final Store store) {
        System.arraycopy(store.bytes, 0, shared, (int) (store.address - base), store.bytes.length);
    }

    private byte[] read(final long address, final int length) {
        final byte[] bytes = new byte[length];
        MemorySegment.copy(machine.cpu().memory(), ValueLayout.JAVA_BYTE, address, bytes, 0, length);
        return bytes;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.MEMORY_WRITE);
    }

    @Override
    public void memoryWrite(final long cycle, final int cpu, final long address, final int size, final int level) {
        if (address >= base && address + size <= base + shared.length) {
            places.add(new Store(address, new byte[size]));
        }
    }
}
