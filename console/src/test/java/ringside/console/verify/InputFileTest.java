package ringside.console.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ringside.emulator.input.InputEntry;
import ringside.emulator.input.InputLog;
import ringside.emulator.state.UnwrittenFileException;

class InputFileTest {
    private static final String HEAD = "{\"ringside-input\":1}\n";
    private static final int MUTANTS = 3000;

    @TempDir
    private Path directory;

    private static InputLog sample(final int seed) {
        final Random random = new Random(seed);
        final List<InputEntry> entries = new ArrayList<>();
        for (long cycle = random.nextInt(1000); entries.size() < 40; cycle += 1 + random.nextInt(1000)) {
            final byte[] bytes = new byte[1 + random.nextInt(20)];
            random.nextBytes(bytes);
            if (random.nextInt(5) == 0) {
                entries.add(InputEntry.broken(cycle, random.nextBoolean()));
            }
            entries.add(new InputEntry(cycle, random.nextBoolean(),
                random.nextBoolean() ? bytes : "line \"quoted\"\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
        return new InputLog(entries);
    }

    @Test
    void whatIsWrittenIsRead() {
        for (int seed = 0; seed < 20; seed++) {
            final InputLog log = sample(seed);
            final Path file = directory.resolve("keys.jsonl");
            InputFile.write(log, file);
            final InputLog read = InputFile.read(file);
            assertEquals(log.entries().size(), read.entries().size());
            for (int i = 0; i < log.entries().size(); i++) {
                assertEquals(log.entries().get(i).cycle(), read.entries().get(i).cycle());
                assertEquals(log.entries().get(i).idle(), read.entries().get(i).idle());
                assertEquals(log.entries().get(i).broken(), read.entries().get(i).broken());
                assertArrayEquals(log.entries().get(i).bytes(), read.entries().get(i).bytes());
            }
        }
    }

    @Test
    void whatWasThereIsReplacedAtOnceAndNothingIsLeftBeside() throws Exception {
        final Path file = directory.resolve("keys.jsonl");
        final Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        final Path other = directory.resolve("other");
        Files.writeString(file, "an older one");
        Files.createLink(other, file);

        InputFile.write(sample(1), link);

        assertEquals(InputFile.format(sample(1)), Files.readString(file));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("an older one", Files.readString(other), "it is a new file, not the old one written over");
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(3, left.count());
        }
    }

    @Test
    void whatCannotBeWrittenLeavesNothing() throws Exception {
        for (final Path file : List.of(directory, directory.resolve("no/where"), Path.of("/dev/null"))) {
            final String said = assertThrows(UnwrittenFileException.class,
                () -> InputFile.write(sample(1), file)).getMessage();
            assertTrue(said.startsWith(file + ": cannot be written: "), said);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void textIsReadableInTheFile() {
        assertEquals(HEAD + "{\"cycle\":5,\"text\":\"ls\\n\"}\n{\"cycle\":7,\"idle\":true,\"bytes\":\"1b5b41\"}\n",
            InputFile.format(new InputLog(List.of(new InputEntry(5, false, new byte[] {'l', 's', '\n'}),
                new InputEntry(7, true, new byte[] {0x1b, 0x5b, 0x41})))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "                                        | line 1: {\"ringside-input\": 1} is expected",
        "[]                                      | line 1: a JSON object is expected",
        "{\"cycle\":1,\"text\":\"a\"}            | line 1: {\"ringside-input\": 1} is expected first",
        "{\"ringside-input\":2}                  | line 1: version 2 of the format, and this program knows 1",
        "#{\"cycle\":-1,\"text\":\"a\"}          | line 2: cycle: a number from 0 to 9223372036854775807",
        "#{\"cycle\":99999999999999999999}       | line 2: cycle: a number beyond 64 bits",
        "#{\"cycle\":1.5}                        | line 2: cycle: text, a whole number",
        "#{\"cycle\":1}                          | line 2: \"text\" or \"bytes\" is expected, one of them",
        "#{\"text\":\"a\"}                       | line 2: \"cycle\" is missing",
        "#{\"cycle\":1,\"break\":true,\"text\":\"a\"} | line 2: a break has no bytes",
        "#{\"cycle\":1,\"text\":\"\"}            | line 2: no bytes",
        "#{\"cycle\":1,\"text\":\"\u00fc\"}      | line 2: text: only ASCII is text",
        "#{\"cycle\":1,\"bytes\":\"abc\"}        | line 2: bytes: pairs of hexadecimal digits",
        "#{\"cycle\":1,\"cycle\":2}              | line 2, column 12: the field 'cycle' is there twice",
        "#{\"cycle\":1,\"text\":\"a\",\"x\":1}   | line 2: no such field: x",
        "#{\"cycle\":1,\"text\":\"a\"} {}        | line 2: something follows the object",
        "#{\"cycle\":1,\"text\":\"a\"            | line 2, column 22: no JSON: it ends too early",
        "#{\"cycle\":1,}                          | line 2, column 12: no JSON: '}' is not expected here",
        "#{\"cycle\":01}                         | line 2, column 11: no JSON: '1' is not expected here",
        "#{\"cycle\":1]                          | line 2, column 11: no JSON: ']' is not expected here",
        "#{\"idle\":yes}                         | line 2, column 9: no JSON: 'yes' is not expected here",
        "#{\"idle\":yes                          | line 2, column 9: no JSON: 'yes' is not expected here",
        "#{\"text\":\"ab\tc\"}                  | line 2, column 12: no JSON: the character U+0009 is not",
        "#{\"cycle\":1,\"text\":\"a\"}#{\"cycle\":1,\"text\":\"b\"} | line 3: not behind the line before: cycle=1"})
    void whatIsNoLogIsRefusedWithItsLine(final String text, final String message) {
        final String whole = text == null ? "" : text.startsWith("#") ? HEAD + text.substring(1).replace('#', '\n')
            : text;
        final String said = assertThrows(RefusedFileException.class, () -> InputFile.parse("keys", whole)).getMessage();
        assertTrue(said.startsWith("keys: " + message), said);
    }

    @Test
    void aFileThatIsNoneIsRefused() throws Exception {
        for (final Path file : List.of(directory, directory.resolve("nothing"), Path.of("/dev/zero"),
                Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0}))) {
            final String said = assertThrows(RefusedFileException.class, () -> InputFile.read(file)).getMessage();
            assertTrue(said.startsWith(file + ": file: "), said);
        }
    }

    @Test
    void aMutantIsRefusedOrLoads() {
        final Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            final StringBuilder mutant = new StringBuilder(InputFile.format(sample(i % 7)));
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                final int at = random.nextInt(mutant.length());
                switch (random.nextInt(3)) {
                    case 0 -> mutant.setCharAt(at, (char) random.nextInt(128));
                    case 1 -> mutant.deleteCharAt(at);
                    default -> mutant.insert(at, "\"{}[]:,0e9\n".charAt(random.nextInt(11)));
                }
            }
            try {
                InputFile.parse("keys", mutant.toString());
            } catch (final RefusedFileException refusal) {
                assertTrue(refusal.getMessage().startsWith("keys: line "), refusal.getMessage());
                refused++;
            }
        }
        assertTrue(refused > MUTANTS / 2, "refused=" + refused);
    }
}
