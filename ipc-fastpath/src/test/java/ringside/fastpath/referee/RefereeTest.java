package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.fastpath.codegen.FastPaths;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/** QEMU runs the very same file and has the last word on what it prints and how many instructions it takes. */
class RefereeTest {
    private static final Budget BUDGET = Budget.steps(500_000_000);
    /** RDTSC, SHL, OR and SUB lie between the second reading of the clock and the mark behind it. */
    private static final int AFTER_THE_SECOND_READING = 4;
    private static final Pattern COUNT = Pattern.compile("instructions (\\d+)");

    private static final Map<FastPath, GuestImage> IMAGES = new EnumMap<>(FastPath.class);

    @TempDir
    private Path directory;

    @BeforeAll
    static void buildTheImages() {
        try (KernelImageBuilder builder = KernelImageBuilder.start(Ticks.seldom())) {
            for (final FastPath path : FastPath.values()) {
                IMAGES.put(path, builder.build(new KernelFeatures(path),
                        path == FastPath.GENERATED ? FastPaths.generate() : List.of()));
            }
        }
    }

    /** Counts what retires between bench_begin and bench_end. */
    private static final class BetweenMarks implements MachineObserver {
        private final List<Probe> probes;
        private final List<Long> counts = new ArrayList<>();
        private long instructions;
        private long began;

        BetweenMarks(final List<Probe> probes) {
            this.probes = probes;
        }

        @Override
        public Set<EventKind> interests() {
            return EnumSet.of(EventKind.INSTRUCTION, EventKind.PROBE);
        }

        @Override
        public void instruction(
                final long cycle, final int cpu, final long address, final int length, final int level) {
            instructions++;
        }

        @Override
        public void probe(final long cycle, final int cpu, final int probe, final long first, final long second,
                final long third) {
            switch (probes.get(probe).kind()) {
                case "bench_begin" -> began = instructions;
                case "bench_end" -> counts.add(instructions - began);
                default -> { }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FastPath.class)
    void sameFilePrintsTheSameBytesAndTakesTheSameInstructionsInQemu(final FastPath path) throws Exception {
        Tool.assumePresent(QemuCommand.PROGRAM);
        final GuestImage image = IMAGES.get(path);
        final Path file = directory.resolve(path + ".elf");
        Files.write(file, image.bytes());
        final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        final BetweenMarks marks = new BetweenMarks(image.probes());
        try (Machine machine = Machine.boot(MachineConfig.standard().withSerial(serial::write), image)) {
            machine.addObserver(marks);
            assertEquals(new RunResult.Exited(0), machine.run(BUDGET));
        }
        final String referee = Qemu.boot(file, QemuCommand.EXIT_GOOD);
        assertEquals(referee, serial.toString(StandardCharsets.ISO_8859_1));

        // The guest prints differences of the time-stamp counter, which counts instructions in QEMU too.
        final List<Long> printed = new ArrayList<>();
        final Matcher matcher = COUNT.matcher(referee);
        while (matcher.find()) {
            printed.add(Long.parseLong(matcher.group(1)));
        }
        assertEquals(6, printed.size(), referee);
        // The last experiment's count hangs on who else is ready, and is not said.
        assertEquals(printed.size() + 1, marks.counts.size());
        for (int i = 0; i < printed.size(); i++) {
            assertEquals(printed.get(i) + AFTER_THE_SECOND_READING, marks.counts.get(i), "experiment " + i);
        }
    }
}
