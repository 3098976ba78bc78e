package ringside.console.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.cli.TinyGuests;
import ringside.console.gate.GatedImage.GatedPath;
import ringside.console.verify.RefusedFileException;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.profiler.gate.CodePlace;
import ringside.profiler.gate.MeasuredPath;
import ringside.profiler.model.Microarchitecture;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.Linker;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.SourceLine;

/** Paths of a kernel that has neither probes nor anything else of ours. */
class ImagePathsTest {
    private static final int ROUNDS = 100;
    /** Of the loop: {@code mov ecx, ROUNDS} has five bytes, {@code dec ecx} two. */
    private static final String LOOP = "start+0x5";
    private static final String BRANCH = "start+0x7";

    @TempDir
    private Path directory;

    private GatedImage image(final int warmUp, final GatedPath... paths) throws IOException {
        return new GatedImage("k", TinyGuests.write(directory.resolve("k.elf"),
            code -> TinyGuests.count(code, ROUNDS)), GatedMachine.plain(16 << 20), 1_000_000, true, warmUp,
            List.of(paths));
    }

    private static GatedPath path(final String from, final String... to) {
        return new GatedPath("p", from, List.of(to));
    }

    private MeasuredPath measured(final int warmUp, final GatedPath path) throws IOException {
        return ImagePaths.measure(image(warmUp, path), List.of()).paths().getFirst();
    }

    @Test
    void aPathIsFromOnePlaceToTheNextOfAnother() throws IOException {
        final MeasuredPath path = measured(0, path(LOOP, BRANCH));

        assertEquals("k/p", path.name());
        assertEquals(ROUNDS, path.metrics().get("rounds"));
        assertEquals(1, path.metrics().get("instructions"));
        assertEquals(List.of("dec ecx"), path.steps().stream().map(step -> step.text()).toList());
        assertEquals(0, path.metrics().get("disturbed"));
    }

    @Test
    void aPlaceMayEndARoundAndBeginTheNext() throws IOException {
        final MeasuredPath path = measured(0, path(LOOP, LOOP));

        assertEquals(ROUNDS - 1, path.metrics().get("rounds"), "the last round does not come back");
        assertEquals(2, path.metrics().get("instructions"));
        assertEquals(List.of("dec ecx", "jne start"), path.steps().stream().map(step -> step.text()).toList());
    }

    @Test
    void warmUpDoesNotCount() throws IOException {
        assertEquals(ROUNDS - 1 - 7, measured(7, path(LOOP, LOOP)).metrics().get("rounds"));
        assertEquals("k: the path p was taken 99 times, and each was warm-up or interrupted",
            notTaken(ROUNDS, path(LOOP, LOOP)));
    }

    /** The same bytes in both modes, by a call from each; the second comes to its own by a far return. */
    private static void twoWidths(final CodeBuilder code) {
        code.db(0xBC, 0, 0, 0x18, 0, 0x0F, 0x01, 0x14, 0x25, 0x60, 0, 0x10, 0);  // mov esp, 0x180000; lgdt [0x100060]
        code.db(0x66, 0xB8, 0x18, 0, 0x8E, 0xD0);                                // mov ax, 0x18; mov ss, ax
        code.global("wide");
        code.db(0xE8, 0x18, 0, 0, 0);                                            // call both
        code.global("wide_end");
        code.db(0x6A, 0x10, 0x68, 0x21, 0, 0x10, 0, 0x48, 0xCB);                 // push 0x10; push narrow; retfq
        code.global("narrow");
        code.db(0x41, 0xE8, 0x09, 0, 0, 0);                                      // inc ecx; call both
        code.global("narrow_end");
        TinyGuests.exit(code);
        code.align(16);
        code.global("both");
        code.db(0x41, 0xFF, 0xC8, 0xC3);
        code.align(32);
        code.dq(0, 0x00AF_9B00_0000_FFFFL, 0x00CF_9B00_0000_FFFFL, 0x00CF_9300_0000_FFFFL);
        code.db(31, 0, 0x40, 0, 0x10, 0, 0, 0, 0, 0);
    }

    @Test
    void codeIsShownInTheWidthThatItRanIn() throws IOException {
        final GatedImage image = new GatedImage("k", TinyGuests.write(directory.resolve("w.elf"),
            ImagePathsTest::twoWidths), GatedMachine.plain(16 << 20), 1_000_000, true, 0,
            List.of(new GatedPath("wide", "wide", List.of("wide_end")),
                new GatedPath("narrow", "narrow", List.of("narrow_end")),
                new GatedPath("within", "narrow", List.of("narrow+0x1"))));
        for (final List<Microarchitecture> models : List.of(List.<Microarchitecture>of(),
                List.of(Microarchitecture.named("zen4")))) {
            final List<MeasuredPath> paths = ImagePaths.measure(image, models).paths();

            assertEquals(List.of("call both", "dec r8d", "ret"), texts(paths.get(0)));
            assertEquals(List.of("inc ecx", "call both", "inc ecx", "dec eax", "ret"), texts(paths.get(1)));
            assertEquals(List.of("inc ecx"), texts(paths.get(2)), "a path that ends within a block");
        }
    }

