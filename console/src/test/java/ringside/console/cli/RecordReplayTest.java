package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.timing.TimingModel;
import ringside.emulator.timing.UnitModel;
import ringside.emulator.travel.CodeReached;
import ringside.emulator.travel.Timeline;
import ringside.profiler.replay.Divergence;
import ringside.profiler.replay.Recording;
import ringside.profiler.replay.Replay;
import ringside.profiler.trace.Trace;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.image.GuestImage;

/** What {@code record} writes and {@code replay} and {@code trace} make of it. */
class RecordReplayTest {
    @TempDir
    private Path directory;

    private static CommandRun typing(final String text, final String... arguments) {
        return CommandRun.typing(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)), arguments);
    }

    private String file(final String name) {
        return directory.resolve(name).toString();
    }

    private String count(final String name, final int rounds) throws IOException {
        return TinyGuests.write(directory.resolve(name), code -> TinyGuests.count(code, rounds)).toString();
    }

    /** A guest that counts, prints a word, and counts. */
    private String words(final String name, final String word) throws IOException {
        return TinyGuests.write(directory.resolve(name), code -> {
            code.mov(Reg32.ECX, 3000);
            final Label again = code.here();
            code.dec(Reg32.ECX);
            code.jcc(Cond.NE, again);
            TinyGuests.print(code, word);
            TinyGuests.count(code, 3000);
        }).toString();
    }

    private static void assertCode(final int code, final CommandRun run) {
        assertEquals(code, run.code(), run.err() + run.out());
    }

    @Test
    void aRecordingOfBantamAndWhatWasTypedRunsAgainFromItsFileAlone() throws IOException {
        final CommandRun recorded = typing("echo hello\nexit\n", "record", "--append=shell", "--memory=32M",
            "--smp=2", "--seed=5", "--checkpoint=200000", "-o", file("shell.trace"));
        assertCode(0, recorded);
        assertTrue(recorded.out().contains("hello"), recorded.out());
        assertTrue(recorded.err().matches("(?s)ringside: .*shell.trace: \\d+ steps in \\d+ bytes\\R"), recorded.err());

        final CommandRun replayed = CommandRun.of("replay", file("shell.trace"));
        assertCode(0, replayed);
        assertTrue(replayed.out().matches("(?s)equal: \\d+ steps, \\d+ state hashes\n"
            + "  end    the guest exited with code 0\n  state  [0-9a-f]{64}\n"), replayed.out());
        final JsonTree json = JsonTree.of(CommandRun.of("replay", file("shell.trace"), "--json").out());
        assertEquals("true", json.at("equal").toString(), json.toString());

        final String shown = CommandRun.of("trace", "show", file("shell.trace")).out();
        assertTrue(shown.contains("image     Bantam\n") && shown.contains("cpus=2") && shown.contains("seed=5")
            && shown.contains("options   --append=shell --memory=32M --smp=2 --seed=5\n")
            && shown.contains("input     16 bytes"), shown);
    }

    @Test
    void theSameInputGivesTheSameTraceAndNoDifference() throws IOException {
        for (final String name : List.of("one", "other")) {
            assertCode(0, typing("echo x\nexit\n", "record", "--append=shell", "--events", "-o", file(name)));
        }
        assertArrayEquals(Files.readAllBytes(directory.resolve("one")), Files.readAllBytes(directory.resolve("other")));
        final CommandRun diff = CommandRun.of("trace", "diff", file("one"), file("other"));
        assertCode(0, diff);
        assertTrue(diff.out().startsWith("equal: A "), diff.out());
    }

    /** Another image that says it was this one. */
    private String posing(final String trace, final String image) {
        final String sha256 = GuestImage.read(Path.of(image)).sha256();
        return TraceCopies.write(Trace.read(Path.of(trace)), directory.resolve("posing.trace"),
            head -> TraceCopies.withImage(head, sha256), UnaryOperator.identity()).toString();
    }

    @Test
    void anotherByteInTheImageIsFoundByTheStepWithEvents() throws IOException {
        final String good = words("good.elf", "word");
        final String bad = words("bad.elf", "wort");
        assertCode(0, CommandRun.of("record", good, "--events", "-o", file("good.trace")));
        assertCode(2, CommandRun.of("replay", file("good.trace"), bad));

        final CommandRun run = CommandRun.of("replay", posing(file("good.trace"), bad), bad);
        assertCode(4, run);
        // mov, 3000 times two, mov dx; for each letter mov and out: the fourth out tells it first.
        final long step = 1 + 6000 + 1 + 4 * 2 - 1;
        assertTrue(run.out().startsWith("different: at " + step + ":0 (start+0x"), run.out());
        assertTrue(run.out().contains("recorded  device write 0x3f8 bytes=1 value=0x64"), run.out());
        assertTrue(run.out().contains("here      device write 0x3f8 bytes=1 value=0x74"), run.out());
        assertTrue(run.out().contains("\n  registers there\n  RAX    0000000000000074  "), run.out());
        final JsonTree json = JsonTree.of(
            CommandRun.of("replay", posing(file("good.trace"), bad), bad, "--json").out()).at("difference");
        assertEquals("0x3f8", json.at("registers").at("RDX").toString());
    }

    @Test
    void whatThatLeadsToIsToldFromTheRegistersOfTheCheckpointBehind() throws IOException {
        final String good = kept("good.elf", 'd');
        final String bad = kept("bad.elf", 't');
        assertCode(0, CommandRun.of("record", good, "--events", "-o", file("good.trace")));

        final CommandRun run = CommandRun.of("replay", posing(file("good.trace"), bad), bad);

        assertCode(4, run);
        final long checkpoint = Trace.read(directory.resolve("good.trace")).stretches().getFirst().end().steps();
        assertTrue(run.out().contains("\n  until the checkpoint of step " + checkpoint
            + "\n  cpu 0 RBX: recorded 0x64, here 0x74\n"), run.out());
    }

    /** A guest that keeps in RBX what it printed. */
    private String kept(final String name, final char letter) throws IOException {
        return TinyGuests.write(directory.resolve(name), code -> {
            code.mov(Reg32.EBX, letter);
            TinyGuests.print(code, Character.toString(letter));
            TinyGuests.count(code, 30);
        }).toString();
    }

    @Test
    void anotherByteInTheImageIsFoundBetweenTwoCheckpointsWithoutEvents() throws IOException {
        final String good = words("good.elf", "word");
        final String bad = words("bad.elf", "wort");
        assertCode(0, CommandRun.of("record", good, "--checkpoint=1000", "-o", file("good.trace")));
        final CommandRun run = CommandRun.of("replay", posing(file("good.trace"), bad), bad);
        assertCode(4, run);
        // The images differ in RAM from the start, which the first checkpoint tells.
        assertTrue(run.out().startsWith("different: equal at step 0, not at 100"), run.out());
        assertTrue(run.out().contains("RAM or a device; the registers are equal"), run.out());
    }

    @Test
    void changedInputIsFoundWhereItCameIn() throws IOException {
        final String guest = TinyGuests.write(directory.resolve("echo.elf"), TinyGuests::echo).toString();
        final Path keys = Files.writeString(directory.resolve("keys.jsonl"), "{\"ringside-input\": 1}\n"
            + "{\"cycle\": 10, \"text\": \"a\"}\n{\"cycle\": 900000, \"text\": \"b\"}\n"
            + "{\"cycle\": 1900000, \"text\": \"q\"}\n");
        for (final String option : List.of("--events", "--checkpoint=100000")) {
            assertCode(0, CommandRun.of("record", guest, option, "--input", keys.toString(), "-o", file("echo.trace")));
            final Trace trace = Trace.read(directory.resolve("echo.trace"));
            final Path changed = TraceCopies.write(trace, directory.resolve("changed.trace"), UnaryOperator.identity(),
                log -> {
                    final List<InputEntry> entries = new ArrayList<>(log.entries());
                    final InputEntry second = entries.get(1);
                    entries.set(1, new InputEntry(second.cycle(), second.idle(), new byte[] {'x'}));
                    return new InputLog(entries);
                });
            final CommandRun run = CommandRun.of("replay", changed.toString());
            assertCode(4, run);
            if (option.equals("--events")) {
                assertTrue(run.out().contains("recorded  device read 0x3f8 bytes=1 value=0x62"), run.out());
                assertTrue(run.out().contains("here      device read 0x3f8 bytes=1 value=0x78"), run.out());
                final JsonTree json = JsonTree.of(CommandRun.of("replay", changed.toString(), "--json").out());
                assertEquals("true", json.at("difference").at("exact").toString());
                final long at = json.at("difference").at("equalUntil").number();
                // The guest looks for a byte every few instructions.
                assertTrue(at > 900_000 && at < 1_400_000, "at=" + at);
            } else {
                assertTrue(run.out().matches("(?s)different: equal at step (\\d+), not at (\\d+).*"), run.out());
            }
            final CommandRun diff = CommandRun.of("trace", "diff", file("echo.trace"), changed.toString());
            assertCode(4, diff);
            assertTrue(diff.out().contains("input 1\n  A 62 at cycle"), diff.out());
            assertTrue(diff.out().contains("\n  B 78 at cycle"), diff.out());
        }
    }

    @Test
    void aMachineThatTakesLongerAtOneInstructionIsFoundThere() throws IOException {
        final GuestImage image = GuestImage.read(Path.of(words("good.elf", "word")));
        final long address = image.entry() + 5 + 2;
        final TimingModel late = new TimingModel() {
            @Override
            public String id() {
                return UnitModel.INSTANCE.id();
            }

            @Override
            public int cycles(final long place, final int length) {
                return place >= address + 4 ? 2 : 1;
            }
        };
        final Path file = directory.resolve("late.trace");
        final InputRecorder none = new InputRecorder(InputSource.NONE);
        try (Machine machine = Machine.boot(MachineConfig.standard().withInput(none), image);
                Recording recording = Recording.begin(machine, none, file,
                    new Recording.Plan("test", Optional.empty(), List.of(), 1000, true))) {
            recording.run(Long.MAX_VALUE, () -> true);
        }
        final long expected;
        try (Timeline timeline = Timeline.boot(MachineConfig.standard(), image)) {
            // The OUT two instructions behind it tells of its cycle first.
            expected = timeline.forward(List.of(new CodeReached(address + 4)), 1_000_000).position().step() + 2;
        }
        final MachineConfig config = MachineConfig.standard().withTiming(late).withInput(InputSource.NONE);
        try (Machine machine = Machine.boot(config, image)) {
            final Divergence found = new Replay(Trace.read(file), machine).verify(Long.MAX_VALUE).orElseThrow();
            assertEquals(Divergence.What.EVENT, found.what());
            assertTrue(found.exact());
            assertEquals(expected, found.equal());
        }
    }

    @Test
    void aKilledRecordingIsReplayedUpToItsLastWholeCheckpoint() throws IOException {
        final String guest = count("guest.elf", 20_000);
        assertCode(0, CommandRun.of("record", guest, "--checkpoint=10000", "--events", "-o", file("whole.trace")));
        final byte[] whole = Files.readAllBytes(directory.resolve("whole.trace"));
        final Path partial = Files.write(directory.resolve("killed.trace.partial"),
            Arrays.copyOf(whole, whole.length - 150));
        final CommandRun run = CommandRun.of("replay", partial.toString());
        assertCode(0, run);
        assertTrue(run.err().contains("the recording was not closed; it goes to step 4000"), run.err());
        assertTrue(run.out().startsWith("equal: 4000"), run.out());
        final Path cut = Files.copy(partial, directory.resolve("cut.trace"));
        final CommandRun refused = CommandRun.of("replay", cut.toString());
        assertCode(2, refused);
        assertTrue(refused.err().contains(cut + ": ") && refused.err().contains("the file ends here"), refused.err());
    }

    @Test
    void aRecordingOfAnotherBuildIsRefusedUnlessItsMachinesBehaveAlike() throws IOException {
        final String guest = count("guest.elf", 10);
        assertCode(0, CommandRun.of("record", guest, "-o", file("now.trace")));
        final Trace trace = Trace.read(directory.resolve("now.trace"));
        final Path later = TraceCopies.write(trace, directory.resolve("later.trace"),
            head -> TraceCopies.withBehaviour(head, "9.9.9", Machine.BEHAVIOUR + 1), UnaryOperator.identity());
        final CommandRun refused = CommandRun.of("replay", later.toString());
        assertCode(2, refused);
        assertEquals("ringside: " + later + ": HEAD: it was recorded by Ringside 9.9.9, whose machines are of "
            + "behaviour " + (Machine.BEHAVIOUR + 1) + "; those of this build are of behaviour " + Machine.BEHAVIOUR
            + " and would run the guest differently: replay it with a build of the same behaviour"
            + System.lineSeparator(), refused.err());
        final Path alike = TraceCopies.write(trace, directory.resolve("alike.trace"),
            head -> TraceCopies.withBehaviour(head, "9.9.9", Machine.BEHAVIOUR), UnaryOperator.identity());
        assertCode(0, CommandRun.of("replay", alike.toString()));
        assertCode(0, CommandRun.of("trace", "show", later.toString()));
    }

    @Test
    void aReplayStopsAtAPlaceAndItsSnapshotRunsOn() throws IOException {
        final String guest = words("good.elf", "word");
        assertCode(0, CommandRun.of("record", guest, "-o", file("good.trace")));
        final CommandRun there = CommandRun.of("replay", file("good.trace"), "--to", "6007", "--save-snapshot",
            file("there.snapshot"));
        assertCode(0, there);
        assertTrue(there.out().contains("snapshot of step 6001 in "), there.out());
        assertTrue(there.out().contains("step 6007:0, cycle 6007\ncpu 0 at start+0x"), there.out());
        assertTrue(there.out().contains("RAX    0000000000000072"), there.out());
        final CommandRun beyond = CommandRun.of("replay", file("good.trace"), "--to", "900000");
        assertCode(2, beyond);
        assertTrue(beyond.err().contains("--to=900000:0: the recording ends at step "), beyond.err());
        assertCode(2, CommandRun.of("replay", file("good.trace"), "--to", "1", "--json"));
        final CommandRun rest = CommandRun.of("run", guest, "--from-snapshot", file("there.snapshot"));
        assertCode(0, rest);
        assertEquals("worddone\n", rest.out());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsAreListedFromTheStreamOrFromTheRun(final boolean recorded) throws IOException {
        final String guest = words("good.elf", "word");
        final List<String> arguments = new ArrayList<>(List.of("record", guest, "-o", file("good.trace")));
        if (recorded) {
            arguments.add("--events");
        }
        assertCode(0, CommandRun.of(arguments.toArray(String[]::new)));
        if (recorded) {
            // What is in the file needs neither image nor machine.
            Files.delete(Path.of(guest));
        }
        final CommandRun run = CommandRun.of("replay", file("good.trace"), "--events", "--kind", "console-byte");
        assertCode(0, run);
        assertEquals(List.of("'w'", "'o'", "'r'", "'d'", "'d'", "'o'", "'n'", "'e'"), run.out().lines()
            .filter(line -> line.endsWith("'")).map(line -> line.substring(line.length() - 3)).toList());
    }

    @Test
    void twoImagesAreHeldAgainstEachOtherByTheSymbolsThatTheyPass() throws IOException {
        final String small = twoRoutines("small.elf", 0, true);
        final String moved = twoRoutines("moved.elf", 40, true);
        final String other = twoRoutines("other.elf", 40, false);
        for (final String guest : List.of(small, moved, other)) {
            assertCode(0, CommandRun.of("record", guest, "--events", "-o", guest + ".trace"));
        }
        final CommandRun same = CommandRun.of("trace", "diff", small + ".trace", moved + ".trace");
        assertCode(4, same);
        assertTrue(same.out().contains("image\n  A ") && !same.out().contains("by symbols"), same.out());
        final CommandRun differs = CommandRun.of("trace", "diff", small + ".trace", other + ".trace");
        assertCode(4, differs);
        // mov, call, ret, call: the second one's first step is the fifth, in both.
        assertTrue(differs.out().contains(", by symbols\n  behind start, first, start\n  A at 4:0  block second "),
            differs.out());
        assertTrue(differs.out().contains("\n  B at 4:0  block first "), differs.out());
        final JsonTree json = JsonTree.of(
            CommandRun.of("trace", "diff", "--json", small + ".trace", other + ".trace").out());
        assertEquals("true", json.at("event").at("bySymbol").toString());
        assertEquals(4, json.at("event").at("aStepMost").number());
    }

    @Test
    void whereStringInstructionsHideStepsTheOneOfAnEventHasBounds() throws IOException {
        for (final char letter : new char[] {'a', 'b'}) {
            final String guest = TinyGuests.write(directory.resolve(letter + ".elf"), code -> {
                code.mov(Reg32.EDI, 0x20_0000);
                code.mov(Reg32.ECX, 100);
                code.repStosb();
                TinyGuests.print(code, Character.toString(letter));
                TinyGuests.count(code, 3);
            }).toString();
            assertCode(0, CommandRun.of("record", guest, "--events", "-o", guest + ".trace"));
        }
        final CommandRun diff = CommandRun.of("trace", "diff", file("a.elf.trace"),
            posing(file("b.elf.trace"), file("a.elf")));
        assertCode(4, diff);
        final Matcher told = Pattern.compile("\nevent \\d+\n  behind start\n  A at (\\d+) to (\\d+):0  "
            + "device write .*\n  B at \\1 to \\2:0  device ").matcher(diff.out());
        assertTrue(told.find(), diff.out());
        assertTrue(Long.parseLong(told.group(2)) - Long.parseLong(told.group(1)) >= 99, told::group);
        // All stores had been made: the upper bound is the place, behind two instructions of five bytes and one of two.
        final CommandRun there = CommandRun.of("replay", file("a.elf.trace"), "--to", told.group(2));
        assertTrue(there.out().contains("cpu 0 at start+0xc\n"), there.out());
        final CommandRun before = CommandRun.of("replay", file("a.elf.trace"), "--to",
            Long.toString(Long.parseLong(told.group(2)) - 1));
        assertTrue(before.out().contains("cpu 0 at start+0xa\n"), before.out());
    }

    /** A guest that calls its two routines, which lie elsewhere by so many bytes. */
    private String twoRoutines(final String name, final int between, final boolean secondToo) throws IOException {
        return TinyGuests.write(directory.resolve(name), code -> {
            final Label first = code.newLabel();
            final Label second = code.newLabel();
            code.mov(Reg32.ESP, 0x20_0000);
            code.call(first);
            code.call(secondToo ? second : first);
            TinyGuests.count(code, 3);
            for (int i = 0; i < between; i++) {
                code.nop();
            }
            code.global("first");
            code.bind(first);
            code.ret();
            code.global("second");
            code.bind(second);
            code.ret();
        }).toString();
    }

    @Test
    void nothingThatATraceSaysIsRunOrWrittenTo() throws IOException {
        final String guest = count("guest.elf", 10);
        assertCode(0, CommandRun.of("record", guest, "-o", file("good.trace")));
        final Trace trace = Trace.read(directory.resolve("good.trace"));
        final Path java = Files.writeString(directory.resolve("Evil.java"), "class Evil { }");
        final Path disk = Files.write(directory.resolve("disk.img"), new byte[512]);
        for (final List<String> said : List.of(
                List.of("--program=" + java, "is Java that would run here; --trust lets it"),
                List.of("--disk=" + disk, "cannot write to the disk's file"),
                List.of("--budget=7", "this is no option of a guest"), List.of("-h", "this is no option of a guest"),
                List.of("@" + java, "this is no option of a guest"), List.of("--smp=many", "--smp"),
                List.of("--smp", "this is no option of a guest"))) {
            final Path bad = TraceCopies.write(trace, directory.resolve("bad.trace"),
                head -> TraceCopies.withArguments(head, List.of(said.getFirst())), UnaryOperator.identity());
            final CommandRun run = CommandRun.of("replay", bad.toString());
            assertCode(2, run);
            assertTrue(run.err().contains(said.get(1)), run.err());
        }
    }

    @Test
    void whatCannotBeRecordedIsRefusedBeforeTheMachineBoots() throws IOException {
        final String guest = count("guest.elf", 10);
        final Path disk = Files.write(directory.resolve("disk.img"), new byte[512]);
        final String out = file("x.trace");
        for (final List<String> wrong : List.of(List.of("--budget=0", "--budget"), List.of("--checkpoint=1",
                "--checkpoint"),
                List.of("--disk=" + disk, "add :overlay or :read-only"), List.of("--input=" + out, "--output"))) {
            final List<String> arguments = new ArrayList<>(List.of("record", guest, "-o", out));
            arguments.addAll(wrong.subList(0, wrong.size() - 1));
            if (wrong.getFirst().startsWith("--input")) {
                Files.writeString(Path.of(out), "{\"ringside-input\": 1}\n");
            }
            final CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
            assertCode(2, run);
            assertTrue(run.err().contains(wrong.getLast()), run.err());
            assertFalse(Files.exists(directory.resolve("x.trace.partial")));
        }
    }

    @Test
    void aTraceWithoutEventsIsSmall() throws IOException {
        final String guest = count("guest.elf", 5_000_000);
        assertCode(0, CommandRun.of("record", guest, "-o", file("long.trace")));
        final Trace trace = Trace.read(directory.resolve("long.trace"));
        assertTrue(trace.steps() > 10_000_000, "steps=" + trace.steps());
        final long bytes = Files.size(directory.resolve("long.trace"));
        assertTrue(bytes * (100_000_000.0 / trace.steps()) <= 1 << 20, "bytes=" + bytes);
    }
}
