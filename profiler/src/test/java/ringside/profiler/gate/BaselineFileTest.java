package ringside.profiler.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineFileTest {
    private static final Measurements SOME = new Measurements(new TreeMap<>(Map.of("zen4", "zen4-2")), new TreeMap<>(
            Map.of("b/call", new MeasuredPath("b/call", new TreeMap<>(Map.of("instructions", 62L, "lines", -7L)),
                    new TreeMap<>(Map.of("zen4.L1", 5L)),
                    List.of(new CodePlace("fast", 0xffff_8000_0010_1040L)), List.of(
                            new GateStep("fast", "mov rax, qword ptr [rax + 8]", "ipc/fast.asm", 0, 4,
                                    "store forwarding"),
                            new GateStep("", "nop", "", 0, 0, ""))),
                    "a\"\\/\u00e9", Paths.path("a\"\\/\u00e9", Map.of()))));

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsRead() {
        final String text = BaselineWriter.text(SOME);

        assertEquals(SOME, BaselineReader.parse("x", text));
        assertEquals(text, BaselineWriter.text(BaselineReader.parse("x", text)));
    }

    @Test
    void aBaselineThatDoesNotSayWhereCodeWasIsRead() {
        final String old = BaselineWriter.text(SOME).replace("baseline\": 2", "baseline\": 1")
                .replaceFirst("(?s)\"places\": \\[.*?],\\s*", "");

        final MeasuredPath path = BaselineReader.parse("x", old).paths().get("b/call");
        assertEquals(List.of(), path.places());
        assertEquals(2, path.steps().size());
    }

    @Test
    void everyValueHasALineOfItsOwnInTheOrderOfNames() {
        final List<String> lines = BaselineWriter.text(SOME).lines().map(String::strip).toList();

        assertTrue(lines.contains("\"instructions\": 62,"), lines::toString);
        assertTrue(lines.contains("\"lines\": -7"), lines::toString);
        assertTrue(lines.contains("\"fast | mov rax, qword ptr [rax + 8] | ipc/fast.asm | 4 store forwarding\","),
                lines::toString);
        assertTrue(lines.indexOf("\"a\\\"\\\\/\u00e9\": {") < lines.indexOf("\"b/call\": {"), lines::toString);
    }

    @Test
    void namesThatLookLikeFieldsDoNotBreakALine() {
        final Measurements odd = Paths.all(Paths.path("p", Map.of(),
                new GateStep("a | b", "nop | 1", "f | 2", 0, 1, "")));

        assertEquals("a ? b", BaselineReader.parse("x", BaselineWriter.text(odd)).paths().get("p").steps().getFirst()
                .routine());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "baseline\": 2;baseline\": 3;line 2: is of version 3, and this program reads versions 1 and 2",
        "0xffff800000101040;ffff;line 21: a place is ROUTINE | 0xADDRESS",
        "places;place;line 20: the field 'code' is wanted here",
        "\"paths\";\"path\";line 6: the field 'paths' is wanted here",
        "62;62.5;line 14: a whole number is wanted here",
        "62;\"62\";line 14: a whole number is wanted here",
        "62;99999999999999999999;line 14: ",
        "\"lines\";\"instructions\";line 15: ",
        "fast | mov;fast ; line 24: an instruction is ROUTINE | INSTRUCTION | FILE | CYCLES CAUSE",
        "| 4 store;| four store;line 24: an instruction's cycles are a whole number of at most 15 digits",
        "| 4 store;| 4000000000000000 store;line 24: an instruction's cycles are a whole number of at most 15 digits",
        "62;9223372036854775807;line 14: a number from -9007199254740992 to 9007199254740992 is wanted",
        "62;-9007199254740993;line 14: a number from -9007199254740992 to 9007199254740992 is wanted",
        "b/call;b\\n::error::x;line 12: a name has no control characters: b?::error::x",
        "instructions;x\\u001b[31m;line 14: a name has no control characters: x?[31m",
        "zen4-2;zen\\u202e4;line 4: a name has no control characters: zen?4",
        "zen4.L1;L\\u009b1;line 18: a name has no control characters: L?1",
        "fast | mov;fa\\u2028st | mov;line 24: a name has no control characters: fa?st | mov"})
    void aDamagedFileIsRefusedWithItsLine(final String good, final String bad, final String message) {
        final String text = BaselineWriter.text(SOME);
        assertTrue(text.contains(good), text);

        final BaselineException refused = assertThrows(BaselineException.class,
                () -> BaselineReader.parse("base.json", text.replace(good, bad)));

        assertTrue(refused.getMessage().startsWith("base.json: " + message.strip()),
                () -> refused.getMessage() + "\n" + text);
    }

    @Test
    void noChangeOfAByteIsMoreThanARefusal() {
        final byte[] text = BaselineWriter.text(SOME).getBytes(StandardCharsets.UTF_8);
        for (int seed = 0; seed < 5_000; seed++) {
            final Random random = new Random(seed);
            final byte[] bytes = text.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            final String mutated = new String(bytes, 0, random.nextInt(8) == 0 ? random.nextInt(bytes.length)
                    : bytes.length, StandardCharsets.UTF_8);
            try {
                BaselineReader.parse("x", mutated);
            } catch (final BaselineException refused) {
                assertTrue(refused.getMessage().startsWith("x: "), refused.getMessage());
            }
        }
    }

    @Test
    void aNumberAtTheBoundIsRead() {
        final String text = BaselineWriter.text(SOME).replace("62", "-9007199254740992");

        assertEquals(-9007199254740992L,
                BaselineReader.parse("x", text).paths().get("b/call").metrics().get("instructions"));
    }

    @Test
    void namesThatSteerTerminalsAreWrittenAsOnesThatDoNot() {
        final Measurements odd = Paths.all(Paths.path("p", Map.of(),
                new GateStep("a\n::error::x", "nop", "f\u001b[2J", 0, 1, "")));
        final GateStep step =
                BaselineReader.parse("x", BaselineWriter.text(odd)).paths().get("p").steps().getFirst();

        assertEquals("a?::error::x", step.routine());
        assertEquals("f?[2J", step.file());
    }

    @Test
    void whatWouldBeTooLargeToReadIsNotWritten() {
        final GateStep[] steps = new GateStep[MeasuredPath.MOST_STEPS];
        Arrays.fill(steps, new GateStep("r".repeat(400), "nop", "f".repeat(400), 0, 1, ""));
        final MeasuredPath[] paths = new MeasuredPath[12];
        Arrays.setAll(paths, i -> Paths.path("p" + i, Map.of(), steps));

        assertTrue(assertThrows(BaselineException.class, () -> BaselineWriter.text(Paths.all(paths))).getMessage()
                .startsWith("baseline: file: would be larger than 33554432 bytes"));
        assertTrue(BaselineWriter.text(Paths.all(Arrays.copyOf(paths, 8))).length() < BaselineReader.MOST_BYTES);
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsRead() throws IOException {
        final Path large = directory.resolve("large.json");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(BaselineReader.MOST_BYTES + 1L);
        }
        assertRefused(large, "is larger than 33554432 bytes");
    }

    @Test
    void whatIsNoFileOfTextIsRefused() throws IOException {
        final Path bytes = Files.write(directory.resolve("bytes"), new byte[] {(byte) 0xff, 0});
        assertRefused(bytes, "is no UTF-8 text");
        assertRefused(directory, "this is not a regular file");
        assertRefused(directory.resolve("none"), "there is no such file");
        assertRefused(Files.createFile(directory.resolve("empty")), "a JSON object is wanted here");
    }

    private static void assertRefused(final Path file, final String reason) {
        final String message = assertThrows(BaselineException.class, () -> BaselineReader.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": ") && message.endsWith(reason), message);
    }
}
