package ringside.emulator.travel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.HostWrite;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.ResetPolicy;
import ringside.emulator.testing.EchoGuest;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.PlausibleGuest;
import ringside.emulator.testing.PlausibleProgram;
import ringside.emulator.testing.RestlessGuest;
import ringside.toolchain.image.GuestImage;

/**
 * Any sequence of moves, edits and typed input leads through the history of a machine that nobody watches. More of
 * them, or other ones: {@code -Dringside.travel.sequences=1000 -Dringside.travel.seed=5}.
 */
class TimelinePropertyTest {
    private static final int SEQUENCES = Integer.getInteger("ringside.travel.sequences", 7);
    private static final int SEED = Integer.getInteger("ringside.travel.seed", 0);
    private static final int MOVES = 14;
    private static final int[] CPUS = {1, 2, 1, 4, 1, 2, 16};

    /** One sequence on one guest. */
    private static final class Journey implements AutoCloseable {
        private final Random random;
        private final int cpus;
        private final MachineConfig config;
        private final GuestImage image;
        private final long steps;
        private final Timeline timeline;
        private final TreeMap<Long, Edit> edits = new TreeMap<>();
        private final List<String> moves = new ArrayList<>();
        private ReferenceHistory reference;
        private long heard = -1;

        private Journey(final int seed) {
            random = new Random(seed);
            cpus = CPUS[seed % CPUS.length];
            steps = cpus == 16 ? 8_000 : 4_000;
            final RestlessGuest.End[] ends = RestlessGuest.End.values();
            image = switch (seed % 4) {
                case 0 -> PlausibleGuest.of(seed, cpus).image();
                case 1 -> cpus == 1 ? EchoGuest.image() : PlausibleGuest.of(seed, cpus).image();
                default -> RestlessGuest.of(seed, cpus, ends[random.nextInt(ends.length)]).image();
            };
            config = MachineConfig.standard().withMemory(8 << 20).withVcpus(cpus).withQuantum(150).withSeed(seed)
                    .withReset(random.nextBoolean() ? ResetPolicy.REBOOT : ResetPolicy.END);
            timeline = Timeline.boot(config, image, 4 << 20, 500 + random.nextInt(3000));
            moves.add("cpus=" + cpus);
        }

        /** {@return the history as it is known now} */
        private ReferenceHistory reference() {
            if (reference == null || heard != timeline.input().bytes()) {
                if (reference != null) {
                    reference.close();
                }
                heard = timeline.input().bytes();
                reference = new ReferenceHistory(config, image, timeline.input(), edits, steps + 200);
            }
            return reference;
        }

        private long here() {
            return timeline.machine().steps();
        }

        private Condition condition() {
            return random.nextBoolean() ? memory()
                    : new CodeReached(timeline.machine().cpu(random.nextInt(cpus)).read(CpuRegister.RIP));
        }

        private void choose(final long from) {
            final int cpu = random.nextInt(cpus);
            final List<Condition> conditions = new ArrayList<>();
            conditions.add(new CodeReached(timeline.machine().cpu(cpu).read(CpuRegister.RIP)));
            conditions.add(condition());
            conditions.add(new StepOf(timeline.machine(), cpu));
            conditions.add(memory());
            Collections.shuffle(conditions, random);
            final long[] ignored = conditions.stream()
                    .mapToLong(each -> random.nextInt(each instanceof StepOf ? 90 : 4)).toArray();
            final long limit = from + 1 + random.nextInt(120);
            moves.add("forward for " + limit + " to some of " + conditions + Arrays.toString(ignored));
            final Choice choice = new Choice(timeline.machine(), conditions, ignored);
            timeline.forward(conditions, limit - from, choice);
            final List<Condition> theirs = conditions.stream().map(each -> each instanceof StepOf
                    ? reference().stepOf(cpu) : each).toList();
            final Choice expected = new Choice(reference().machine(), theirs, ignored);
            assertEquals(reference().forward(from, theirs, limit, expected), here());
            assertEquals(expected.account(), choice.account());
        }

        private MemoryWritten memory() {
            return new MemoryWritten(random.nextBoolean() ? PlausibleProgram.SHARED + random.nextInt(0x400)
                    : Guest.DATA + 0x40, 1 + random.nextInt(8));
        }

