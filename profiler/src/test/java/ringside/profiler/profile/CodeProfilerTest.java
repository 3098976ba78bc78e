package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.profiler.model.Cause;
import ringside.profiler.model.CauseFeed;
import ringside.toolchain.image.Probe;

class CodeProfilerTest {
    private static final long MAIN = 0x1000;
    private static final long WORK = 0x2000;
    private static final long SWITCH = 0x3000;
    private static final long KERNEL = 0x8000;
    private static final long HANDLER = 0x9000;
    private static final long STACK_A = 0x10_0ff8;
    private static final long STACK_B = 0x20_0ff8;
    private static final long NAME = 0x7000;

    private static final List<Probe> NO_THREADS = List.of(new Probe("phase_entry", KERNEL, List.of()),
        new Probe("other", KERNEL, List.of()));
    private static final List<Probe> THREADS = List.of(new Probe("context_switch", KERNEL, List.of("rdi")),
        new Probe("thread_create", KERNEL, List.of("rdi", "rsi", "rdx")),
        new Probe("space_create", KERNEL, List.of("rdi", "rsi")));

    private final Map<Long, Flow> flows = new HashMap<>();
    private List<Probe> probes = NO_THREADS;
    private Optional<CauseFeed> feed = Optional.empty();
    private CodeProfiler profiler = profiler(CostRows.MOST_ROWS);
    private long cycle = 100;
    private int cpu;
    private int level;

    private CodeProfiler profiler(final int most) {
        final GuestCode code = new GuestCode() {
            @Override
            public String routine(final long address) {
                return switch ((int) (address >>> 12)) {
                    case 1 -> "main";
                    case 2 -> "work";
                    case 3 -> "switch";
                    case 8 -> "kernel";
                    case 9 -> "handler";
                    default -> "";
                };
            }

            @Override
            public Flow flow(final long address) {
                return flows.getOrDefault(address, Flow.NONE);
            }

            @Override
            public String text(final long address) {
                return address == NAME ? "shop" : "";
            }
        };
        return new CodeProfiler(code, probes, true, new long[] {100, 100}, new long[2], feed, most);
    }

    private void run(final long address, final int cost) {
        cycle += cost;
        profiler.instruction(cycle, cpu, address, 4, level);
    }

    private void call(final long address, final long slot) {
        flows.put(address, Flow.CALL);
        profiler.memoryWrite(cycle, cpu, slot, 8, level);
        run(address, 1);
    }

    private void ret(final long address, final long slot) {
        flows.put(address, Flow.RETURN);
        profiler.memoryRead(cycle, cpu, slot, 8, level);
        run(address, 1);
    }

    private void leave(final long address) {
        flows.put(address, Flow.LEAVE);
        run(address, 1);
    }

    private CodeProfile profile() {
        final CodeProfile profile = profiler.profile("unit-1");
        profile.cpus().forEach(time -> assertEquals(0, time.residue()));
        assertEquals(profile.totalCycles(), profile.routines().stream().mapToLong(Share::cycles).sum());
        assertEquals(profile.totalCycles(), profile.tree().orElseThrow().totalCycles());
        assertEquals(profile.totalInstructions(), profile.tree().orElseThrow().totalInstructions());
        assertEquals(profile.totalInstructions(), profile.entries().stream().mapToLong(Share::instructions).sum());
        return profile;
    }

    /** Every chain of the tree with its own cycles, as flame graphs have them. */
    private String chains() {
        final Map<String, Long> all = new TreeMap<>();
        profile().tree().orElseThrow().children().forEach(node -> chain(node, "", all));
        return all.entrySet().stream().map(chain -> chain.getKey() + " " + chain.getValue())
            .collect(Collectors.joining("\n"));
    }

    private static void chain(final CallNode node, final String above, final Map<String, Long> all) {
        final String name = above + node.name();
        if (node.cycles() > 0) {
            all.merge(name, node.cycles(), Long::sum);
        }
        node.children().forEach(child -> chain(child, name + ";", all));
    }

