package ringside.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import ringside.console.gate.GateReader;
import ringside.console.gate.GateRun;
import ringside.console.gate.GateVerdict;
import ringside.console.history.PastRun;
import ringside.console.history.Series;
import ringside.console.html.GuestFigures;
import ringside.console.html.GuestRings;
import ringside.console.html.ReportContent;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.claim.ClaimList;
import ringside.fastpath.claim.ClaimReport;
import ringside.fastpath.claim.RowVerdict;
import ringside.fastpath.view.RingHistory;
import ringside.profiler.export.ProfiledGuest;
import ringside.profiler.gate.Comparison;
import ringside.profiler.gate.GatePolicy;
import ringside.profiler.gate.GateStep;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.gate.Measurements;
import ringside.profiler.profile.Distribution;
import ringside.profiler.profile.SwitchGroup;
import ringside.profiler.profile.SwitchPart;
import ringside.toolchain.image.GuestImage;

/** A report with something on every page, and a hostile text wherever one may come from outside. */
final class SampleHtml {
    /** A text that wants to be a program. */
    static final String HOSTILE = "</title></style></script><script>document.title='owned'</script>"
        + "<img src=x onerror=alert(1)>\"'`{{title}}{{{title}}}\u202e\u0000";

    private SampleHtml() {
    }

    static ReportContent content(final Path directory, final int paths) throws IOException {
        TinyGuests.write(directory.resolve("kernel.elf"), code -> {
            code.global("path_start");
            TinyGuests.count(code, 1_000);
        });
        final Path file = Files.writeString(directory.resolve("gate.toml"), """
            title = 'A gate <script>document.title="owned"</script>'
            models = ["zen4"]
            [[image]]
            name = "tiny"
            file = "kernel.elf"
            [[image.path]]
            name = "path"
            from = "path_start"
            to = "path_start"
            """);
        final Measurements before = measured(paths, false);
        final Measurements after = measured(paths, true);
        final GateVerdict verdict = new GateVerdict(GateReader.read(file), new GateRun(after, List.of(),
            List.of(new GateRun.ScriptOutcome(HOSTILE, false, HOSTILE))), "gate.json " + HOSTILE,
            Comparison.of(before, after, GatePolicy.STRICT));
        return new ReportContent("Paths " + HOSTILE, "0.1.0", List.of(new ReportContent.Gate(verdict,
            PastRun.of(verdict, "cd".repeat(20) + "-dirty", "", "0.1.0"), past(),
            List.of(guest(directory)), List.of(rings()))), Optional.of(claims()));
    }

    private static Measurements measured(final int paths, final boolean after) {
        final SortedMap<String, MeasuredPath> all = new TreeMap<>();
        for (int i = 0; i < paths; i++) {
            final boolean slower = after && i % 5 == 1;
            final List<GateStep> steps = new ArrayList<>();
            for (int j = 0; j < 40; j++) {
                steps.add(new GateStep(j < 20 ? "syscall_entry" : HOSTILE, "mov rax, qword ptr [rdi + " + j + "]",
                    "ipc/fast.asm", after ? 10 + j : 0, 1, "dependency"));
            }
            if (slower) {
                steps.add(7, new GateStep("syscall_entry", "nop " + HOSTILE, HOSTILE, 17, 3, HOSTILE));
            }
            final String name = i == 0 ? "tiny/" + HOSTILE : "tiny/path-" + i;
            all.put(name, new MeasuredPath(name, new TreeMap<>(Map.of(
                "instructions", 40L + (slower ? 1 : 0), "settled.zen4", 90L + (slower ? 3 : after && i == 2 ? -4 : 0),
                "counter." + HOSTILE, 1L)),
                new TreeMap<>(Map.of("zen4.dependency", 40L, "zen4." + HOSTILE, slower ? 3L : 1L)), List.of(), steps));
        }
        return new Measurements(new TreeMap<>(Map.of("zen4", after ? "zen4-2" : "zen4-1 " + HOSTILE)), all);
    }

    private static List<PastRun> past() {
        final List<PastRun> runs = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            final SortedMap<Series, Long> numbers = new TreeMap<>();
            for (int j = 0; j < 8; j++) {
                numbers.put(new Series("tiny/path-" + j, "instructions"), 40L + (j % 2 == 0 && i > 12 + j ? 1 : 0));
            }
            numbers.put(new Series("tiny/" + HOSTILE, "settled.zen4"), 90L + i % 3);
            runs.add(new PastRun(i, "gate.toml", "A gate", i == 30 ? HOSTILE
                : "%08x%032x".formatted(i * 123_456_789, i),
                i == 30 ? HOSTILE : "", "0.1.0", i % 7 == 0, new TreeMap<>(Map.of("zen4", "zen4-2")), List.of(),
                numbers));
        }
        return runs;
    }

    private static GuestFigures guest(final Path directory) {
        final GuestImage image = GuestImage.read(directory.resolve("kernel.elf"));
        final ProfiledRun run = ProfiledRun.of(MachineConfig.standard(), image, Optional.empty(), 1_000_000, true,
            false, Optional.empty());
        final List<SwitchGroup.Part> parts = Arrays.stream(SwitchPart.values()).map(part -> new SwitchGroup.Part(part,
            10, Distribution.of(3 + part.ordinal(), 9), new TreeMap<>())).toList();
        return new GuestFigures("tiny " + HOSTILE, run.profile(), new ProfiledGuest(HOSTILE, "ab".repeat(32), "0.1.0",
            address -> image.lines().at(address)), List.of(new SwitchGroup(0, "[syscall " + HOSTILE + "]", false,
            Distribution.of(52, 72), parts)));
    }

    private static GuestRings rings() {
        final SequencedMap<RingHistory.Life, List<RingHistory.Event>> rings = new LinkedHashMap<>();
        for (int ring = 1; ring <= 2; ring++) {
            final List<RingHistory.Event> events = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                events.add(new RingHistory.Event(i % 11 == 10 ? RingHistory.Act.WAITS : i / 16 % 2 == 0
                    ? RingHistory.Act.PUT : RingHistory.Act.TAKEN, 1_000L + i * i / 100, 0, 0x1000 + i % 2, 0, 0, 0, i,
                    i / 16 % 2 == 0 ? i % 16 : 15 - i % 16));
            }
            rings.put(new RingHistory.Life(0xbf9e00, ring), events);
        }
        return new GuestRings("tiny " + HOSTILE, rings);
    }

    private static ClaimReport claims() {
        return new ClaimReport(ClaimList.shipped().rows().stream().map(claim -> new ClaimReport.Row(claim,
            claim.undecidable().isPresent() ? RowVerdict.NOT_MEASURABLE_HERE : RowVerdict.NO_EXPERIMENT, List.of(),
            List.of())).toList(), List.of(new ClaimReport.Experiment(HOSTILE, HOSTILE, 1, 1, Optional.of(HOSTILE))),
            List.of());
    }
}
