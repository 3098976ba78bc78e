package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.platform.PcLayout;

/** Bantam on several CPUs: what its programs say is what they say on one, whoever gets which turn. */
class BantamSmpTest {
    /** A CPU that waits for the lock for ever, because others take it again and again, would spend far more. */
    private static final Budget BUDGET = Budget.steps(300_000_000);
    private static final int CPUS = 4;
    private static final Pattern COUNT = Pattern.compile("instructions \\d+");

    private static final Map<Variant, GuestImage> IMAGES = new EnumMap<>(Variant.class);
    private static final Map<Variant, String> ON_ONE = new EnumMap<>(Variant.class);

    @BeforeAll
    static void runWithoutSmp() {
        try (BantamImages images = BantamImages.open()) {
            for (final Variant variant : Variant.values()) {
                IMAGES.put(variant, images.build(variant, true));
                ON_ONE.put(variant, run(MachineConfig.standard(), images.build(variant), null));
            }
        }
    }

    private static String run(final MachineConfig config, final GuestImage image, final MachineObserver observer) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        try (Machine machine = Machine.boot(config.withSerial(serial::write), image)) {
            if (observer != null) {
                machine.addObserver(observer);
            }
            assertEquals(new RunResult.Exited(0), machine.run(BUDGET),
                    () -> serial.toString(StandardCharsets.ISO_8859_1));
        }
        return COUNT.matcher(serial.toString(StandardCharsets.ISO_8859_1)).replaceAll("instructions N");
    }

    @ParameterizedTest
    @CsvSource({"FAST_ASM, 1, 0, 20000", "FAST_ASM, 2, 0, 20000", "FAST_ASM, 2, 7, 97", "FAST_ASM, 3, 3, 1009",
        "FAST_ASM, 4, 1, 20000", "FAST_ASM, 16, 5, 20000", "FAST_GENERATED, 1, 0, 20000",
        "FAST_GENERATED, 4, 2, 5003", "SLOW, 2, 0, 20000", "SLOW, 4, 9, 3001",
        "FAST_ASM, 16, 2, 5003"})
    void programsSayTheSameOnAnyNumberOfCpus(
            final Variant variant, final int cpus, final long seed, final long quantum) {
        final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withSeed(seed).withQuantum(quantum);
        assertEquals(ON_ONE.get(variant), run(config, IMAGES.get(variant), null));
    }

    /** Which kinds of probes were passed, and on which CPUs threads ran. */
    private static final class Marks implements MachineObserver {
        private final GuestImage image;
        private final Set<String> kinds = new TreeSet<>();
        private final Set<Integer> cpus = new TreeSet<>();

        Marks(final GuestImage image) {
            this.image = image;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE);
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            final String kind = image.probes().get(probe).kind();
            kinds.add(kind);
            if (kind.equals("context_switch") && first != 0) {
                cpus.add(cpu);
            }
        }
    }

    @Test
    void threadsRunOnEveryCpuAndMarksTellOfTheLockAndOfRequests() {
        final GuestImage image = IMAGES.get(Variant.FAST_ASM);
        final Marks marks = new Marks(image);
        run(MachineConfig.standard().withVcpus(4), image, marks);
        assertEquals(Set.of(0, 1, 2, 3), marks.cpus);
        assertTrue(marks.kinds.containsAll(
                Set.of("lock_acquire", "lock_contend", "lock_release", "cpu_tell", "cpu_request")), () ->
                marks.kinds.toString());
    }

    /** What each CPU's timer does wherever a CPU leaves the kernel, to a thread or to HLT. */
    private static final class Ticks implements MachineObserver {
        private static final long INITIAL_COUNT = PcLayout.LAPIC_BASE + 0x380;
        private final GuestImage image;
        private final boolean[] busy = new boolean[CPUS];
        private final boolean[] ticks = new boolean[CPUS];
        /** What was not as it should be, and the cycle at which that was first seen. */
        private final Map<String, Long> wrong = new TreeMap<>();
        private int sleepers;
        private int stops;

        Ticks(final GuestImage image) {
            this.image = image;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.PROBE, EventKind.DEVICE);
        }

        @Override
        public void device(final long cycle, final int cpu, final long address, final int size, final long value,
                final boolean write) {
            if (write && address == INITIAL_COUNT) {
                stops += ticks[cpu] && value == 0 ? 1 : 0;
                ticks[cpu] = value != 0;
            }
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            switch (image.probes().get(probe).kind()) {
                case "context_switch" -> busy[cpu] = first != 0;
                case "timer_begin" -> sleepers++;
                case "timer_end" -> sleepers--;
                case "lock_release" -> look(cycle, cpu);
                default -> { }
            }
        }

        private void look(final long cycle, final int cpu) {
            if (busy[cpu] && !ticks[cpu]) {
                wrong.putIfAbsent("CPU " + cpu + " runs a thread without a tick", cycle);
            }
            if (cpu != 0 && !busy[cpu] && ticks[cpu]) {
                wrong.putIfAbsent("CPU " + cpu + " idles with a tick", cycle);
            }
            if (cpu == 0 && !ticks[0] && (sleepers != 0 || busy[1] || busy[2] || busy[3])) {
                wrong.putIfAbsent("nobody counts time", cycle);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 20000", "6, 1009"})
    void aCpuThatIdlesHasNoTickAndOneThatRunsAThreadHas(final long seed, final long quantum) {
        final GuestImage image = IMAGES.get(Variant.FAST_ASM);
        final Ticks ticks = new Ticks(image);
        run(MachineConfig.standard().withVcpus(CPUS).withSeed(seed).withQuantum(quantum), image, ticks);
        assertEquals(Map.of(), ticks.wrong);
        assertTrue(ticks.stops > CPUS, () -> ticks.stops + " stops");
    }

    @ParameterizedTest
    @CsvSource({"shell, 1, 1", "shell, 1, 2", "shell, 1, 4", "ninep, 2, 1", "ninep, 2, 4"})
    void whereOnlyADeviceCanWakeAnybodyAllCpusHaltWithoutATick(
            final String program, final int port, final int cpus) {
        final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withCommandLine(program);
        try (Machine machine = Machine.boot(config, IMAGES.get(Variant.FAST_ASM))) {
            assertInstanceOf(RunResult.Halted.class, machine.run(BUDGET));
            assertEquals(port, machine.awaitedPort());
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 20000", "4, 3, 1009", "16, 5, 97"})
    void aByteWakesCpusThatAllHaltedWithoutATick(final int cpus, final long seed, final long quantum) {
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final ByteArrayInputStream typed = new ByteArrayInputStream("echo one\necho two\nexit\n".getBytes(
                StandardCharsets.ISO_8859_1));
        final MachineConfig config = MachineConfig.standard().withVcpus(cpus).withSeed(seed).withQuantum(quantum)
                .withSerial(serial::write).withCommandLine("shell")
                .withInput((cycle, idle) -> idle ? typed.read() : InputSource.NOTHING);
        try (Machine machine = Machine.boot(config, IMAGES.get(Variant.FAST_ASM))) {
            assertEquals(new RunResult.Exited(0), machine.run(BUDGET));
        }
        final String said = serial.toString(StandardCharsets.ISO_8859_1);
        assertTrue(said.endsWith("> echo one\none\n> echo two\ntwo\n> exit\nbantam: done\n"), said);
    }
}
