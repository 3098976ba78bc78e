package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The snippets that come with Ringside, and how one is refused that is none. */
class SnippetsTest {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."))
            .resolve("src/main/resources/ringside/profiler/calibrate");
    private static final String LOOP = "        global snippet\nsnippet:\n.iterate:\n        dec rsi\n"
            + "        jnz .iterate\n.done:\n        ret\n";
    private static final String HEAD = "; x - does\n; iterations: 100\n; data: 64\n; fill: zero\n";

    @Test
    void theListNamesEveryFileAndNothingElse() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertEquals(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".asm"))
                    .map(name -> name.substring(0, name.length() - 4)).sorted().toList(), Snippets.names());
        }
        assertTrue(Snippets.names().size() >= 70);
    }

    @Test
    void everyPairHasTwoSnippets() {
        final Map<String, Long> pairs = Snippets.all().stream().map(Snippet::pair).flatMap(Optional::stream)
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertTrue(pairs.size() >= 15);
        pairs.forEach((name, count) -> assertEquals(2, count, name));
    }

    @Test
    void everyFileIsPlainTextOfTheDialect() throws IOException {
        for (final String name : Snippets.names()) {
            for (final String line : Files.readAllLines(FOLDER.resolve(name + ".asm"))) {
                assertTrue(line.length() <= 120 && line.equals(line.stripTrailing()) && line.indexOf('\t') < 0,
                        name + ": " + line);
            }
        }
    }

    @Test
    void aSnippetKnowsWhereItsLoopIs() {
        final Snippet snippet = Snippets.of("x", HEAD + "; pair: two\n" + LOOP);
        assertEquals(snippet.address(), snippet.loopStart());
        assertEquals(snippet.address() + snippet.code().length - 1, snippet.loopEnd());
        assertEquals("does", snippet.title());
        assertEquals(100, snippet.iterations());
        assertEquals(Optional.of("two"), snippet.pair());
        assertArrayEquals(new byte[64], snippet.data());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "; x - does|; y - does|line 1 is not '; x - WHAT IT DOES'",
        "; data: 64\\n||its head has no '; data: '",
        "iterations: 100|iterations: some|'iterations' is no number: iterations=some",
        "iterations: 100|iterations: 1|iterations are 16 to 10000000: iterations=1",
        "data: 64|data: 63|data are whole words, at most 1572864 bytes: data=63",
        "fill: zero|fill: full|no rule fills data like this: fill=full",
        "fill: zero|fill: ring|a rule that makes nodes has their size, no other: fill=ring",
        "fill: zero|fill: ring 8|a node is at least 16 bytes, whole words: fill=ring 8",
        "fill: zero|fill: zero\\n; fill: zero|'fill' is said twice",
        ".iterate|.again|it has no label snippet.iterate",
        "dec rsi|mov rax, snippet|its code depends on its address: symbol=snippet",
        "ret|ret\\n section .data\\n dq 1|it has code only, in one section: sections=[.text, .data]"})
    void whatIsNoSnippetIsRefusedByName(final String old, final String other, final String why) {
        final String from = old.replace("\\n", "\n");
        final String to = other == null ? "" : other.replace("\\n", "\n");
        final String source = (HEAD + LOOP).replace(from, to);
        final CalibrationException refused =
                assertThrows(CalibrationException.class, () -> Snippets.of("x", source));
        assertEquals("snippet x: " + why, refused.getMessage());
    }

    @Test
    void anUnknownNameIsRefused() {
        assertEquals("there is no snippet of this name: snippet=none", assertThrows(CalibrationException.class,
                () -> Snippets.of(List.of("none"))).getMessage());
    }

    @Test
    void aRingVisitsEveryNodeOnce() {
        final long address = 0x1000;
        final ByteBuffer ring = ByteBuffer.wrap(Fill.parse("ring 64").bytes(4096, address))
                .order(ByteOrder.LITTLE_ENDIAN);
        long at = address;
        for (int i = 1; i < 64; i++) {
            at = ring.getLong((int) (at - address));
            assertTrue(at != address, "back after " + i);
        }
        assertEquals(address, ring.getLong((int) (at - address)));
    }

    @Test
    void aListGoesForthAndBack() {
        final ByteBuffer list = ByteBuffer.wrap(Fill.parse("list 64").bytes(256, 0)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(64, list.getLong(0));
        assertEquals(192, list.getLong(8));
        assertEquals(0, list.getLong(192));
        assertEquals(128, list.getLong(200));
    }
}
