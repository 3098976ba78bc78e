package ringside.profiler.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.profiler.model.Microarchitecture.Hardware;

class MicroarchitectureTest {
    @TempDir
    private Path directory;

    @Test
    void everyShippedFileLoads() {
        for (final String name : Microarchitecture.SHIPPED) {
            final Microarchitecture read = Microarchitecture.named(name);
            assertTrue(read.id().startsWith(name + "-"), read.id());
            assertEquals(name.equals("unit"), read.hardware().isEmpty(), name);
        }
    }

    @Test
    void portsAreBitsInTheFilesOrder() {
        final Hardware zen4 = zen4();
        assertEquals(0b0000_1111, zen4.core().mask(List.of("ALU0", "ALU1", "ALU2", "ALU3")));
        assertEquals(zen4.core().mask(List.of("AGU0", "AGU1", "AGU2")), zen4.core().loads());
        assertEquals(-1, zen4.core().mask(List.of("ALU0", "ALU9")));
    }

    @Test
    void everyCostHasANumberAnErrorBarAndASource() {
        for (final String name : List.of("zen4", "skylake", "icelake")) {
            final Hardware hardware = Microarchitecture.named(name).hardware().orElseThrow();
            for (final FixedCost what : FixedCost.values()) {
                assertTrue(hardware.cost(what).cycles() > 0 && hardware.cost(what).error() > 0, name + " " + what);
                assertFalse(hardware.cost(what).source().isBlank(), name + " " + what);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 14", "64, 14", "127, 14", "128, 31", "192, 32", "256, 33", "4096, 151", "8192, 279"})
    void stringCostsGoThroughTheMeasuredPoints(final int bytes, final int cycles) {
        assertEquals(cycles, zen4().movs().cycles(bytes));
    }

    @Test
    void stringsOfWordsHaveTheirOwnStart() {
        assertEquals(14, zen4().movs().byWords(200));
        assertEquals(37, zen4().movs().byWords(256));
        assertEquals(14, zen4().stos().byWords(96));
        assertEquals(8, zen4().stos().cycles(96));
    }

    @Test
    void aChangedCopyIsAModelOfItsOwn() throws IOException {
        final Path copy = write(text("zen4.toml").replace("\"zen4-2\"", "\"wide-1\"")
            .replace("dispatch = 6 ", "dispatch = 8 "));
        final Microarchitecture read = Microarchitecture.load(copy);
        assertEquals("wide-1", read.id());
        assertEquals(8, read.hardware().orElseThrow().core().dispatch());
    }

    @Test
    void modelOfCachesAloneHasTheNumbersOfTheFileThatItNames() throws IOException {
        final Microarchitecture caches = Microarchitecture.named("zen4-caches");
        assertEquals(Microarchitecture.Kind.CACHES, caches.kind());
        assertEquals(zen4().memory(), caches.hardware().orElseThrow().memory());
        Files.writeString(directory.resolve("mine.toml"), text("zen4.toml").replace("dram = 540", "dram = 541"));
        final Path own = directory.resolve("mine-caches.toml");
        Files.writeString(own, text("zen4-caches.toml").replace("\"zen4\"", "\"mine\""));
        assertEquals(541, Microarchitecture.load(own).hardware().orElseThrow().memory().dram());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "zen5 | memory_of: zen5.toml: no such file is shipped",
        "unit | memory_of: unit.toml: kind: out-of-order is wanted",
        "own | memory_of: own.toml: kind: out-of-order is wanted",
        "../zen4 | memory_of: ../zen4.toml: no such file is shipped"})
    void modelOfCachesOfNoCoreIsRefused(final String other, final String reason) throws IOException {
        final Path own = directory.resolve("own.toml");
        Files.writeString(own, text("zen4-caches.toml").replace("\"zen4\"", "\"" + other + "\""));
        final ModelException refusal = assertThrows(ModelException.class, () -> Microarchitecture.load(own));
        assertEquals(own + ": " + reason,
            refusal.getMessage().replace(directory + "/own.toml: kind", "own.toml: kind"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "dispatch = 6 | dispatch = 0 | core.dispatch: a whole number from 1 to 16",
        "dispatch = 6 | dispatch = 6.5 | core.dispatch: a whole number",
        "dispatch = 6 | dispatch = 99999999999999 | core.dispatch: a whole number",
        "dispatch = 6 | dispach = 6 | core.dispatch: missing",
        "dispatch = 6 | dispatch = 6\\nwidth = 6 | core.width: unknown key",
        "dispatch = 6 | dispatch = | line 18",
        "moves = true | moves = 1 | core.moves: true or false",
        "id = \"zen4-2\" | id = \"a\\u001b[31mb\" | id: a text of 1 to 1000 characters, none for control",
        "\"FP5\"] | \"FP4\"] | core.ports: at most 24 different names",
        "loads = [\"AGU0\" | loads = [\"AGU9\" | core.loads: no such port: AGU9",
        "[\"ALU3\", \"BRU1\"] | [\"ALU3\", \"ALU2\"] | core.schedulers[3].ports: a port of two schedulers",
        "[\"ALU3\", \"BRU1\"] | [\"ALU3\"] | core.schedulers: each port needs one",
        "cache_ops = 6912 | cache_ops = 6900 | front_end.cache_ops: not a whole number of sets",
        "cache_ops = 6912 | cache_ops = 0 | front_end.cache_ops: a whole number from 1",
        "cache_window = 64 | cache_window = 48 | front_end.cache_window: a power of two",
        "cache_window = 64 | cache_window = 128 | front_end.cache_window: a whole number from 1 to 64",
        "tag_bits = 11 | tag_bits = 15 | branches.tag_bits: a whole number from 6 to 14",
        "ways = 8, line = 64, latency = 14 | ways = 8, line = 32, latency = 14 | memory.l2.line: a whole number",
        "entries_4k = 72 | entries_4k = 0 | translation.l1d.entries_4k: a whole number from 1",
        "walk = 64 | walk = 66 | translation.walk: a multiple of 4",
        "bimodal = 8192 | bimodal = 8191 | branches.bimodal: a power of two",
        "[3, 9, | [9, 3, | branches.histories: the numbers must ascend: 3",
        "bytes = 1048576 | bytes = 1048575 | memory.l2.bytes: not a whole number of sets",
        "cycles = [14, 31, 33, 39, 55, 87, 151] | cycles = [14, 35] | movs.cycles: as many as bytes",
        "kind = \"out-of-order\" | kind = \"magic\" | kind: unit, caches or out-of-order",
        "[forwarding] | [forwarding.x] | forwarding.source: missing",
        "cycles = 82, error = 40 | cycles = 82 | costs.syscall.error: missing"})
    void damagedFilesAreRefusedWithFilePlaceAndReason(final String from, final String to, final String reason)
            throws IOException {
        final String text = text("zen4.toml");
        assertTrue(text.contains(from), from);
        final Path file = write(text.replace(from, to.replace("\\n", "\n")));
        final ModelException refusal = assertThrows(ModelException.class, () -> Microarchitecture.load(file));
        assertTrue(refusal.getMessage().startsWith(file + ": " + reason), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "= = =", "id = \"x\"", "[[[[", "a = '\u0000'"})
    void whatIsNoSuchFileIsRefused(final String text) throws IOException {
        final Path file = write(text);
        final ModelException refusal = assertThrows(ModelException.class, () -> Microarchitecture.load(file));
        assertTrue(refusal.getMessage().startsWith(file.toString()), refusal.getMessage());
    }

    @Test
    void namesThatAreNoneDeepAndLongFilesAreRefused() throws IOException {
        assertThrows(ModelException.class, () -> Microarchitecture.named("../../../etc/passwd"));
        assertThrows(ModelException.class, () -> Microarchitecture.named("zen5"));
        assertThrows(ModelException.class, () -> Microarchitecture.load(directory));
        assertThrows(ModelException.class, () -> Microarchitecture.load(directory.resolve("none")));
        final Path deep = write("a = " + "[".repeat(100_000));
        assertThrows(ModelException.class, () -> Microarchitecture.load(deep));
        final Path dotted = write("a" + ".a".repeat(100_000) + " = 1");
        assertThrows(ModelException.class, () -> Microarchitecture.load(dotted));
        final Path big = write("#".repeat((1 << 20) + 1));
        assertTrue(assertThrows(ModelException.class, () -> Microarchitecture.load(big)).getMessage()
            .contains("longer than"));
        final Path binary = Files.write(directory.resolve("binary"), new byte[] {'a', (byte) 0xff, (byte) 0xfe});
        assertTrue(assertThrows(ModelException.class, () -> Microarchitecture.load(binary)).getMessage()
            .contains("not UTF-8"));
    }

    @Test
    void anyCutOrChangedByteLoadsOrIsRefused() throws IOException {
        final String text = text("zen4.toml");
        final Random random = new Random(4);
        final List<String> refusals = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            final StringBuilder damaged = new StringBuilder(text);
            if (i % 2 == 0) {
                damaged.setLength(random.nextInt(text.length()));
            } else {
                damaged.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }
            final Path file = write(damaged.toString());
            try {
                Microarchitecture.load(file);
            } catch (final ModelException e) {
                refusals.add(e.getMessage());
            }
        }
        assertTrue(refusals.size() > 250, "refusals=" + refusals.size());
        refusals.forEach(message -> assertTrue(message.startsWith(directory.toString())
                || message.endsWith("no such file is shipped"), message));
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("model.toml"), text);
    }

    private static Hardware zen4() {
        return Microarchitecture.named("zen4").hardware().orElseThrow();
    }

    private static String text(final String name) throws IOException {
        try (InputStream in = Microarchitecture.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