    @Test
    void anInstructionCostsWhatPassedSinceTheEventBefore() {
        run(MAIN, 3);
        run(MAIN, 4);
        run(WORK, 1);

        final InstructionCost first = profile().instructions().getFirst();
        assertEquals(new InstructionCost(MAIN, "main", 0, 0, 0, 2, 7, CauseCycles.NONE), first);
    }

    @Test
    void deliveriesAndWaitsHaveCyclesOfTheirOwn() {
        run(MAIN, 1);
        cycle += 50;
        profiler.idle(cycle, 0);
        cycle += 7;
        profiler.interrupt(cycle, 0, 32, MAIN + 4);
        run(HANDLER, 2);

        final CodeProfile profile = profile();
        assertEquals(new CpuTime(0, 100, 160, 2, 3, 7, 50, 1), profile.cpus().getFirst());
        assertEquals(List.of("[idle] 50", "[interrupt 32] delivery 7", "handler 2", "main 1"),
            profile.routines().stream().map(share -> share.name() + " " + share.cycles()).toList());
    }

    @Test
    void cyclesBeforeAnEventWithoutCostAreTheLatestInstructions() {
        run(MAIN, 1);
        cycle += 40;
        profiler.addressSpace(cycle, 0, 0x7005);
        run(MAIN, 1);

        assertEquals(List.of("0x0 41", "0x7000 1"),
            profile().spaces().stream().map(share -> share.name() + " " + share.cycles()).toList());
    }

    @Test
    void aCallPutsAFrameOnAndItsReturnTakesItOff() {
        run(MAIN, 1);
        call(MAIN + 4, STACK_A);
        run(WORK, 5);
        ret(WORK + 4, STACK_A);
        run(MAIN + 8, 1);

        assertEquals("main 3\nmain;work 6", chains());
    }

    @Test
    void aSwitchOfStacksGoesOnInTheOtherThreadsChain() {
        // Both threads call `switch` from the same place: only the slot says whose return it is.
        call(MAIN, STACK_A);
        call(WORK, STACK_A - 8);
        run(SWITCH, 1);
        ret(SWITCH + 4, STACK_B);        // thread B begins
        run(MAIN + 0x100, 1);
        call(MAIN + 0x104, STACK_B - 0x20);
        call(WORK, STACK_B - 0x28);
        run(SWITCH, 1);
        ret(SWITCH + 4, STACK_A - 8);    // back to thread A, in work
        run(WORK + 4, 10);
        ret(WORK + 8, STACK_A);
        run(MAIN + 4, 100);

        // One chain is of both threads here, for both are called main; what matters is that A's return found its frame.
        assertEquals("main 103\nmain;work 13\nmain;work;switch 4", chains());
    }

    @Test
    void aReturnIntoAThunksTargetIsAJumpFromItsCaller() {
        call(MAIN, STACK_A);
        call(WORK, STACK_A - 8);
        ret(WORK + 8, STACK_A - 8);
        run(SWITCH, 5);
        ret(SWITCH + 4, STACK_A);
        run(MAIN + 4, 1);

        assertEquals("main 2\nmain;switch 6\nmain;work 1\nmain;work;work 1", chains());
    }

    @Test
    void aSystemCallIsAFrameAndItsReturnPopsTheKernelsRest() {
        level = 3;
        run(MAIN, 1);
        run(MAIN + 4, 1);
        profiler.syscall(cycle, 0, MAIN + 4, 7);
        level = 0;
        profiler.probe(cycle, 0, 0, 0, 0, 0);
        call(KERNEL, STACK_A);
        run(WORK, 5);
        leave(WORK + 4);
        level = 3;
        run(MAIN + 6, 1);

        assertEquals("main 3\nmain;[syscall 7];kernel 1\nmain;[syscall 7];kernel;work 6", chains());
        assertEquals(List.of("[syscall 7] 1 7", "[user] 0 3"), profile().tables().entries().stream()
            .map(share -> share.name() + " " + share.count() + " " + share.cycles()).toList());
        assertEquals(List.of(new Share("entry", 0, 3, 7)), profile().tables().phases());
    }

