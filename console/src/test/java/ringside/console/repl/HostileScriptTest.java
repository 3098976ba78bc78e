package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.console.repl.command.CommandTable;

/** Script files from anywhere are done, fail or are refused at a line; the session is sound behind them. */
@Tag("fuzz")
class HostileScriptTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int SCRIPTS = 500;
    private static final int FACTOR = Integer.getInteger("ringside.inputs",
        SCRIPTS * Integer.getInteger("ringside.fuzz.factor", 1)) / SCRIPTS;
    /** Scripts for one session: what they set is gone with it. */
    private static final int ROUND = 50;
    /** Ways forward that a script has, at least: guests that were changed may go on for ever. */
    private static final long BUDGET = 2_000_000;
    private static final int MOST_LINES = 14;

    /** Lines that do something, of which scripts are made. */
    private static final List<String> SOUND = List.of("break bump if rbx == 3", "continue", "expect stop breakpoint 1",
        "expect u64[0x200000] == 2", "print rbx", "expect \"= 3\"", "expect /rbx +0x0*3/", "stepi 2", "reverse-stepi",
        "reverse-continue", "next", "finish", "watch 0x200000", "awatch 0x200000 4 if rbx < 3", "rwatch -p 0x200000",
        "who-wrote 0x200000", "bookmark there", "goto there", "goto start", "goto +3", "set rbx = 2",
        "set u64[0x200000] = 9", "x/4xg 0x200000", "x/8i rip", "disassemble bump", "backtrace", "display rbx",
        "undisplay", "commands 1 print rbx; continue", "ignore 1 2", "tbreak *0x100010", "break event device",
        "break console \"count\"", "break instruction 9", "events device", "events off", "find 0x100000 4096 hex 48",
        "regs", "regs control", "pagewalk rip", "maps", "top 1000", "annotate bump 1000", "info break", "delete",
        "disable 1", "enable 1", "echo over",
        "expect console \"counted\"", "expect not stop end", "cpu 0", "until bump",
        "type hello", "position", "# a comment", "include other.ringside", "log x", "snapshot save y", "p/d 0x10 * 7",
        "help break", "quit 3", "expect 1 == 1", "idt", "gdt", "tss", "threads", "rings", "list", "info symbol bump");

    @TempDir
    private Path directory;

    private static IntStream seeds() {
        return IntStream.range(FIRST, FIRST + FACTOR);
    }

    private static byte[] script(final SplittableRandom random) {
        final List<String> lines = new ArrayList<>();
        for (int i = 1 + random.nextInt(MOST_LINES); i > 0; i--) {
            lines.add(random.nextInt(12) > 0 ? SOUND.get(random.nextInt(SOUND.size()))
                : CommandTable.all().get(random.nextInt(CommandTable.all().size())).name());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            final int at = random.nextInt(lines.size());
            switch (random.nextInt(4)) {
                case 0 -> Collections.swap(lines, at, random.nextInt(lines.size()));
                case 1 -> lines.addAll(at, List.copyOf(lines.subList(at, lines.size())));
                case 2 -> lines.set(at, lines.get(at).repeat(1 + random.nextInt(300)));
                default -> lines.set(at, lines.get(at) + " " + lines.get(random.nextInt(lines.size())));
            }
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i > 0; i--) {
            bytes = mutated(bytes, random);
        }
        return bytes;
    }

    private static byte[] mutated(final byte[] bytes, final SplittableRandom random) {
        final int at = random.nextInt(bytes.length);
        final byte[] changed = bytes.clone();
        switch (random.nextInt(6)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt();
            case 2 -> changed[at] = (byte) "0123456789-*+/[]()\"=<>%$#;".charAt(random.nextInt(26));
            case 3 -> {
                return Arrays.copyOf(changed, at + 1);
            }
            case 4 -> Arrays.fill(changed, at, Math.min(changed.length, at + 1 + random.nextInt(40)), changed[at]);
            default -> {
                final int length = Math.min(changed.length - at, 1 + random.nextInt(12));
                final byte[] longer = Arrays.copyOf(changed, changed.length + length);
                System.arraycopy(changed, at, longer, at + length, changed.length - at);
                return longer;
            }
        }
        return changed;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aScriptIsDoneOrFailsAtALine(final int seed) throws IOException {
        final int[] outcomes = new int[CommandResult.Outcome.values().length];
        final Path file = directory.resolve("any.ringside");
        int done = 0;
        while (done < SCRIPTS) {
            try (Session session = Sessions.counting()) {
                session.refuseFiles();
                for (int i = 0; i < ROUND && done < SCRIPTS && session.desk().exit().isEmpty(); i++) {
                    outcomes[outcome(session, file, (long) seed * SCRIPTS + done).ordinal()]++;
                    done++;
                }
                session.budget(Long.MAX_VALUE);
                Sessions.all(session, "delete", "events off", "undisplay", "goto start", "expect step == 0");
            }
            assertEquals(List.of(file), listed(), "no script may write a file");
        }
        for (final CommandResult.Outcome each : CommandResult.Outcome.values()) {
            assertTrue(outcomes[each.ordinal()] > SCRIPTS / 50, "the mutations are worth something: " + each + " "
                + Arrays.toString(outcomes));
        }
    }

    private static CommandResult.Outcome outcome(final Session session, final Path file, final long number)
            throws IOException {
        final byte[] bytes = script(new SplittableRandom(number));
        Files.write(file, bytes);
        session.budget(BUDGET);
        try {
            final CommandResult result = session.script(file);
            assertTrue(result.ok() || result.problem().startsWith(file + ": ")
                || result.problem().matches("(?s)" + file + ":\\d+: .+: .+"), result::problem);
            return result.outcome();
        } catch (final RuntimeException | Error crash) {
            throw new AssertionError("script " + number + ":\n" + new String(bytes, StandardCharsets.UTF_8), crash);
        }
    }

    private List<Path> listed() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }
}
