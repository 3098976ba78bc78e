package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;

/** The files that a profile is exported to, as other programs read them. */
class ProfileExportTest {
    private static final String PERFETTO_CHECK = """
        import sys
        from google.protobuf.unknown_fields import UnknownFieldSet
        from perfetto.protos.perfetto.trace import perfetto_trace_pb2
        trace = perfetto_trace_pb2.Trace()
        trace.ParseFromString(open(sys.argv[1], "rb").read())
        unknown, depth, last, entries, begun, ended, names = 0, {}, {}, 0, {}, {}, {}
        tracks = [p.track_descriptor for p in trace.packet if p.HasField("track_descriptor")]
        lanes = {t.uuid: t.name for t in tracks if t.HasField("thread")}
        counters = {t.uuid: t.name for t in tracks if t.HasField("counter")}
        values, threads = {}, set()
        for p in trace.packet:
            unknown += len(UnknownFieldSet(p)) + len(UnknownFieldSet(p.track_event))
            names.update((n.iid, n.name) for n in p.interned_data.event_names)
            e = p.track_event
            lane = lanes.get(e.track_uuid, "")
            if e.type in (e.TYPE_SLICE_BEGIN, e.TYPE_SLICE_END):
                depth[lane] = depth.get(lane, 0) + (1 if e.type == e.TYPE_SLICE_BEGIN else -1)
                assert 0 <= depth[lane] <= (1 if "threads" in lane else 2) and p.timestamp >= last.get(lane, 0)
                assert e.type == e.TYPE_SLICE_END or e.name_iid in names
                last[lane] = p.timestamp
                if "threads" in lane and e.type == e.TYPE_SLICE_BEGIN:
                    threads.add(names[e.name_iid])
            begun.update((f, (p.timestamp, lane)) for f in e.flow_ids)
            ended.update((f, (p.timestamp, lane)) for f in e.terminating_flow_ids)
            if e.type == e.TYPE_COUNTER:
                values.setdefault(counters[e.track_uuid], []).append(e.counter_value)
        assert not any(depth.values()) and ended.keys() <= begun.keys()
        assert all(begun[f][0] <= ended[f][0] for f in ended)
        messages = sum("threads" in ended[f][1] and "threads" in begun[f][1] for f in ended)
        print(f"unknown {unknown}, {', '.join(lanes.values())}, arrows {len(ended) - messages}, messages {messages}, "
            + f"end {last.get('CPU 0')}")
        print(*sorted(threads))
        for name in sorted(values):
            print(f"{name}: {len(values[name])} values, most {max(values[name])}, last {values[name][-1]}")
        """;

    @TempDir
    private static Path directory;
    private static long cycles;
    private static long instructions;

    @BeforeAll
    static void exportBantamsProfile() {
        final CommandRun run = export("");
        final String[] totals = run.out().lines().skip(1).findFirst().orElseThrow().split(" ");
        instructions = Long.parseLong(totals[0]);
        cycles = Long.parseLong(totals[2]);
    }

    private static CommandRun export(final String suffix) {
        final CommandRun run = CommandRun.of("profile", "--export", "callgrind=" + file("callgrind", suffix),
            "--export", "pprof=" + file("pprof", suffix), "--export", "speedscope=" + file("speedscope", suffix),
            "--export", "collapsed=" + file("collapsed", suffix), "--export", "svg=" + file("svg", suffix),
            "--export", "perfetto=" + file("perfetto", suffix));
        assertEquals(0, run.code(), run.err());
        return run;
    }

    private static Path file(final String name, final String suffix) {
        return directory.resolve(name + suffix);
    }