    @Test
    void aKernelThatLeavesToAnotherThreadGoesOnInThatOnesChain() {
        level = 3;
        run(MAIN, 1);
        profiler.syscall(cycle, 0, MAIN, 1);
        level = 0;
        profiler.addressSpace(cycle, 0, 0x5000);
        leave(KERNEL);
        level = 3;
        run(WORK, 1);
        profiler.syscall(cycle, 0, WORK, 2);
        level = 0;
        profiler.addressSpace(cycle, 0, 0);
        leave(KERNEL);
        level = 3;
        run(MAIN + 2, 10);

        assertEquals("main 11\nmain;[syscall 1];kernel 1\nwork 1\nwork;[syscall 2];kernel 1", chains());
    }

    @Test
    void anInterruptInTheKernelReturnsToWhereItFell() {
        call(MAIN, STACK_A);
        run(WORK, 1);
        profiler.interrupt(cycle, 0, 33, WORK + 4);
        run(HANDLER, 3);
        leave(HANDLER + 4);
        run(WORK + 4, 1);
        ret(WORK + 8, STACK_A);
        run(MAIN + 4, 1);

        assertEquals("main 2\nmain;work 3\nmain;work;[interrupt 33];handler 4", chains());
    }

    @Test
    void aPageFaultInAThreadsFirstUserInstructionComesOutOfLevelThree() {
        level = 3;
        run(MAIN, 1);
        profiler.exception(cycle, 0, 14, 4, MAIN + 4);
        level = 0;
        leave(HANDLER);
        profiler.exception(cycle, 0, 14, 4, MAIN + 4);
        leave(HANDLER);
        level = 3;
        run(MAIN + 4, 1);

        assertEquals("main 2\nmain;[#PF];handler 2", chains());
    }

    @Test
    void whatIsTooDeepOrTooManyStillAddsUp() {
        for (int i = 0; i < 2000; i++) {
            call(i % 2 == 0 ? MAIN : WORK, STACK_A - 8L * i);
        }
        assertTrue(profile().tooDeep() > 1000);
    }

    private static String named(final List<Share> shares) {
        return shares.stream().map(share -> share.name() + " " + share.cycles()).collect(Collectors.joining(", "));
    }

    @Test
    void threadsAreThoseThatProbesNameAfterTheirSpaceAndEntry() {
        probes = THREADS;
        profiler = profiler(CostRows.MOST_ROWS);
        run(KERNEL, 2);
        profiler.probe(cycle, 0, 2, 0x5000, NAME, 0);
        profiler.probe(cycle, 0, 1, 0xA0, MAIN, 0x5000);
        profiler.probe(cycle, 0, 1, 0xB0, MAIN, 0x5000);
        profiler.probe(cycle, 0, 0, 0xA0, 0, 0);
        run(KERNEL, 3);
        profiler.addressSpace(cycle, 0, 0x5000);
        profiler.probe(cycle, 0, 0, 0xB0, 0, 0);
        run(KERNEL, 4);
        profiler.probe(cycle, 0, 0, 0xC0, 0, 0);
        run(KERNEL, 5);
        profiler.probe(cycle, 0, 0, 0, 0, 0);
        run(KERNEL, 6);
        cycle += 7;
        profiler.idle(cycle, 0);

        assertEquals("[no thread] 8, [idle] 7, thread 0xc0 5, shop/main@0xb0 4, shop/main 3",
            named(profile().threads()));
        assertEquals("0x5000 shop 15, [idle] 7, 0x0 5", named(profile().spaces()));
    }

    @Test
    void withoutProbesThreadsAreTheStacksThatCallsReturnOn() {
        call(MAIN, STACK_A);
        call(SWITCH, STACK_A - 8);
        run(WORK, 10);
        ret(WORK + 4, STACK_B);
        run(KERNEL, 5);
        call(KERNEL + 8, STACK_B);
        ret(SWITCH + 8, STACK_A - 8);
        run(SWITCH + 12, 20);

        assertEquals("stack 1, from main 33, stack 2, from kernel 7", named(profile().threads()));
    }

