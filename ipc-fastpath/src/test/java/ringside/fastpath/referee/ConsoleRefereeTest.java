package ringside.fastpath.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.input.InputRecorder;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.InputSource;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.build.KernelFeatures;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.kernel.build.KernelImageBuilder;
import ringside.kernel.build.QemuCommand;
import ringside.toolchain.image.GuestImage;

/** Lines that are typed at the console server: what is printed depends on them and not on when they came. */
class ConsoleRefereeTest {
    private static final Budget BUDGET = Budget.steps(200_000_000);
    private static final long QEMU_SECONDS = 120;
    private static final char PROMPT = '>';
    private static final String LONG = "0123456789 ".repeat(14);
    private static final String TYPED = "echo  hello,  line\r\n"
            + "nonsense\b\b\b\b\u007f\u007f\u007f\u007f\becho erased\n"
            + "not this\u0015echo one two  \u0017three\r"
            + "\u0001\u001b\u0080\u00ff  \n\nechoes\n"
            + "nor this\u0003echo \u0017\u0017\u0017" + "echo " + LONG + "\n"
            + "help\nexit\nbehind the end\n";
    private static final String BACK = "\b \b";
    private static final String EXPECTED = """
            bantam: first light, fast path in assembly
            shell: help says what there is
            > echo  hello,  line
            hello,  line
            > nonsense%secho erased
            erased
            > not this%secho one two  %sthree
            one three
            >  \s
            >\s
            > echoes
            shell: there is no command echoes
            > nor this^C
            > echo %secho %s%s
            %s
            > help
            help         say this
            echo TEXT    say the text
            ticks        say how many ticks there were
            exit         end the shell
            > exit
            bantam: done
            """.formatted(BACK.repeat(8), BACK.repeat(8), BACK.repeat(5), BACK.repeat(5), LONG.substring(0, 122),
            "\u0007".repeat(32), LONG.substring(0, 122));

    private static GuestImage image;

    @TempDir
    private Path directory;

    @BeforeAll
    static void buildTheImage() {
        try (KernelImageBuilder builder = KernelImageBuilder.start(Ticks.seldom())) {
            image = builder.build(new KernelFeatures(FastPath.ASSEMBLY));
        }
    }

    /** A machine that is asked for a prompt first. */
    private static final class Terminal {
        private final ByteArrayOutputStream serial = new ByteArrayOutputStream();
        private final byte[] typed = TYPED.getBytes(StandardCharsets.ISO_8859_1);
        private int next;

        void run(final InputSource source) {
            final MachineConfig config = MachineConfig.standard().withSerial(serial::write).withInput(source)
                    .withCommandLine("shell");
            try (Machine machine = Machine.boot(config, image)) {
                assertEquals(new RunResult.Exited(0), machine.run(BUDGET), this::text);
            }
        }

        String text() {
            return serial.toString(StandardCharsets.ISO_8859_1);
        }

        /** Types ahead whenever there is room, as soon as there is a prompt. */
        int ahead(final long cycle, final boolean idle) {
            return next < typed.length && text().indexOf(PROMPT) >= 0 ? typed[next++] & 0xff : InputSource.NOTHING;
        }

        /** Types from the very first cycle on. */
        int before(final long cycle, final boolean idle) {
            return next < typed.length ? typed[next++] & 0xff : InputSource.NOTHING;
        }

        /** Types a line a prompt. */
        int afterEachPrompt(final long cycle, final boolean idle) {
            return text().endsWith("> ") || next > 0 && typed[next - 1] != '\n'
                    ? ahead(cycle, idle) : InputSource.NOTHING;
        }
    }

    @Test
    void linesAreEditedAndEchoedWhereTheyAreRead() {
        final Terminal terminal = new Terminal();
        terminal.run(terminal::ahead);
        assertEquals(EXPECTED, terminal.text());
    }

    @Test
    void theTextIsTheSameWheneverItIsTyped() {
        final Terminal terminal = new Terminal();
        terminal.run(terminal::afterEachPrompt);
        assertEquals(EXPECTED, terminal.text());
    }

    @Test
    void nothingIsLostThatIsTypedBeforeTheKernelStarts() {
        final Terminal terminal = new Terminal();
        terminal.run(terminal::before);
        assertEquals(EXPECTED, terminal.text());
    }

    @Test
    void whatWasTypedIsRecordedAndComesAgain() {
        final Terminal terminal = new Terminal();
        final InputRecorder recorder = new InputRecorder(terminal::ahead);
        terminal.run(recorder);
        final Terminal again = new Terminal();
        again.run(recorder.log().replay());
        assertEquals(EXPECTED, again.text());
    }

    @Test
    void qemuPrintsTheSameForTheSameBytes() throws Exception {
        Tool.assumePresent(QemuCommand.PROGRAM);
        final Path file = Files.write(directory.resolve("bantam.elf"), image.bytes());
        final List<String> command = new ArrayList<>(QemuCommand.boot(file));
        command.addAll(List.of("-append", "shell"));
        final Process qemu = new ProcessBuilder(command).redirectErrorStream(true).start();
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            copyUntilPrompt(qemu.getInputStream(), printed);
            try (OutputStream keys = qemu.getOutputStream()) {
                keys.write(TYPED.getBytes(StandardCharsets.ISO_8859_1));
                keys.flush();
                qemu.getInputStream().transferTo(printed);
            } catch (final IOException e) {
                // What is behind the end has nobody who takes it.
                assertTrue(printed.toString(StandardCharsets.ISO_8859_1).contains("> exit"), e.toString());
            }
            assertTrue(qemu.waitFor(QEMU_SECONDS, TimeUnit.SECONDS), "QEMU does not end");
        } finally {
            qemu.destroyForcibly();
        }
        assertEquals(EXPECTED, printed.toString(StandardCharsets.ISO_8859_1));
        assertEquals(QemuCommand.EXIT_GOOD, qemu.exitValue());
    }

    private static void copyUntilPrompt(final InputStream from, final ByteArrayOutputStream to) throws IOException {
        int octet;
        do {
            octet = from.read();
            assertTrue(octet >= 0, "QEMU ended: " + to.toString(StandardCharsets.ISO_8859_1));
            to.write(octet);
        } while (octet != PROMPT);
    }
}
