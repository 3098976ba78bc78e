package ringside.emulator.engine.unicorn;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.SmpGuest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * What the machine costs, each figure as a ratio to a yardstick measured in the same run, in turns, so that a busy host
 * slows both. Run it with {@code scripts/benchmark}.
 */
class MachineBenchmark {
    private static final int TURNS = 7;
    /** What the guest of the snapshots writes, from there to the end of RAM. */
    private static final long FIRST_PAGE = 0x40_0000;
    private static final int PAGE_SHIFT = 12;
    private static final Budget ENOUGH = Budget.steps(10_000_000_000L);

    /** Nanoseconds of one turn. */
    @FunctionalInterface
    private interface Timed {
        long nanoseconds() throws Throwable;
    }

    private record Pair(double measured, double yardstick) {
    }

    private final List<Executable> limits = new ArrayList<>();

    private static Pair inTurns(final Timed measured, final Timed yardstick) throws Throwable {
        final List<Long> left = new ArrayList<>();
        final List<Long> right = new ArrayList<>();
        for (int turn = 0; turn < TURNS; turn++) {
            left.add(measured.nanoseconds());
            right.add(yardstick.nanoseconds());
        }
        return new Pair(median(left), median(right));
    }

    private static double median(final List<Long> turns) {
        return turns.stream().sorted().toList().get(turns.size() / 2);
    }

    private void row(final String what, final String figure, final String yardstick, final double ratio,
            final boolean atMost, final double limit) {
        System.out.printf(Locale.ROOT, "%-36s%14s%14s%8.2f %s %.2f%n", what, figure, yardstick, ratio,
                atMost ? "<=" : ">=", limit);
        limits.add(() -> assertTrue(atMost ? ratio <= limit : ratio >= limit, what + ": " + ratio));
    }

    private static String nanoseconds(final double value) {
        return String.format(Locale.ROOT, "%.1f ns", value);
    }

    private static String rate(final double perSecond) {
        return String.format(Locale.ROOT, "%.1f M/s", perSecond / 1e6);
    }

    private static void times(final CodeBuilder c, final long count, final Consumer<CodeBuilder> body) {
        final Label again = c.newLabel("again");
        c.mov(Reg64.R15, count);
        c.bind(again);
        body.accept(c);
        c.dec(Reg64.R15);
        c.jcc(Cond.NE, again);
    }

    private static Guest looping(final long count, final Consumer<CodeBuilder> body) {
        return looping(Guest.DATA, count, body);
    }

    private static Guest looping(final long data, final long count, final Consumer<CodeBuilder> body) {
        return new Guest().program(c -> {
            c.mov(Reg64.RDI, data);
            times(c, count, body);
            Guest.exit(c, 0);
        });
    }

    private static void loadAddStore(final CodeBuilder c) {
        c.mov(Reg64.RAX, Mem.at(Reg64.RDI));
        c.add(Reg64.RAX, Reg64.R15);
        c.mov(Mem.at(Reg64.RDI, Long.BYTES), Reg64.RAX);
        c.add(Reg64.RDX, Reg64.RAX);
    }

    private static long run(final Machine machine) {
        final long from = HostTime.ofThisThread();
        assertEquals(new RunResult.Exited(0), machine.run(ENOUGH));
        return HostTime.ofThisThread() - from;
    }

    private static long run(final Guest guest, final MachineConfig config) {
        try (Machine machine = Machine.boot(config, guest.image())) {
            return run(machine);
        }
    }