    @Test
    void cyclesHaveTheCauseThatTheFeedTellsWithTheirInstruction() {
        feed = Optional.of(new CauseFeed(2));
        profiler = profiler(CostRows.MOST_ROWS);
        feed.get().cost(0, MAIN, 3, Cause.L2);
        run(MAIN, 3);
        feed.get().cost(0, MAIN, 9, Cause.DRAM);
        run(MAIN, 9);
        feed.get().cost(0, MAIN, 4, Cause.L2);
        run(MAIN, 4);
        cycle += 50;
        profiler.interrupt(cycle, 0, 32, MAIN);
        cycle += 100;
        profiler.idle(cycle, 0);

        final CauseCycles main = new CauseCycles(Map.of(Cause.L2, 7L, Cause.DRAM, 9L));
        assertEquals(main, profile().instructions().getFirst().causes());
        assertEquals(Optional.of(Cause.DRAM), main.main());
        assertEquals(main.plus(new CauseCycles(Map.of(Cause.EVENT, 50L, Cause.IDLE, 100L))), profile().causes());
        assertEquals(profile().causes(), profile().entries().stream().map(Share::causes)
            .reduce(CauseCycles.NONE, CauseCycles::plus));
        assertEquals(new CauseCycles(Map.of(Cause.L2, 7L, Cause.DRAM, -1L)),
            main.minus(new CauseCycles(Map.of(Cause.DRAM, 10L))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void allRollUpsAddUpToTheClocksWhateverTheGuestDoes(final int seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final CodeProfiler few = profiler(40);
        final long[] clocks = {100, 100};
        for (int i = 0; i < 20_000; i++) {
            final int on = random.nextInt(2);
            final int kind = random.nextInt(12);
            clocks[on] += random.nextInt(4);
            final long at = (random.nextInt(10) << 12) + random.nextInt(64) * 4L;
            switch (kind) {
                case 0 -> few.syscall(clocks[on], on, at, random.nextInt(5));
                case 1 -> few.exception(clocks[on], on, random.nextInt(32), 0, at);
                case 2 -> few.interrupt(clocks[on], on, 32 + random.nextInt(4), at);
                case 3 -> few.idle(clocks[on], on);
                case 4 -> few.addressSpace(clocks[on], on, random.nextInt(300) * 4096L);
                case 5 -> few.probe(clocks[on], on, 0, 0, 0, 0);
                case 6 -> {
                    if (random.nextInt(100) == 0) {
                        few.reset(clocks[on], on, "test");
                    }
                    clocks[on] += 1;
                    few.instruction(clocks[on], on, at, 4, 0);
                }
                default -> {
                    flows.put(at, Flow.values()[random.nextInt(4)]);
                    few.memoryWrite(clocks[on], on, 8L * random.nextInt(64), 8, 0);
                    few.memoryRead(clocks[on], on, 8L * random.nextInt(64), 8, 0);
                    few.instruction(++clocks[on], on, at, 4, random.nextInt(2) * 3);
                }
            }
        }
        final CodeProfile profile = few.profile("any");
        final long passed = clocks[0] + clocks[1] - 200;
        final Map<Integer, Long> residues = profile.cpus().stream()
            .collect(Collectors.toMap(CpuTime::cpu, CpuTime::residue));
        assertEquals(Map.of(0, 0L, 1, 0L), residues);
        assertEquals(passed, profile.totalCycles());
        assertEquals(passed, profile.routines().stream().mapToLong(Share::cycles).sum());
        for (final List<Share> shares : List.of(profile.spaces(), profile.threads(), profile.entries(),
                profile.phases(), profile.byCpu())) {
            assertEquals(passed, shares.stream().mapToLong(Share::cycles).sum());
        }
        assertEquals(passed, profile.tree().orElseThrow().totalCycles());
        assertEquals(profile.totalInstructions(), profile.tree().orElseThrow().totalInstructions());
        assertEquals(profile.totalInstructions(), profile.entries().stream().mapToLong(Share::instructions).sum());
        assertEquals(profile.totalInstructions(),
            profile.addresses().stream().mapToLong(InstructionCost::executions).sum());
    }
}
