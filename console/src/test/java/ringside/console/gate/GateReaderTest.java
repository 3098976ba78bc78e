package ringside.console.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.console.verify.RefusedFileException;
import ringside.emulator.device.virtio.DiskImage;

class GateReaderTest {
    private static final String GOOD = """
        title = "Mine"
        models = ["zen4"]
        record_gains = true
        new = ["k/new*"]
        [[limit]]
        metrics = "settled.*"
        limit = "1%|+2"
        [[image]]
        name = "k"
        file = "k.elf"
        memory = 16
        append = "root=/dev/vda"
        modules = ["initrd.gz", "m:a string"]
        disks = ["d.img", "e.img:read-only"]
        quantum = 500
        test_devices = true
        simulated_vmfunc = true
        cpus = 2
        warm_up = 3
        ends = false
        budget = 1000
        boot = "multiboot1"
        [[image.path]]
        name = "a"
        from = "here"
        to = ["there", "0x1000"]
        [[script]]
        file = "s.ringside"
        """;

    @TempDir
    private Path directory;

    private GateFile read(final String text) throws IOException {
        return GateReader.read(Files.writeString(directory.resolve("my.toml"), text));
    }

    @Test
    void everyKeyIsWhatTheFileSays() throws IOException {
        final GateFile gate = read(GOOD);

        assertEquals("Mine", gate.title());
        assertEquals(directory.resolve("baseline/my.json"), gate.baseline());
        assertEquals("1%|+2", gate.policy().limits().of("k/a", "settled.zen4").toString());
        assertTrue(gate.policy().recordGains());
        final GatedImage image = gate.images().getFirst();
        assertEquals(directory.resolve("k.elf"), image.file());
        final GatedMachine machine = image.machine();
        assertEquals(16 << 20, machine.memory());
        assertEquals(List.of(new GatedMachine.Module(directory.resolve("initrd.gz"), "initrd.gz"),
            new GatedMachine.Module(directory.resolve("m"), "a string")), machine.modules());
        assertEquals(List.of(new DiskImage(directory.resolve("d.img"), DiskImage.Mode.OVERLAY),
            new DiskImage(directory.resolve("e.img"), DiskImage.Mode.READ_ONLY)), machine.disks());
        assertEquals("memory=16M cpus=2 seed=0 quantum=500 boot=multiboot1 test_devices simulated_vmfunc "
            + "append=root=/dev/vda", machine.words());
        assertEquals(List.of("k.elf", "initrd.gz", "m", "d.img", "e.img", "s.ringside"),
            gate.inputs().map(file -> file.getFileName().toString()).toList());
        assertEquals(List.of("there", "0x1000"), image.paths().getFirst().to());
        assertEquals(3, image.warmUp());
        assertEquals(directory.resolve("s.ringside"), gate.scripts().getFirst().file());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "title = \"Mine\";title = 1;title: ",
        "record_gains = true;gains = true;gains: ",
        "limit = \"1%|+2\";limit = \"much\";limit[0].limit: exact, any, +2, 1% or 1%|+2 is wanted: much",
        "models = [\"zen4\"];models = [\"zen9\"];models: ",
        "models = [\"zen4\"];models = [\"unit\"];models: unit counts instructions, which are counted anyway",
        "models = [\"zen4\"];models = [\"zen4\", \"zen4\"];models: two models have one name",
        "memory = 16;memory = 1;image[0].memory: ",
        "name = \"k\";name = \"k/l\";image[0].name: a name is of letters",
        "e.img:read-only;e.img:write;image[0].disks: 'write' is none of overlay, read-only",
        "a string;\u00e9;image[0].modules: a module's string is printable ASCII",
        "quantum = 500;quantum = 0;image[0].quantum: ",
        "boot = \"multiboot1\";boot = \"bios\";image[0].boot: no boot protocol is called bios",
        "to = [\"there\", \"0x1000\"];to = [];image[0].path[0].to: a list of 1 to 64 elements is wanted",
        "from = \"here\";form = \"here\";image[0].path[0].from: "})
    void whatIsWrongIsRefusedWithItsPlace(final String good, final String bad, final String message)
            throws IOException {
        assertTrue(GOOD.contains(good), good);

        final String said = assertThrows(RefusedFileException.class, () -> read(GOOD.replace(good, bad))).getMessage();

        assertTrue(said.startsWith(directory.resolve("my.toml") + ": " + message), said);
    }

    @Test
    void aGateOfNothingIsRefused() {
        assertTrue(assertThrows(RefusedFileException.class, () -> read("title = \"x\"\n")).getMessage()
            .contains("nothing is under gate"));
        assertTrue(assertThrows(RefusedFileException.class, () -> read("calls = \"fats-asm/*\"\n")).getMessage()
            .contains("no path of the bench has such a name: fats-asm/*"));
    }

    private static String many(final String entry, final int count) {
        return IntStream.range(0, count).mapToObj(entry::formatted).collect(Collectors.joining());
    }

    private static String image(final int number, final int paths) {
        return "[[image]]\nname = \"i%d\"\nfile = \"k.elf\"\n".formatted(number)
            + many("[[image.path]]\nname = \"p%d\"\nfrom = \"a\"\nto = \"b\"\n", paths);
    }

    @Test
    void thousandsOfPathsAndRulesAreReadAndNoMore() throws IOException {
        final String rules = "new = [" + many("\"n%d\", ", 1_000) + "]\ngone = [" + many("\"g%d\", ", 1_000) + "]\n"
            + many("[[limit]]\npaths = \"p%d\"\nlimit = \"any\"\n", 1_000);
        final GateFile gate = read(rules + image(0, 2_000) + image(1, 2_096));

        assertEquals(2_096, gate.images().getLast().paths().size());
        assertEquals(1_000, gate.policy().mayBeNew().size());
        assertEquals("any", gate.policy().limits().of("p999", "reads").toString());
        assertRefused(image(0, 4_097), "image[0].path: a list of 1 to 4096 elements is wanted");
        assertRefused(image(0, 2_000) + image(1, 2_097), "image[1].path: all images together have at most 4096 paths");
        assertRefused("new = [" + many("\"n%d\", ", 4_097) + "]\n" + image(0, 1),
            "new: a list of 1 to 4096 elements is wanted");
    }

    private void assertRefused(final String text, final String message) {
        assertEquals(directory.resolve("my.toml") + ": " + message,
            assertThrows(RefusedFileException.class, () -> read(text)).getMessage());
    }

    @Test
    void noChangeOfAByteIsMoreThanARefusal() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            final Random random = new Random(seed);
            final StringBuilder text = new StringBuilder(GOOD);
            for (int i = 0; i <= random.nextInt(3); i++) {
                text.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(95) + 32));
            }
            try {
                read(text.toString());
            } catch (final RefusedFileException refused) {
                assertTrue(refused.getMessage().startsWith(directory.toString()), refused.getMessage());
            }
        }
    }
}