    private static List<String> texts(final MeasuredPath path) {
        return path.steps().stream().map(step -> step.text()).toList();
    }

    @Test
    void whatAModelSaysIsThereBesideTheCounts() throws IOException {
        final MeasuredPath path = ImagePaths.measure(image(0, path(LOOP, LOOP)),
            List.of(Microarchitecture.named("zen4"))).paths().getFirst();

        assertEquals(2, path.metrics().get("instructions"));
        assertTrue(path.metrics().get("settled.zen4") <= path.metrics().get("first.zen4"), path.metrics()::toString);
        for (final List<String> round :
                List.of(List.of("settled.zen4", "zen4."), List.of("first.zen4", "first.zen4."))) {
            assertEquals(path.metrics().get(round.getFirst()), path.causes().entrySet().stream()
                .filter(one -> one.getKey().startsWith(round.getLast())).mapToLong(Map.Entry::getValue).sum(),
                path::toString);
        }
        assertEquals(List.of(new CodePlace("start", 0x10_0005)), path.places());
    }

    @Test
    void aPlaceThatIsNotThereIsRefused() {
        assertTrue(assertThrows(RefusedFileException.class, () -> measured(0, path("start+x", LOOP))).getMessage()
            .endsWith("a place is SYMBOL, SYMBOL+0x10 or 0x1000: start+x"));
    }

    @Test
    void aPathThatIsNotTakenIsSaidWithHowOftenItsPlacesWereReached() throws IOException {
        assertEquals("k: the path p was never taken: its start start+0x5 was reached 100 times, its end 0x1 never",
            notTaken(path(LOOP, "0x1")));
        assertEquals("k: the path p was never taken: its start 0x1 was reached never, its end start once, "
            + "start+0x7 100 times", notTaken(path("0x1", "start", BRANCH)));
        assertEquals("k: the path p was never taken: its start start+0x7 was reached 100 times, its end start once, "
            + "but never behind it on the same CPU", notTaken(path(BRANCH, "start")));
    }

    @Test
    void aPathWhoseSymbolIsGoneKeepsNoOtherFromItsNumbers() throws IOException {
        final ImagePaths.Result result = ImagePaths.measure(image(0, new GatedPath("good", LOOP, List.of(LOOP)),
            new GatedPath("gone", LOOP, List.of(BRANCH, "strat+0x2")), path(LOOP, "0x1")), List.of());

        assertEquals(List.of("k/good"), result.paths().stream().map(MeasuredPath::name).toList());
        assertEquals(List.of("k/gone", "k/p"), result.unmeasured().stream().map(UnmeasuredPath::name).toList());
        assertTrue(result.unmeasured().getFirst().why() instanceof RefusedFileException refused
            && refused.getMessage().endsWith("path gone: no symbol is called strat"), result::toString);
    }

    private String notTaken(final GatedPath path) throws IOException {
        return notTaken(0, path);
    }

    private String notTaken(final int warmUp, final GatedPath path) throws IOException {
        final ImagePaths.Result result = ImagePaths.measure(image(warmUp, path), List.of());
        assertEquals(List.of(), result.paths());
        assertTrue(result.unmeasured().getFirst().why() instanceof GuestFailedException);
        return result.unmeasured().getFirst().why().getMessage();
    }

    @Test
    void twoHundredPathsOfAGateFileAreWatchedAtOnceAndEachIsAsIfAlone() throws IOException {
        image(0, path(LOOP, LOOP));
        final Path file = Files.writeString(directory.resolve("gate.toml"), """
            [[image]]
            name = "k"
            file = "k.elf"
            memory = 16
            """ + IntStream.range(0, 200).mapToObj(i -> """
            [[image.path]]
            name = "p%d"
            from = "%s"
            to = ["%s"]
            """.formatted(i, i % 2 == 0 ? LOOP : BRANCH, i % 3 == 0 ? LOOP : BRANCH)).collect(Collectors.joining()));
        final GatedImage many = GateReader.read(file).images().getFirst();
        final List<MeasuredPath> all = ImagePaths.measure(many, List.of()).paths();

        assertEquals(200, all.size());
        for (int i = 0; i < 12; i++) {
            final GatedPath one = many.paths().get(i);
            final MeasuredPath alone = measured(0, path(one.from(), one.to().getFirst()));
            assertEquals(alone.metrics(), all.get(i).metrics(), one::toString);
            assertEquals(alone.steps(), all.get(i).steps());
        }
    }

