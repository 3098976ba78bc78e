package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;
import ringside.emulator.event.TranslationDrop;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.SmpGuest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.ControlRegister;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/** Observers hear what the page tables say of every page that is accessed, and what instructions drop of it. */
class TranslationEventTest {
    private static final long ROOT = 0x50_0000;
    private static final long WINDOW = 1L << 39;
    private static final long FRAME = 0xF_FFFF_FFFF_F000L;
    private static final int GLOBAL = 1 << 8;
    private static final int LARGE = 1 << 7;
    private static final int PGE = 1 << 7;
    private static final int PCIDE = 1 << 17;
    /** One huge page, then behind 1 GiB a large one, then small ones, one of them global, then the upper half. */
    private static final long[] PAGES = {WINDOW + 0x20_1000, WINDOW + (1L << 30) + 0x3000,
        WINDOW + (1L << 30) + 0x20_3000, WINDOW + (1L << 30) + 0x20_4000, -1L << 12};

    /** The guest writes the tables under {@link #ROOT}; what it was started with stays below. */
    private static void tables(final CodeBuilder c) {
        c.mov(Reg64.RSI, ControlRegister.CR3);
        c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
        c.mov(Mem.absolute(ROOT), Reg64.RAX);
        put(c, ROOT, 1, ROOT + 0x1003);
        put(c, ROOT, 511, ROOT + 0x4003);
        put(c, ROOT + 0x1000, 0, 3 | LARGE);
        put(c, ROOT + 0x1000, 1, ROOT + 0x2003);
        put(c, ROOT + 0x2000, 0, 0x20_0003 | LARGE | GLOBAL);
        put(c, ROOT + 0x2000, 1, ROOT + 0x3003);
        put(c, ROOT + 0x3000, 3, Guest.DATA + 3 | GLOBAL);
        put(c, ROOT + 0x3000, 4, Guest.DATA + 0x1003);
        put(c, ROOT + 0x4000, 511, ROOT + 0x5003);
        put(c, ROOT + 0x5000, 511, ROOT + 0x6003);
        put(c, ROOT + 0x6000, 511, Guest.DATA + 0x2003);
    }

    private static void put(final CodeBuilder c, final long table, final int index, final long entry) {
        c.mov(Reg64.RAX, entry);
        c.mov(Mem.absolute(table + (long) index * Long.BYTES), Reg64.RAX);
    }

    private static void control4(final CodeBuilder c, final int set, final int clear) {
        c.mov(Reg64.RAX, ControlRegister.CR4);
        c.or(Reg64.RAX, set);
        c.and(Reg64.RAX, ~clear);
        c.mov(ControlRegister.CR4, Reg64.RAX);
    }

    private static void root(final CodeBuilder c, final long value) {
        c.mov(Reg64.RAX, value);
        c.mov(ControlRegister.CR3, Reg64.RAX);
    }

    private static void touchPages(final CodeBuilder c) {
        for (final long page : PAGES) {
            c.mov(Reg64.RSI, page + 0x18);
            c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
            c.mov(Mem.at(Reg64.RSI, 0x100), Reg64.RAX);
        }
    }

