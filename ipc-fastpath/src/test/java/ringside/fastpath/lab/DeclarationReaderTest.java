package ringside.fastpath.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.asm.SourceTree;

/** What a declaration may say, and how it is refused. */
class DeclarationReaderTest {
    private static final String LEAST = """
            title = "t"
            stand = "bare"
            TOP
            [variant.a]
            baseline = true
            A
            [variant.b]
            constants = { X = 1 }
            END
            """;

    private static Declaration read(final String top, final String a, final String end) {
        final String text = LEAST.replace("TOP", top).replace("\nA\n", "\n" + a + "\n").replace("END", end);
        return DeclarationReader.read(new LabFiles("my.toml", "my", text,
                SourceTree.of(Map.of("a.asm", "nop\n")), ""));
    }

    private static String refusal(final String top, final String a, final String end) {
        return assertThrows(LabException.class, () -> read(top, a, end)).getMessage();
    }

    @Test
    void whatIsNotSaidHasADefault() {
        final Declaration declaration = read("", "", "");
        assertTrue(declaration.stable());
        assertEquals(new MachineSpec(1, 50, 0, 64 << 20, false), declaration.machine());
        assertEquals(List.of("op", "empty", "control", "trial"),
                declaration.windows().stream().map(window -> window.name()).toList());
        assertEquals("a", declaration.baseline().name());
    }

    @Test
    void everyCombinationOfASweepIsAPoint() {
        final Declaration declaration = read("", "", "[sweep]\nSIZE = [1, 8]\ncpus = [1, 2]");
        assertEquals(List.of("SIZE=1 cpus=1", "SIZE=1 cpus=2", "SIZE=8 cpus=1", "SIZE=8 cpus=2"),
                Laboratory.points(declaration).stream().map(Point::toString).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "speed = 1                            | speed: unknown key",
        "cpus = 17                            | cpus: a whole number from 1 to 16 is wanted",
        "vm_functions = 1                     | vm_functions: true or false is wanted",
        "programs = [\"ninep\"]              | programs: each a program of Bantam, once, and on its stand: ninep",
        "stable = 1                           | stable: true or false is wanted",
        "models = [\"z80\"]                   | models: z80.toml: no such file is shipped",
        "models = [\"unit\"]                  | models: the machine's own clock is always there: unit",
        "sources = [\"../up.asm\"]            | sources: a unit is a relative path that ends in .asm: ../up.asm",
        "sources = [\"none.asm\"]             | sources: no such file beside the declaration: none.asm",
        "trial = [\"a\", \"a\"]              | trial: at most 3 names of small letters are wanted",
        "title = 1                            | line 4: Duplicate key",
        "budget = 0                           | budget: a whole number from 1 to 10000000000 is wanted"})
    void aWrongKeyIsRefusedWithItsPlace(final String line, final String reason) {
        assertEquals("my.toml: " + reason, refusal(line, "", ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "constants = { CPUS = 2 } | variant.a.constants.CPUS: a constant's name is of capitals, digits and _, and not"
            + " CPUS",
        "constants = { x = 2 }    | variant.a.constants.x: a constant's name is of capitals, digits and _, and not"
            + " CPUS",
        "features = { fastpath = \"slow\" } | variant.a.features: the bare stand has none",
        "flavour = 1                | variant.a.flavour: unknown key"})
    void aVariantIsRefusedWithItsPlace(final String line, final String reason) {
        assertEquals("my.toml: " + reason, refusal("", line, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[sweep];X = [1, 2]                | variant.b.constants.X: is set for all variants, too",
        "[sweep];cpus = [1, 1]             | sweep.cpus: a value is there twice",
        "[sweep];cpus = []                 | sweep.cpus: a list of 1 to 64 elements is wanted",
        "[window.op];from = \"a\"          | window.op: a window's name is a word of small letters that no other window"
            + " has",
        "[window.x];from = \"a\"           | window.x.to: missing",
        "[variant.c];baseline = true       | variant: one of them, and no more, says baseline = true",
        "[sweep];seed = [1000000000000000001] | line 10: a decimal number of 19 digits; write it as 0x and its"
            + " hexadecimal digits",
        "[constants];X = 1                 | variant.b.constants.X: is set for all variants, too"})
    void aTableIsRefusedWithItsPlace(final String lines, final String reason) {
        assertEquals("my.toml: " + reason, refusal("", "", lines.replace(';', '\n')));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "holds = \"cycles.zen4 == 0\"       | claim[0].holds: no such metric: cycles.zen4",
        "holds = \"half:cycles == 0\"       | claim[0].holds: no such window: half",
        "holds = \"cycles == \"             | claim[0].holds: column 11 of \"cycles == \": a number or a metric is"
            + " wanted",
        "holds = \"cycles cycles\"          | claim[0].holds: column 8 of \"cycles cycles\": an operator is wanted",
        "metric = \"cycles\"                | claim[0].claimed: missing",
        "claimed = 0                        | claim[0].claimed: how many times better: more than 0, at most 1000000",
        "rows = [32, \"32b\", \"b\"] | claim[0].rows: numbers, each once, perhaps with a letter as in \"32b\":"
            + " b",
        "rows = [0] | claim[0].rows: numbers, each once, perhaps with a letter as in \"32b\":"
            + " 0",
        "rows = [3, \"3\"] | claim[0].rows: numbers, each once, perhaps with a letter as in \"32b\":"
            + " 3",
        "rows = [3.5] | claim[0].rows: a text of 1 to 1000 characters, none for control, is wanted",
        "where = { SIZE = 1 }               | claim[0].where.SIZE: neither swept nor a number of a trial"})
    void aClaimIsRefusedWithItsPlace(final String line, final String reason) {
        assertEquals("my.toml: " + reason, refusal("", "", "[[claim]]\ntext = \"t\"\nvariant = \"b\"\n" + line));
    }

    @Test
    void rowsAreNumbersOrTexts() {
        final Declaration declaration = read("", "", "[[claim]]\nrows = [32, \"32b\"]\ntext = \"t\"\nvariant = \"b\"\n"
                + "holds = \"cycles == 1\"");
        assertEquals(List.of("32", "32b"), declaration.claims().getFirst().rows());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-experiment", "../stand", "no.toml", "A"})
    void whatThereIsNotIsRefused(final String name) {
        assertThrows(LabException.class, () -> LabFiles.find(name));
    }

    @Test
    void everyShippedExperimentIsRead() {
        assertTrue(LabFiles.shipped().contains("false-sharing"));
        LabFiles.shipped().forEach(name -> assertEquals(name, DeclarationReader.read(LabFiles.shipped(name)).name()));
    }

    @Test
    void theGreatestNumberIsReadAsItIs() {
        assertEquals(List.of(Long.MAX_VALUE, 999_999_999_999_999_999L),
                read("", "", "[sweep]\nseed = [0x7fffffffffffffff, 999999999999999999]").sweep().get("seed"));
    }

    @Test
    void aDirectoryIsNoDeclaration() {
        assertThrows(LabException.class, () -> LabFiles.of(Path.of("/")));
    }
}
