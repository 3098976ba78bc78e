package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --program} brings programs of the user's into Bantam's image, and refuses what is none. */
class AddedProgramTest {
    private static final String EXAMPLE = Path.of("..", "examples", "user-program").toString();
    private static final String PROGRAM = """
        %include "user/program.inc"
        %include "beside.inc"
        section .text
        global main
        main:
                PROGRAM_BEGIN
                PROGRAM_END ENDS_WITH
        """;

    @TempDir
    private Path directory;

    private String file(final String name, final String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static void assertRefused(final String message, final String... programs) {
        final List<String> arguments = new ArrayList<>(List.of("run"));
        for (final String program : programs) {
            arguments.addAll(List.of("--program", program));
        }
        final CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void twoProgramsOfOneFileRunOnSeveralCpus() {
        final CommandRun run = CommandRun.of("run", "--smp", "2", "--program", EXAMPLE + "/hello.asm", "--program",
            "two=" + EXAMPLE + "/hello.asm", "--append", "two hello");

        assertEquals(0, run.code(), run.err());
        assertEquals(2, run.out().split("the first 10 squares is 385", -1).length - 1, run.out());
    }

    @Test
    void aProgramThatIsNotNamedEndsBeforeItBegan() {
        final CommandRun run = CommandRun.of("run", "--program", EXAMPLE + "/hello.asm", "--append", "nobody");

        assertEquals(1, run.code(), run.err());
        assertTrue(run.out().endsWith("there are demo, shell, ninep, hello\n"), run.out());
    }

    @Test
    void whatAProgramReportsIsWhatTheMachineEndsWith() throws IOException {
        final String program = file("ends.asm", PROGRAM);
        for (final int status : List.of(0, 3)) {
            file("beside.inc", "ENDS_WITH equ " + status);
            final CommandRun run = CommandRun.of("run", "--program", program, "--append", "ends");
            assertEquals(status == 0 ? 0 : 1, run.code(), run.err());
        }
    }

    @Test
    void aProfileShowsTheProgramsOwnLines() {
        final CommandRun run = CommandRun.of("profile", "--program", EXAMPLE + "/hello.asm", "--append", "hello",
            "--annotate", "hello_main");

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("imul    eax, ebx"), run.out());
    }

    @Test
    void whatIsNoProgramIsRefusedWithThePlace() throws IOException {
        final String wrong = file("wrong.asm", "        mov [rdi], 1\n");
        assertRefused(wrong + ":1: the address needs a size", wrong);
        final String none = file("none.asm", "none: ret\n");
        assertRefused(none + ": a program begins at its global label main", none);
        final String data = file("data.asm", PROGRAM.replace("%include \"beside.inc\"", "ENDS_WITH equ 0")
            + "section .data\nx: db 1\n");
        assertRefused("section=.data", data);
        final String java = file("Wrong.java", "class Wrong { int x = y; }\n");
        assertRefused("cannot find symbol", java);
        assertRefused("is no Consumer<UserCode>", file("Other.java", "public class Other { public Other() { } }\n"));
        assertRefused("there is no such file", directory + "/nowhere.asm");
        assertRefused("a program's file is called NAME.asm or NAME.java", file("x.txt", ""));
        assertRefused("there is a program of that name", "shell=" + none);
        assertRefused("a program's name is", "9=" + none);
        final String large = file("large.asm", "global main\nmain: ret\nsection .bss\nresb 40000\n");
        assertRefused("large: 40000 bytes of data, at most 32768 fit", large);
        final String hello = EXAMPLE + "/hello.asm";
        assertRefused("two programs have one name", hello, hello);
        assertRefused("more programs than there is room for", "a=" + hello, "b=" + hello, "c=" + hello, "d=" + hello,
                "e=" + hello, "f=" + hello);
        assertEquals(2, CommandRun.of("run", "--ninep", "--program", hello).code());
    }
}