    private static ObjectCode unit(final String file, final boolean begins, final int instructions) {
        final CodeBuilder code = new CodeBuilder();
        if (begins) {
            code.global("start");
        }
        code.local("step");
        for (int i = 0; i < instructions; i++) {
            code.inc(Reg32.EAX);
        }
        code.local("done");
        if (begins) {
            code.align(16);
        } else {
            code.global("end");
            TinyGuests.exit(code);
        }
        final ObjectCode object = code.build(file);
        return new ObjectCode(object.name(), object.sections().stream().map(part -> new ObjectSection(part.name(),
            part.align(), part.bytes(), part.zeroBytes(), part.relocations(),
            List.of(new LineRow(0, new SourceLine(file, 1))))).toList(), object.symbols());
    }

    @Test
    void aNameOfSeveralPlacesIsRefusedWithAllOfThemAndAFileTellsThemApart() throws IOException {
        final Path file = Files.write(directory.resolve("two.elf"), Linker.link(new LinkPlan(List.of(
            new LinkPlan.Segment("program", 0x10_0000, 0x10_0000, LinkPlan.Access.READ_EXECUTE, List.of(".text"))),
            "start", null), List.of(unit("src/one.c", true, 3), unit("src/two.c", false, 5))));
        final Function<String, GatedImage> image = from -> new GatedImage("k", file, GatedMachine.plain(16 << 20),
            1_000_000, true, 0, List.of(path(from, "end")));

        final String refused = assertThrows(RefusedFileException.class,
            () -> ImagePaths.measure(image.apply("step"), List.of())).getMessage();
        assertEquals(file + ": path p: several symbols are called step: 0x100000 (src/one.c:1), 0x100010 "
            + "(src/two.c:1); an address names one, or FILE:SYMBOL where there are lines", refused);
        assertTrue(ImagePaths.measure(image.apply("three.c:step"), List.of()).unmeasured().getFirst().why().getMessage()
            .endsWith("path p: no symbol is called three.c:step"));
        for (final String two : List.of("two.c:step", "src/two.c:step+0x0", "0x100010")) {
            assertEquals(5, ImagePaths.measure(image.apply(two), List.of()).paths().getFirst().metrics()
                .get("instructions"));
        }
        assertTrue(ImagePaths.measure(image.apply("one.c:step"), List.of()).paths().getFirst().metrics()
            .get("instructions") > 7);
    }

    /** As many rounds as the first byte of the first module says, in 32-bit code, as PVH begins. */
    private static void rounds(final CodeBuilder code) {
        code.db(0x8B, 0x5B, 0x10);                   // mov ebx, [ebx+16]
        code.db(0x8B, 0x0B);                         // mov ecx, [ebx]
        code.db(0x0F, 0xB6, 0x09);                   // movzx ecx, byte [ecx]
        code.global("again");
        code.db(0x49);                               // dec ecx
        code.db(0x75, 0xFD);                         // jne again
        TinyGuests.exit(code);
    }

    @Test
    void aKernelIsHandedModulesAndFindsDisks() throws IOException {
        final CodeBuilder code = new CodeBuilder();
        code.global("start");
        rounds(code);
        Files.write(directory.resolve("k.elf"), Linker.link(new LinkPlan(List.of(
            new LinkPlan.Segment("program", 0x10_0000, 0x10_0000, LinkPlan.Access.READ_EXECUTE, List.of(".text"))),
            "start", "start"), List.of(code.build("guest"))));
        Files.write(directory.resolve("m"), new byte[] {7});
        Files.write(directory.resolve("d"), new byte[512]);
        final GateFile gate = GateReader.read(Files.writeString(directory.resolve("gate.toml"), """
            [[image]]
            name = "k"
            file = "k.elf"
            modules = ["m:words"]
            disks = ["d"]
            [[image.path]]
            name = "p"
            from = "again"
            to = "again+0x1"
            """));

        assertEquals(7, ImagePaths.measure(gate.images().getFirst(), List.of()).paths().getFirst().metrics()
            .get("rounds"));
        Files.delete(directory.resolve("m"));
        assertEquals(directory.resolve("m") + ": module: there is no such file", assertThrows(
            RefusedFileException.class, () -> ImagePaths.measure(gate.images().getFirst(), List.of())).getMessage());
    }
}
