package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.event.Translation;
import ringside.emulator.event.TranslationDrop;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.KernelLayouts;
import ringside.kernel.abi.KernelMemory;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.toolchain.image.GuestImage;

/** All programs of Bantam on a machine that forgets no translation but those that the kernel tells it to forget. */
class SpaceIdentifierTest {
    /** From one look at the machine to the next. */
    private static final Budget SLICE = Budget.steps(173);
    private static final long IDENTIFIER = 0xfff;
    private static final long KEEP = 1L << 63;
    private static final long FRAME = 0x000f_ffff_ffff_f000L;
    private static final long PRESENT = 1;
    private static final long WRITE = 2;
    private static final long LARGE = 0x80;
    private static final long NO_EXECUTE = 1L << 63;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private static GuestImage image;
    private static Tlb tlb;

    /** A TLB without an end: of each space, pages and what the page tables said of them when they were looked up. */
    private static final class Tlb implements MachineObserver {
        private final Map<Long, Map<Long, Long>> spaces = new HashMap<>();
        private final Set<Long> identifiers = new HashSet<>();
        private final MemorySegment ram;
        private long kept;
        private long flushed;
        private long pages;
        private long compared;
        private long reused;

        Tlb(final MemorySegment ram) {
            this.ram = ram;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.TRANSLATION, EventKind.TRANSLATION_DROP, EventKind.PROBE);
        }

        @Override
        public void translation(final long cycle, final int cpu, final Translation translation) {
            if (!translation.global() && translation.page() > 0 && translation.entries().length > 0) {
                final Map<Long, Long> entries =
                        spaces.computeIfAbsent((long) translation.space(), key -> new HashMap<>());
                final long leaf = ram.get(WORD, translation.entries()[translation.entries().length - 1]);
                // Whichever of two translations of a page it uses, both must be right.
                entries.merge(translation.page(), translation.frame() << 12 | leaf & (WRITE | NO_EXECUTE),
                        (before, now) -> (before & FRAME) == (now & FRAME)
                                ? now & NO_EXECUTE & before | (now | before) & ~NO_EXECUTE : before);
            }
        }

        @Override
        public void translationDrop(final long cycle, final int cpu, final TranslationDrop what, final long value) {
            switch (what) {
                case PAGE -> {
                    spaces.values().forEach(entries -> entries.remove(value >> 12));
                    pages++;
                }
                case SPACE -> {
                    spaces.remove(value & IDENTIFIER);
                    flushed++;
                }
                case NONE -> kept++;
                default -> spaces.clear();
            }
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            if (image.probes().get(probe).kind().equals("space_create")) {
                assertTrue(!spaces.containsKey(first & IDENTIFIER), "a new space begins with nothing");
                reused += identifiers.add(first & IDENTIFIER) ? 0 : 1;
            }
        }

        /** User code runs: what the TLB holds of its pages allows no more than the page tables now do. */
        void compare(final long root) {
            spaces.getOrDefault(root & IDENTIFIER, Map.of()).forEach((page, held) -> compare(root, page, held));
        }

        private void compare(final long root, final long page, final long held) {
            long table = root & FRAME;
            long now = 0;
            for (int shift = 39; shift >= 12; shift -= 9) {
                now = ram.get(WORD, table + (page << 12 >>> shift & 0x1ff) * Long.BYTES);
                final boolean last = shift == 12 || shift == 21 && (now & LARGE) != 0;
                if ((now & PRESENT) == 0) {
                    break;
                }
                table = (now & FRAME) + (last ? page << 12 & (1L << shift) - 1 : 0);
                if (last) {
                    break;
                }
            }
            final String text = Long.toHexString(page) + " held " + Long.toHexString(held) + ", is "
                    + Long.toHexString(now);
            assertTrue((now & PRESENT) != 0, text);
            assertEquals(table, held & FRAME, text);
            assertEquals(0, held & WRITE & ~now, text);
            assertEquals(0, now & NO_EXECUTE & ~held, text);
            compared++;
        }
    }

    @BeforeAll
    static void runAll() {
        try (KernelImageBuilder builder = KernelImageBuilder.start()) {
            image = builder.build(new KernelFeatures(FastPath.ASSEMBLY));
        }
        try (Machine machine = Machine.boot(MachineConfig.standard(), image)) {
            tlb = new Tlb(machine.cpu().memory());
            machine.addObserver(tlb);
            RunResult result = machine.run(SLICE);
            while (result instanceof RunResult.BudgetSpent) {
                if (machine.cpu().read(CpuRegister.RIP) >= KernelMemory.USER_BASE) {
                    tlb.compare(machine.cpu().read(CpuRegister.CR3));
                }
                result = machine.run(SLICE);
            }
            assertEquals(new RunResult.Exited(0), result);
        }
    }

    @Test
    void noTranslationThatTheTlbStillHoldsAllowsMoreThanThePageTables() {
        assertTrue(tlb.compared > 10_000, "compared " + tlb.compared);
        assertTrue(tlb.pages > 0, "pages of the space that runs are dropped one by one");
    }

    @Test
    void anIdentifierThatIsUsedAgainIsFlushedFirst() {
        assertTrue(tlb.reused > 10, "identifiers used again: " + tlb.reused);
        assertTrue(tlb.identifiers.size() >= 15, "every process has its own: " + tlb.identifiers);
        assertTrue(!tlb.identifiers.contains(0L), "0 is the kernel's");
    }

    @Test
    void switchesBetweenSpacesKeepTranslations() {
        final long calls = 4L * KernelAbi.BENCH_ROUNDS;
        assertTrue(tlb.kept > calls, "kept " + tlb.kept);
        assertTrue(tlb.flushed < tlb.kept / 4, "flushed " + tlb.flushed + ", kept " + tlb.kept);
    }

    /** More spaces than identifiers: those without one are flushed at each switch, until one is given back. */
    @Test
    void spacesBeyondTheIdentifiersHaveNoneUntilOneIsGivenBack() {
        final int all = 4095;
        final int made = all + 3;
        final Harness kernel = Harness.run(160L << 20, """
                        lea     r12, [rel test_results]
                        mov     r13d, MADE
                .next:
                        xor     edi, edi
                        mov     esi, 0x5000
                        lea     rdx, [rel test_script]
                        call    process_make
                        mov     [r12], rax
                        add     r12, 8
                        dec     r13d
                        jnz     .next
                        mov     rdi, [rel test_results + 8 * 100]
                        mov     rax, [rdi + Process_cr3]
                        mov     [r12], rax
                        call    process_end
                        call    objects_reap
                        xor     edi, edi
                        mov     esi, 0x5000
                        lea     rdx, [rel test_script]
                        call    process_make
                        mov     [r12 + 8], rax
                        jmp     test_done
                """.replace("MADE", Integer.toString(made)), List.of(0L, 0L, 0L, 0L));
        final Set<Long> identifiers = new HashSet<>();
        final int cr3 = KernelLayouts.PROCESS.offset("cr3");
        for (int i = 0; i < made; i++) {
            if (i == 100) {
                continue;
            }
            final long value = kernel.direct(kernel.result(i) + cr3);
            assertEquals(i < all, (value & KEEP) != 0, "process " + i);
            assertEquals(i < all, (value & IDENTIFIER) != 0, "process " + i);
            assertTrue(i >= all || identifiers.add(value & IDENTIFIER), "process " + i);
        }
        final long again = kernel.direct(kernel.result(made + 1) + cr3);
        assertEquals(kernel.result(made) & IDENTIFIER, again & IDENTIFIER);
        assertTrue((again & KEEP) != 0, "it is one that is kept");
    }
}