    private static String tool(final List<String> command) throws IOException, InterruptedException {
        final boolean there = List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(path -> Files.isExecutable(Path.of(path, command.getFirst())));
        Assumptions.assumeTrue(there, command.getFirst() + " is not on this machine");
        final Path said = Files.createTempFile(directory, "said", "");
        final ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
            .redirectErrorStream(true).redirectOutput(said.toFile());
        final Process process = builder.start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), command.toString());
        final String text = Files.readString(said);
        assertEquals(0, process.exitValue(), text);
        return text;
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        export("-again");
        for (final String name : List.of("callgrind", "pprof", "speedscope", "collapsed", "svg", "perfetto")) {
            assertArrayEquals(Files.readAllBytes(file(name, "")), Files.readAllBytes(file(name, "-again")), name);
        }
    }

    @Test
    void callgrindAnnotateReadsTotalsCallsAndInstructions() throws IOException, InterruptedException {
        final String said = tool(List.of("callgrind_annotate", "--tree=both", "--threshold=100",
            file("callgrind", "").toString()));

        assertTrue(said.contains(String.format(Locale.ROOT, "%,d (100.0%%) %,d (100.0%%)  PROGRAM TOTALS", instructions,
            cycles)), said);
        assertTrue(said.lines().anyMatch(line -> line.matches(".*\\*  ipc/ipc_fast_call\\.asm:ipc_fast_call")), said);
        assertTrue(said.lines().anyMatch(line -> line.matches(".*< .*:\\[syscall 1\\] \\(\\d+x\\).*")), said);
        assertTrue(said.contains("[idle]"), said);
    }

    @Test
    void pprofReadsTotalsAndRoutines() throws IOException, InterruptedException {
        final String said = tool(List.of("go", "tool", "pprof", "-top", "-nodefraction=0", "-nodecount=1000",
            file("pprof", "").toString()));

        assertTrue(said.contains("of " + cycles + "cycles(unit-1) total") && said.contains("Type: cycles"), said);
        assertTrue(said.contains("  ipc_fast_call"), said);
        final String traces = tool(List.of("go", "tool", "pprof", "-traces", "-lines", "-sample_index=instructions",
            file("pprof", "").toString()));
        assertTrue(traces.contains("case.inc:") && traces.contains("[syscall 1]"), traces);
    }

    @Test
    void perfettosSchemaKnowsEveryFieldAndSlicesNest() throws IOException, InterruptedException {
        final String said = perfetto(file("perfetto", ""));

        assertTrue(said.lines().findFirst().orElseThrow().matches("unknown 0, CPU 0, CPU 0, threads, "
            + "arrows [1-9]\\d\\d, messages [1-9]\\d{2,}, end " + cycles), said);
        assertTrue(said.contains(" client/client_main ") && said.contains(" server/server_main"), said);
        assertTrue(said.lines().anyMatch(line -> line.matches("depth: ready .*: \\d+ values, most \\d+, last 0")),
            said);
        assertTrue(said.lines().anyMatch(line -> line.matches("entries into the kernel, CPU 0: [1-9]\\d{2,} values.*")),
            said);
    }

    private static String perfetto(final Path file) throws IOException, InterruptedException {
        tool(List.of("python3", "--version"));
        final Process has = new ProcessBuilder("python3", "-c", "import perfetto.protos.perfetto.trace")
            .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Assumptions.assumeTrue(has.waitFor() == 0, "the Python package perfetto is not on this machine");
        return tool(List.of("python3", "-c", PERFETTO_CHECK, file.toString()));
    }

    @Test
    void aRingsDepthIsACounterWhereverAGuestHasProbesOfIt() throws IOException, InterruptedException {
        final String image = TinyGuests.write(directory.resolve("ring.elf"), code -> {
            code.mov(Reg32.EDI, 0x5000);
            for (int i = 0; i < 3; i++) {
                code.probe("ring_enqueue", Reg64.RDI);
                code.cli();
            }
            code.probe("ring_dequeue", Reg64.RDI);
            code.cli();
            TinyGuests.count(code, 10);
        }).toString();
        assertEquals(0, CommandRun.of("profile", image, "--export", "perfetto=" + file("ring", "")).code());

        final String said = perfetto(file("ring", ""));
        assertTrue(said.contains("\ndepth: ring 0x5000: 4 values, most 3, last 2\n"), said);
        assertFalse(said.contains("threads"), said);
    }

    @Test
    void viewersReadTheCyclesOfEachCause() throws IOException, InterruptedException {
        final CommandRun run = CommandRun.of("profile", "--model=zen4", "--by=cause", "--json",
            "--export", "callgrind=" + file("callgrind", "-zen4"), "--export", "pprof=" + file("pprof", "-zen4"));
        assertEquals(0, run.code(), run.err());
        final JsonTree causes = JsonTree.of(run.out()).at("causes");
        final String said = tool(List.of("callgrind_annotate", "--show=Cycles,CodeMiss,Serial", "--sort=Serial",
            file("callgrind", "-zen4").toString()));
        final String top = tool(List.of("go", "tool", "pprof", "-top", "-sample_index=cycles_code_miss",
            file("pprof", "-zen4").toString()));

        assertTrue(said.contains(String.format(Locale.ROOT, "%,d (100.0%%) %,d (100.0%%)  PROGRAM TOTALS",
            causes.at("code miss").number(), causes.at("serial").number())), said);
        assertTrue(top.contains("of " + causes.at("code miss") + "cycles(zen4-2) total"), top);
    }

    @Test
    void collapsedStacksAddUpToTheClock() throws IOException {
        final List<String> lines = Files.readAllLines(file("collapsed", ""));

        assertEquals(cycles, lines.stream().mapToLong(line ->
            Long.parseLong(line.substring(line.lastIndexOf(' ') + 1))).sum());
        assertTrue(lines.stream().anyMatch(line ->
            line.matches("client_main(;\\w+)*;\\[syscall 1\\];ipc_fast_call \\d+")), lines.toString());
    }

    @Test
    void speedscopesWeightsAddUpAndItsFramesExist() throws IOException {
        long frames = 0;
        long most = -1;
        long weight = 0;
        try (JsonParser json = new JsonFactory().createParser(file("speedscope", "").toFile())) {
            String array = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    array = json.currentName();
                    frames += "name".equals(array) && json.getParsingContext().pathAsPointer().toString()
                        .startsWith("/shared") ? 1 : 0;
                } else if (token == JsonToken.VALUE_NUMBER_INT) {
                    final String at = json.getParsingContext().pathAsPointer().toString();
                    most = at.contains("/samples/") ? Math.max(most, json.getLongValue()) : most;
                    weight += at.startsWith("/profiles/0/weights/") ? json.getLongValue() : 0;
                }
            }
        }
        assertEquals(cycles, weight);
        assertEquals(frames - 1, most);
    }

    @Test
    void anUnknownFormatAndAFileThatCannotBeWrittenAreRefused() {
        final CommandRun unknown = CommandRun.of("profile", "--export", "gif=x");
        assertEquals(2, unknown.code());
        assertTrue(unknown.err().contains("--export: 'gif' is none of callgrind, pprof,"), unknown.err());
        for (final String place : List.of(directory + ": cannot be written: it is a directory",
                directory + "/no/where: cannot be written: no such directory")) {
            assertEquals(new CommandRun(2, "", "ringside: --export=svg=" + place + System.lineSeparator()),
                CommandRun.of("profile", "--export", "svg=" + place.substring(0, place.indexOf(": "))));
        }
    }
}
