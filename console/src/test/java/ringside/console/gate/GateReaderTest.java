package ringside.console.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.console.verify.RefusedFileException;

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
        assertEquals(16 << 20, image.memory());
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
