package ringside.profiler.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;

/** What recording a run costs, as a ratio to the run without it. Run it with {@code scripts/benchmark}. */
class RecordBenchmark {
    private static final long STEPS = Long.getLong("ringside.record.steps", 200_000_000L);
    private static final int TURNS = 11;
    private static final long LOAD = 0x10_0000;
    private static final long ARRAY = 0x40_0000;
    private static final int WORDS = 1 << 17;
    private static final double LIMIT = 2.5;

    /** Reads, adds and writes through a megabyte, for ever. */
    private static GuestImage image() {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        code.mov(Reg64.RDI, ARRAY);
        code.xor(Reg32.ECX, Reg32.ECX);
        final Label again = code.here();
        code.mov(Reg64.RAX, Mem.at(Reg64.RDI, Reg64.RCX, Long.BYTES, 0));
        code.add(Reg64.RAX, Reg64.RCX);
        code.mov(Mem.at(Reg64.RDI, Reg64.RCX, Long.BYTES, 0), Reg64.RAX);
        code.add(Reg64.RDX, Reg64.RAX);
        code.add(Reg64.RCX, 2);
        code.and(Reg64.RCX, WORDS - 1);
        code.jmp(again);
        return GuestImage.parse("loop", Linker.link(new LinkPlan(
                List.of(new Segment("program", LOAD, LOAD, Access.READ_EXECUTE, List.of(".text"))), "start", null),
                List.of(code.build("loop"))));
    }

    private static long plain() {
        try (Machine machine = Machine.boot(MachineConfig.standard(), image())) {
            final long from = System.nanoTime();
            machine.run(Budget.steps(STEPS));
            return System.nanoTime() - from;
        }
    }

    private static long recorded(final Path file) {
        final InputRecorder input = new InputRecorder(InputSource.NONE);
        final Recording.Plan plan = new Recording.Plan("benchmark", Optional.empty(), List.of(), Recording.INTERVAL,
                false);
        try (Machine machine = Machine.boot(MachineConfig.standard().withInput(input), image());
                Recording recording = Recording.begin(machine, input, file, plan)) {
            final long from = System.nanoTime();
            recording.run(STEPS, () -> true);
            return System.nanoTime() - from;
        }
    }

    @Test
    void recordingCostsWhatItMay(@TempDir final Path folder) {
        final List<Long> without = new ArrayList<>();
        final List<Long> with = new ArrayList<>();
        recorded(folder.resolve("first.trace"));
        for (int turn = 0; turn < TURNS; turn++) {
            without.add(plain());
            with.add(recorded(folder.resolve(turn + ".trace")));
        }
        // Of several, the least is what other programs on the host added least to.
        final double ratio = (double) with.stream().mapToLong(each -> each).min().orElseThrow()
                / without.stream().mapToLong(each -> each).min().orElseThrow();
        System.out.printf(Locale.ROOT, "%nrecord over run, a state hash each %d M steps: %.2f <= %.2f%n",
                Recording.INTERVAL / 1_000_000, ratio, LIMIT);
        assertTrue(ratio <= LIMIT, "ratio=" + ratio);
    }
}