    private static class Listener implements MachineObserver {
        final List<Translation> told = new ArrayList<>();
        final List<String> drops = new ArrayList<>();

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.TRANSLATION, EventKind.TRANSLATION_DROP);
        }

        @Override
        public void translation(final long cycle, final int cpu, final Translation translation) {
            told.add(translation);
        }

        @Override
        public void translationDrop(
                final long cycle, final int cpu, final TranslationDrop what, final long value) {
            drops.add(what + " 0x" + Long.toHexString(value));
        }

        Translation of(final long address) {
            return told.stream().filter(t -> t.page() == address >> 12).reduce((a, b) -> b).orElseThrow();
        }
    }

    /** A walk of the test's own, with the library's, the stubs' and the machine's left out. */
    private static String walk(final MemorySegment ram, final long root, final long virtual) {
        final List<Long> entries = new ArrayList<>();
        long table = root;
        for (int shift = 39; ; shift -= 9) {
            final long at = table + (virtual >>> shift & 511) * Long.BYTES;
            final long entry = ram.get(ValueLayout.JAVA_LONG, at);
            entries.add(at);
            if (shift == 12 || (entry & LARGE) != 0) {
                final long mask = (1L << shift) - 1;
                return ((entry & FRAME & ~mask | virtual & mask) >>> 12) + " of " + (1L << shift)
                        + ((entry & GLOBAL) != 0 ? " global " : " ") + entries;
            }
            table = entry & FRAME;
        }
    }

    private static String words(final Translation t) {
        return t.frame() + " of " + t.size() + (t.global() ? " global " : " ")
                + Arrays.stream(t.entries()).boxed().toList();
    }

    @Test
    void eventTellsExactlyWhatTheTablesHold() {
        final Listener listener = new Listener();
        try (Machine machine = new Guest().program(c -> {
            tables(c);
            root(c, ROOT);
            control4(c, PGE, 0);
            touchPages(c);
            Guest.exit(c, 0);
        }).machine()) {
            machine.addObserver(listener);
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(1000)));
            for (final long page : PAGES) {
                assertEquals(walk(machine.cpu().memory(), ROOT, page), words(listener.of(page)),
                        "page=0x" + Long.toHexString(page));
            }
            assertEquals(walk(machine.cpu().memory(), ROOT, Guest.CODE), words(listener.of(Guest.CODE)));
            assertEquals(List.of(2, 3, 4, 4, 4),
                    Arrays.stream(PAGES).mapToObj(p -> listener.of(p).entries().length).toList());
        }
    }

    @Test
    void entryIsGlobalOnlyWhereTheCpuHeedsThat() {
        final Listener listener = new Listener();
        try (Machine machine = new Guest().program(c -> {
            tables(c);
            root(c, ROOT);
            touchPages(c);
            Guest.exit(c, 0);
        }).machine()) {
            machine.addObserver(listener);
            machine.run(Budget.steps(1000));
            assertTrue(listener.told.stream().noneMatch(Translation::global));
        }
    }

    @Test
    void entriesAreThoseOfTheMomentEvenIfTheyChangeBeforeAnybodyHears() {
        final Listener listener = new Listener();
        try (Machine machine = new Guest().program(c -> {
            tables(c);
            root(c, ROOT);
            c.mov(Reg64.RSI, PAGES[3]);
            c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
            c.mov(Reg64.RDI, ROOT + 0x3020);
            c.mov(Reg64.RAX, Guest.DATA + 0x3003);
            c.mov(Mem.at(Reg64.RDI), Reg64.RAX);
            c.invlpg(Mem.at(Reg64.RSI));
            c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
            Guest.exit(c, 0);
        }).machine()) {
            machine.addObserver(listener);
            machine.run(Budget.steps(1000));
            assertEquals(List.of(Guest.DATA + 0x1000 >> 12, Guest.DATA + 0x3000 >> 12), listener.told.stream()
                    .filter(t -> t.page() == PAGES[3] >> 12).map(Translation::frame).toList());
        }
    }

    @Test
    void dropsAreToldWithWhatTheyAreOf() {
        final Listener listener = new Listener();
        try (Machine machine = new Guest().program(c -> {
            tables(c);
            root(c, ROOT | 1 << 3);
            root(c, ROOT);
            root(c, ROOT);
            control4(c, PCIDE, 0);
            root(c, ROOT | 5);
            root(c, ROOT | 6 | 1L << 63);
            touchPages(c);
            c.mov(Reg64.RSI, WINDOW + 0x1234);
            c.invlpg(Mem.at(Reg64.RSI));
            control4(c, PGE, 0);
            root(c, ROOT);
            control4(c, 0, PCIDE);
            Guest.exit(c, 0);
        }).machine()) {
            machine.addObserver(listener);
            assertEquals(new RunResult.Exited(0), machine.run(Budget.steps(1000)));
            assertEquals(List.of("SPACE 0x500000", "SPACE 0x500000", "SPACE 0x500000", "SPACE 0x500005",
                    "NONE 0x500006", "PAGE 0x8000001234", "ALL 0x0", "SPACE 0x500000", "ALL 0x0"), listener.drops);
            assertEquals(6, listener.of(PAGES[2]).space());
        }
    }

    /** Holds every access and every block against what was told before it. */
    private static final class Follower implements MachineObserver {
        private final Map<Integer, Map<Long, Long>> known = new HashMap<>();
        private final Map<Integer, Map<Long, Long>> before = new HashMap<>();
        private long accesses;
        private long unknown;

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.TRANSLATION, EventKind.TRANSLATION_DROP, EventKind.MEMORY_READ,
                    EventKind.MEMORY_WRITE, EventKind.BLOCK);
        }

        @Override
        public void translation(final long cycle, final int cpu, final Translation translation) {
            known.computeIfAbsent(cpu, _ -> new HashMap<>()).put(translation.page(), translation.frame());
        }

        @Override
        public void translationDrop(
                final long cycle, final int cpu, final TranslationDrop what, final long value) {
            before.put(cpu, known.getOrDefault(cpu, Map.of()));
            known.put(cpu, new HashMap<>());
            if (what == TranslationDrop.PAGE) {
                known.get(cpu).putAll(before.get(cpu));
                known.get(cpu).remove(value >> 12);
            }
        }

        @Override
        public void memoryRead(final long cycle, final int cpu, final long address, final int size, final int level,
                final long page) {
            access(cpu, address, page);
        }

        @Override
        public void memoryWrite(final long cycle, final int cpu, final long address, final int size,
                final int level, final long page) {
            access(cpu, address, page);
        }

        private void access(final int cpu, final long address, final long page) {
            accesses++;
            if (page == UNKNOWN_PAGE) {
                unknown++;
            } else {
                assertEquals(address >>> 12, known.get(cpu).get(page),
                        () -> "cpu=" + cpu + " page=0x" + Long.toHexString(page));
            }
        }

        @Override
        public void block(final long cycle, final int cpu, final int code, final long address, final int size,
                final int instructions, final int level) {
            assertTrue(known.get(cpu).containsKey(address >> 12)
                    || before.getOrDefault(cpu, Map.of()).containsKey(address >> 12),
                    () -> "cpu=" + cpu + " code=0x" + Long.toHexString(address));
        }
    }

    private static Guest busy() {
        return SmpGuest.of(c -> {
            c.mov(Reg32.EBX, 60);
            final Label again = c.here();
            c.mov(Reg64.RAX, ControlRegister.CR3);
            c.mov(ControlRegister.CR3, Reg64.RAX);
            c.mov(Reg32.ECX, 40);
            final Label next = c.here();
            c.mov(Reg32.ESI, Reg32.ECX);
            c.shl(Reg32.ESI, 12);
            c.add(Reg64.RSI, (int) Guest.USER + 0xFFD);
            c.mov(Reg64.RAX, Mem.at(Reg64.RSI));
            c.mov(Mem.at(Reg64.RSI), Reg32.EAX);
            c.push(Reg64.RSI);
            c.pop(Reg64.RDX);
            c.dec(Reg32.ECX);
            c.jcc(Cond.NE, next);
            c.invlpg(Mem.at(Reg64.RSI));
            c.db(0xCD, 0x41);
            c.dec(Reg32.EBX);
            c.jcc(Cond.NE, again);
            c.hlt();
        }).handler(0x41, CodeBuilder::iretq);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyAccessIsOfAPageThatWasToldWhereverOneBegins(final int cpus) {
        final MachineConfig config = MachineConfig.standard().withMemory(8 << 20).withVcpus(cpus).withQuantum(700);
        try (Machine machine = Machine.boot(config, busy().image())) {
            final Follower first = new Follower();
            machine.addObserver(first);
            machine.run(Budget.steps(9001));
            final Follower second = new Follower();
            machine.addObserver(second);
            machine.run(Budget.steps(7003));
            final Snapshot snapshot = machine.snapshot();
            machine.run(Budget.steps(5009));
            machine.restore(snapshot);
            machine.run(Budget.steps(6011));
            assertTrue(first.accesses > 4000 && first.unknown < first.accesses / 10,
                    () -> first.unknown + " of " + first.accesses);
            try (Machine other = Machine.resume(config, busy().image(), snapshot)) {
                final Follower third = new Follower();
                other.addObserver(third);
                other.run(Budget.steps(6011));
                assertTrue(third.accesses > 1000);
                assertEquals(machine.stateHash(), other.stateHash());
            }
        }
    }

    @Test
    void listeningToTranslationsChangesNothing() {
        try (Machine plain = Machine.boot(MachineConfig.standard().withVcpus(2), busy().image());
                Machine heard = Machine.boot(MachineConfig.standard().withVcpus(2), busy().image())) {
            heard.addObserver(new Follower());
            plain.run(Budget.steps(30_000));
            heard.run(Budget.steps(30_000));
            assertEquals(plain.stateHash(), heard.stateHash());
        }
    }
}