        private void move() {
            final long from = here();
            final int cpu = random.nextInt(cpus);
            switch (random.nextInt(15)) {
                case 0, 1 -> {
                    final long there = random.nextLong(steps);
                    moves.add("go " + there);
                    timeline.go(there);
                    assertEquals(reference().floor(there), here());
                }
                case 2 -> {
                    moves.add("next");
                    timeline.next();
                    assertEquals(reference().after(from), here());
                }
                case 3 -> {
                    moves.add("previous");
                    timeline.previous();
                    assertEquals(reference().before(from), here());
                }
                case 4 -> {
                    moves.add("step " + cpu);
                    timeline.step(cpu);
                    final long known = steps + 200;
                    final long expected = reference().forward(from, reference().stepOf(cpu), Long.MAX_VALUE);
                    assertTrue(expected == here() || expected >= known && here() >= known, expected + " " + here());
                }
                case 5 -> {
                    final int times = 1 + random.nextInt(6);
                    moves.add("back " + cpu + " " + times);
                    timeline.back(cpu, times);
                    long there = from;
                    for (int i = 0; i < times; i++) {
                        there = reference().back(there, reference().stepOf(cpu));
                    }
                    assertEquals(there, here());
                }
                case 6 -> {
                    final Condition condition = condition();
                    moves.add("forward to " + condition);
                    final long limit = Math.max(from + 1, steps);
                    timeline.forward(List.of(condition), limit - from);
                    assertEquals(reference().forward(from, condition, limit), here());
                }
                case 7 -> {
                    final Condition condition = condition();
                    moves.add("back to " + condition);
                    timeline.back(List.of(condition));
                    assertEquals(reference().back(from, condition), here());
                }
                case 8 -> {
                    final MemoryWritten condition = memory();
                    moves.add("writer of " + condition);
                    timeline.lastWriter(condition.first(), condition.bytes());
                    assertEquals(reference().back(from, condition), here());
                }
                case 9, 10 -> edit(cpu);
                case 11, 12 -> choose(from);
                case 13 -> stepOften(from, cpu);
                default -> {
                    moves.add("type");
                    timeline.type("xyz".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }

        private void stepOften(final long from, final int cpu) {
            final int times = 1 + random.nextInt(40);
            moves.add("step " + cpu + " " + times);
            timeline.step(cpu, times);
            final List<Condition> each = List.of(reference().stepOf(cpu));
            final long expected = reference().forward(from, each, Long.MAX_VALUE,
                    new Choice(reference().machine(), each, times - 1) {
                        @Override
                        public boolean isWanted(final Sight sight) {
                            return true;
                        }
                    });
            final long known = steps + 200;
            assertTrue(expected == here() || expected >= known && here() >= known, expected + " " + here());
        }

        private void edit(final int cpu) {
            final MemoryWritten memory = memory();
            final byte[] bytes = new byte[memory.bytes()];
            random.nextBytes(bytes);
            final HostWrite write = random.nextBoolean()
                    ? new HostWrite.OfRegister(cpu, CpuRegister.RBX, random.nextLong())
                    : new HostWrite.OfMemory(memory.first(), bytes);
            moves.add("edit " + write);
            final long begin = reference().blockOf(here());
            timeline.edit(write::to);
            edits.tailMap(here(), false).clear();
            edits.merge(here(), new Edit(begin, here(), List.of(write)), (first, next) -> first.and(next.writes()));
            heard = -1;
        }

        private void compare() {
            if (here() > steps) {
                // Behind what the reference knows: over a reset, which takes a million steps, say.
                final long there = random.nextLong(steps);
                moves.add("go back to " + there);
                timeline.go(there);
            }
            final long here = here();
            assertEquals(reference().hash(here), timeline.machine().stateHash(), "state at " + here);
            final byte[] said = reference().said(here);
            assertTrue(timeline.said() >= said.length, "said " + timeline.said() + ", and should " + said.length);
            assertArrayEquals(said, Arrays.copyOf(timeline.said(0), said.length));
            assertTrue(timeline.memory() <= 4 << 20, "memory=" + timeline.memory());
        }

        @Override
        public void close() {
            timeline.close();
            if (reference != null) {
                reference.close();
            }
        }
    }

    @Test
    void anySequenceOfMovesAndEditsLeadsThroughTheHistoryOfAMachineThatNobodyWatches() {
        for (int seed = SEED; seed < SEED + SEQUENCES; seed++) {
            try (Journey journey = new Journey(seed)) {
                try {
                    journey.timeline.go(journey.random.nextLong(journey.steps));
                    for (int i = 0; i < MOVES; i++) {
                        journey.move();
                        journey.compare();
                    }
                } catch (final AssertionError | RuntimeException failed) {
                    throw new AssertionError("seed=" + seed + " " + String.join(", ", journey.moves) + ", at "
                            + journey.here() + ": " + failed.getMessage(), failed);
                }
            }
        }
    }
}