    /** Hears every instruction and every access, and adds them up. */
    private static final class Everything implements MachineObserver {
        private long sum;

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INSTRUCTION, EventKind.MEMORY_READ, EventKind.MEMORY_WRITE);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            sum++;
        }

        @Override
        public void memoryRead(
                final long cycle, final int cpu, final long address, final int size, final int level) {
            sum++;
        }

        @Override
        public void memoryWrite(
                final long cycle, final int cpu, final long address, final int size, final int level) {
            sum++;
        }
    }

    private void events() throws Throwable {
        final long rounds = 2_000_000;
        final int perRound = 6;
        final Guest guest = looping(rounds, MachineBenchmark::loadAddStore);
        final Pair pair = inTurns(() -> {
            try (Machine machine = Machine.boot(MachineConfig.standard(), guest.image())) {
                final Everything everything = new Everything();
                machine.addObserver(everything);
                final long time = run(machine);
                assertTrue(everything.sum > rounds * (perRound + 2));
                return time;
            }
        }, () -> {
            try (BareUpcalls upcalls = new BareUpcalls();
                    Machine machine = Machine.boot(MachineConfig.standard().withoutCounting(), guest.image())) {
                upcalls.hookEverything(machine);
                final long time = run(machine);
                assertTrue(upcalls.instructions() > rounds * perRound && upcalls.accesses() > rounds * 2);
                return time;
            }
        });
        final double instructions = rounds * perRound * 1e9;
        row("instruction and memory events", rate(instructions / pair.measured),
                rate(instructions / pair.yardstick), pair.yardstick / pair.measured, false, 4);
    }

    private void transitions() throws Throwable {
        final long rounds = 1_000_000;
        final long calls = 10_000_000;
        final int unusedVector = 200;
        final Guest systemCalls = new Guest().handler(unusedVector, CodeBuilder::sysretq).program(c -> {
            final int starMsr = 0xC000_0081;
            final int targetMsr = 0xC000_0082;
            final int maskMsr = 0xC000_0084;
            final int enableMsr = 0xC000_0080;
            Guest.writeMsr(c, starMsr, (long) Guest.STAR_HIGH << Integer.SIZE);
            Guest.writeMsr(c, targetMsr, Guest.handlerAddress(unusedVector));
            Guest.writeMsr(c, maskMsr, 0x200);
            Guest.writeMsr(c, enableMsr, 0x501);
            Guest.enterUser(c, 0x3002);
        }).user(c -> {
            times(c, rounds, body -> body.syscall());
            Guest.exit(c, 0);
        });
        final Guest faults = new Guest().handler(14, c -> {
            c.add(Reg64.RSP, Long.BYTES);
            c.add(Width.QWORD, Mem.at(Reg64.RSP), 3);
            c.iretq();
        }).program(c -> {
            c.mov(Reg64.RDI, 0x7000_0000_0000L);
            times(c, rounds, body -> body.mov(Reg64.RAX, Mem.at(Reg64.RDI)));
            Guest.exit(c, 0);
        });
        final Guest empty = looping(rounds, c -> { });
        try (BareUpcalls upcalls = new BareUpcalls()) {
            final Pair call = inTurns(() -> run(systemCalls, MachineConfig.standard())
                    - run(empty, MachineConfig.standard()), () -> upcalls.emptyUpcalls(calls));
            final Pair fault = inTurns(() -> run(faults, MachineConfig.standard())
                    - run(empty, MachineConfig.standard()), () -> upcalls.emptyUpcalls(calls));
            tellTransition("null system call and return", call, rounds, calls, 8);
            tellTransition("page fault and return", fault, rounds, calls, 60);
        }
    }

    private void tellTransition(
            final String what, final Pair pair, final long rounds, final long calls, final double limit) {
        final double measured = pair.measured / rounds;
        final double yardstick = pair.yardstick / calls;
        row(what, nanoseconds(measured), nanoseconds(yardstick), measured / yardstick, true, limit);
    }

    private void stores(final String what, final long data, final double limit) throws Throwable {
        final long rounds = 10_000_000;
        final int unrolled = 8;
        final Guest loads = looping(data, rounds, c -> {
            for (int i = 0; i < unrolled; i++) {
                c.mov(Reg64.RAX, Mem.at(Reg64.RDI, (long) i * Long.BYTES));
            }
        });
        final Guest stores = looping(data, rounds, c -> {
            for (int i = 0; i < unrolled; i++) {
                c.mov(Mem.at(Reg64.RDI, (long) i * Long.BYTES), Reg64.RAX);
            }
        });
        final Pair pair = inTurns(() -> run(stores, MachineConfig.standard()),
                () -> run(loads, MachineConfig.standard()));
        final double instructions = rounds * (unrolled + 2) * 1e9;
        row(what, rate(instructions / pair.measured), rate(instructions / pair.yardstick),
                pair.measured / pair.yardstick, true, limit);
    }

    /** The same program on four CPUs, each on a page of its own, and with loops four times as long on one. */
    private void cpus() throws Throwable {
        final int cpus = 4;
        final long rounds = 20_000_000;
        final Pair pair = inTurns(() -> perMillion(sharing(cpus, rounds), cpus),
                () -> perMillion(sharing(1, rounds * cpus), 1));
        row("four vCPUs in turns, one alone", rate(1e15 / pair.measured), rate(1e15 / pair.yardstick),
                pair.measured / pair.yardstick, true, 1.15);
    }

    private static Guest sharing(final int cpus, final long rounds) {
        return SmpGuest.of(c -> {
            c.mov(Reg64.RSI, Reg64.RDI);
            c.shl(Reg64.RDI, 12);
            c.add(Reg64.RDI, (int) Guest.DATA);
            times(c, rounds, MachineBenchmark::loadAddStore);
            final Label other = c.newLabel();
            c.lock().inc(Width.DWORD, Mem.absolute(Guest.DATA + 0x800));
            c.test(Reg64.RSI, Reg64.RSI);
            c.jcc(Cond.NE, other);
            SmpGuest.spinUntil(c, Guest.DATA + 0x800, cpus);
            Guest.exit(c, 0);
            c.bind(other);
            c.hlt();
        });
    }

    /** {@return nanoseconds for a million instructions} */
    private static long perMillion(final Guest guest, final int cpus) {
        try (Machine machine = Machine.boot(MachineConfig.standard().withVcpus(cpus), guest.image())) {
            final long time = run(machine);
            return Math.round(time * 1e6 / machine.instructions());
        }
    }

    /** A first snapshot, of all RAM that is not zero; one after a hundredth of it changed; ways back; hashes. */
    private void snapshots() throws Throwable {
        final int pages = (int) (MachineConfig.standard().memory() - FIRST_PAGE >> PAGE_SHIFT);
        snapshotRow("a snapshot of all RAM, a copy", () -> snapshotAfter(pages, false), 3);
        snapshotRow("one after 1 % changed, a copy", () -> snapshotAfter(pages / 100, true), 0.3);
        snapshotRow("restoring all RAM, a copy", () -> restoreAfter(pages), 3);
        snapshotRow("restoring after 1 % changed, a copy", () -> restoreAfter(pages / 100), 0.3);
        snapshotRow("the hash of all RAM, a copy", () -> hashAfter(pages, false), 10);
        snapshotRow("that after 1 % changed, a copy", () -> hashAfter(pages / 100, true), 0.3);
    }

    private void snapshotRow(final String what, final Timed measured, final double limit) throws Throwable {
        final Pair pair = inTurns(measured, MachineBenchmark::copyOfRam);
        row(what, milliseconds(pair.measured), milliseconds(pair.yardstick), pair.measured / pair.yardstick, true,
                limit);
    }

    private static String milliseconds(final double nanoseconds) {
        return String.format(Locale.ROOT, "%.2f ms", nanoseconds / 1e6);
    }

    private static Machine writing(final int pages) {
        return Machine.boot(MachineConfig.standard(), new Guest().program(c -> {
            c.mov(Reg64.RDI, FIRST_PAGE);
            times(c, pages, body -> {
                body.mov(Mem.at(Reg64.RDI), Reg64.RDI);
                body.add(Reg64.RDI, 1 << PAGE_SHIFT);
            });
            Guest.exit(c, 0);
        }).image());
    }

    /** {@return nanoseconds of a snapshot after a guest wrote pages; {@code second} of one after another} */
    private static long snapshotAfter(final int pages, final boolean second) {
        try (Machine machine = writing(pages)) {
            if (second) {
                machine.snapshot();
            }
            machine.run(ENOUGH);
            final long from = HostTime.ofThisThread();
            machine.snapshot();
            return HostTime.ofThisThread() - from;
        }
    }

    /** {@return nanoseconds of going to where a guest had written pages, from before it did} */
    private static long restoreAfter(final int pages) {
        try (Machine machine = writing(pages)) {
            final Snapshot before = machine.snapshot();
            machine.run(ENOUGH);
            final Snapshot after = machine.snapshot();
            machine.restore(before);
            final long from = HostTime.ofThisThread();
            machine.restore(after);
            return HostTime.ofThisThread() - from;
        }
    }

    /** {@return nanoseconds of the hash of a snapshot; {@code second} where one before was hashed} */
    private static long hashAfter(final int pages, final boolean second) {
        try (Machine machine = writing(pages)) {
            if (second) {
                machine.stateHash();
            }
            machine.run(ENOUGH);
            final Snapshot after = machine.snapshot();
            final long from = HostTime.ofThisThread();
            after.hash();
            return HostTime.ofThisThread() - from;
        }
    }

    private static long copyOfRam() {
        try (Arena arena = Arena.ofConfined()) {
            final long bytes = MachineConfig.standard().memory();
            final MemorySegment ram = arena.allocate(bytes).fill((byte) 1);
            final long from = HostTime.ofThisThread();
            arena.allocate(bytes).copyFrom(ram);
            return HostTime.ofThisThread() - from;
        }
    }

    @Test
    void theMachineCostsWhatItMay() throws Throwable {
        System.out.printf("%nMedian of %d turns%n%n%-36s%14s%14s%8s%n", TURNS, "", "measured", "yardstick", "ratio");
        events();
        transitions();
        stores("a loop of stores, of loads", Guest.DATA, 2);
        stores("the same on the code's own page", Guest.CODE + 0x800, 5);
        cpus();
        snapshots();
        System.out.printf("%nYardsticks: events, the same as Java upcalls; transitions, an empty Java upcall; stores,"
                + " loads; vCPUs, one that does the same alone;%nsnapshots and their hashes, a copy of all RAM.%n");
        assertAll(limits);
    }
}
