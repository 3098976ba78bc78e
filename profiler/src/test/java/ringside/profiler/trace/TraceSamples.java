package ringside.profiler.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import ringside.emulator.event.EventKind;
import ringside.emulator.input.InputEntry;

/** Traces of machines that never were. */
final class TraceSamples {
    static final List<String> REGISTERS = List.of("RAX", "RIP");

    private TraceSamples() {
    }

    static TraceHead head(final int cpus, final boolean events) {
        return new TraceHead("0.1.0", 1, "kernel.elf", "ab".repeat(32), "memory=2097152 cpus=" + cpus, "unit-1", 7,
                cpus, 1000, events, List.of("--smp=" + cpus, "--append=a b"), REGISTERS);
    }

    static TraceSymbols symbols() {
        return new TraceSymbols(List.of(new TraceSymbols.Symbol("start", 0x1000, 0x100),
                new TraceSymbols.Symbol("main", 0x2000, 0), new TraceSymbols.Symbol("high", -0x8000, 16)),
                List.of("phase_entry", "phase_exit"));
    }

    static Checkpoint checkpoint(final long steps, final int cpus) {
        final List<long[]> registers = new ArrayList<>();
        for (int i = 0; i < cpus; i++) {
            registers.add(new long[] {steps * 3 + i, 0x1000 + i});
        }
        return new Checkpoint(steps, steps + 5, cpus - 1, String.format("%064x", steps), registers);
    }

    /** Events as a machine could tell them, some of them odd. */
    static List<TraceEvent> events(final int count, final int cpus, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final EventKind[] kinds = EventHearer.streamed().toArray(EventKind[]::new);
        final long[] clocks = new long[cpus];
        final List<TraceEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final int cpu = random.nextInt(8) == 0 ? random.nextInt(cpus) : 0;
            final boolean block = random.nextInt(4) > 0;
            final EventKind kind = block ? EventKind.BLOCK : kinds[random.nextInt(kinds.length)];
            final long address = random.nextInt(20) == 0 ? random.nextLong() : 0x1000 + 16L * random.nextInt(5);
            clocks[cpu] += kind == EventKind.BLOCK && random.nextInt(9) > 0 ? 3 : random.nextInt(3);
            final long value = random.nextBoolean() ? random.nextLong() : random.nextInt(200);
            final TraceEvent event = switch (kind) {
                case BLOCK -> new TraceEvent(kind, clocks[cpu], cpu, random.nextInt(2) * 3, address, 12, 3, 0, "");
                case EXCEPTION -> new TraceEvent(kind, clocks[cpu], cpu, 14, address, value, 0, 0, "");
                case INTERRUPT -> new TraceEvent(kind, clocks[cpu], cpu, 32, address, 0, 0, 0, "");
                case SYSCALL -> new TraceEvent(kind, clocks[cpu], cpu, 0, address, value, 0, 0, "");
                case ADDRESS_SPACE -> new TraceEvent(kind, clocks[cpu], cpu, 0, 0, value, 0, 0, "");
                case PROBE -> new TraceEvent(kind, clocks[cpu], cpu, 1, 0, value, -1, 2, "");
                case DEVICE -> new TraceEvent(kind, clocks[cpu], cpu, 4, address, value, 1, 0, "");
                case CONSOLE_BYTE -> new TraceEvent(kind, clocks[cpu], cpu, 0, 0, 'x', 0, 0, "");
                case RESET -> new TraceEvent(kind, clocks[cpu], cpu, 0, 0, 0, 0, 0, "by port 0x64");
                default -> new TraceEvent(kind, clocks[cpu], cpu, 0, 0, 0, 0, 0, "");
            };
            events.add(event);
        }
        return events;
    }

    /** Writes a trace of two stretches. */
    static void write(final Path file, final int cpus, final List<TraceEvent> events) {
        try (TraceWriter writer = TraceWriter.begin(file, head(cpus, true), symbols())) {
            final EventCounter counter = new EventCounter();
            final int half = events.size() / 2;
            for (int stretch = 0; stretch < 2; stretch++) {
                for (final TraceEvent event : events.subList(stretch * half, (stretch + 1) * half)) {
                    event.tell(counter);
                    event.tell(writer.stream());
                }
                writer.input(List.of(new InputEntry(40 + stretch, true, new byte[] {'h', (byte) stretch}),
                        InputEntry.broken(50, false)).subList(0, 1 + stretch));
                writer.checkpoint(List.of(new Tick(stretch * 1000 + 100, 17), new Tick(stretch * 1000 + 200, -5)),
                        counter.take(), checkpoint((stretch + 1) * 1000, cpus));
            }
            writer.finish(new TraceEnd(true, "the guest exited with code 0"));
        }
    }
}
