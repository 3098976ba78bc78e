package ringside.console.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;

/** The real gdb debugs Bantam, forward and back. */
class GdbCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();
    private static final int MINUTES = 5;

    @TempDir
    private Path directory;

    /** The command on a thread of its own, as soon as it listens. */
    private static final class Server implements AutoCloseable {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> port = new CompletableFuture<>();
        private final CompletableFuture<Integer> code;

        Server(final String... arguments) {
            final PrintStream messages = new PrintStream(new OutputStream() {
                @Override
                public void write(final int value) {
                    err.write(value);
                    final Matcher listens = Pattern.compile("127\\.0\\.0\\.1:(\\d+)\n").matcher(err.toString());
                    if (value == '\n' && listens.find()) {
                        port.complete(Integer.parseInt(listens.group(1)));
                    }
                }
            }, true, StandardCharsets.UTF_8);
            code = CompletableFuture.supplyAsync(() -> Main.run(new Terminal(InputStream.nullInputStream(),
                    new PrintStream(out, true, StandardCharsets.UTF_8), messages, false, false, false, 80), arguments),
                    task -> Thread.ofPlatform().start(task));
        }

        int port() {
            return port.orTimeout(MINUTES, TimeUnit.MINUTES).join();
        }

        /** Waits for its end. */
        int code() {
            return code.orTimeout(MINUTES, TimeUnit.MINUTES).join();
        }

        /** Ends it, if nobody has: a client that kills it is let in when the one before is gone. */
        @Override
        public void close() {
            if (!code.isDone()) {
                try (Socket killer = new Socket(InetAddress.getByName("127.0.0.1"), port())) {
                    killer.getOutputStream().write("$k#6b".getBytes(StandardCharsets.US_ASCII));
                    code();
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private String gdb(final Path image, final int port, final String... commands) throws IOException,
            InterruptedException {
        final Path script = directory.resolve("session.gdb");
        Files.writeString(script, "set pagination off\nset confirm off\nset width 0\nset height 0\ndirectory "
                + ROOT.resolve("guest-kernel/src/main/asm").toAbsolutePath()
                + "\ntarget remote 127.0.0.1:" + port + "\n"
                + String.join("\n", commands) + "\n");
        final Path output = directory.resolve("session.txt");
        final Process process = new ProcessBuilder("gdb", "-batch", "-nx", "-x", script.toString(), image.toString())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }

    private static void assumeGdb() {
        assumeTrue(Arrays.stream(System.getenv("PATH").split(":")).anyMatch(
                place -> Files.isExecutable(Path.of(place, "gdb"))), "gdb is not installed: its session is skipped");
    }

    /** {@return what stands between two marks} */
    private static String part(final String text, final String mark) {
        final int from = text.indexOf("== " + mark + "\n");
        assertTrue(from >= 0, "no part " + mark + " in:\n" + text);
        final int to = text.indexOf("\n== ", from);
        return text.substring(from + mark.length() + 4, to < 0 ? text.length() : to + 1);
    }

    private static void assertFinds(final String pattern, final String text) {
        assertTrue(Pattern.compile(pattern).matcher(text).find(), () -> pattern + " in:\n" + text);
    }

    @Test
    void gdbDebugsTwoCpusFromBeforePagingAndBack() throws IOException, InterruptedException {
        assumeGdb();
        final Path image = directory.resolve("bantam.elf");
        try (Server server = new Server("gdb", "--port", "0", "--smp", "2", "--write-image", image.toString())) {
            final String text = gdb(image, server.port(),
                    "echo == start\\n", "info threads", "p $cr0", "p/x $efer",
                    "echo == paging is off\\n", "next", "next", "tbreak *$pc", "reverse-continue", "continue",
                    "p $cr0", "stepi", "reverse-stepi", "frame",
                    "echo == before paging\\n", "break idt_start", "continue", "p $cr0", "info line", "bt 2",
                    "p $_thread", "x/1i $pc",
                    "echo == steps\\n", "p $pc", "stepi", "stepi", "p $pc", "reverse-stepi", "reverse-stepi", "p $pc",
                    "echo == lines\\n", "step", "next", "next", "reverse-next", "frame",
                    "echo == own registers\\n", "p $gdtr_base == (long) &gdt",
                    "p $gdtr_limit == (long) &gdt_end - (long) &gdt - 1", "p/x $gdtr_limit", "p/x $k_gs_base", "p $cr4",
                    "echo == second CPU\\n", "delete", "break scheduler_pick thread 2", "continue", "info threads",
                    "echo == watchpoint\\n", "delete", "watch *(long *)&cpu_block", "continue", "p $_thread",
                    "x/1i $pc", "reverse-continue", "x/1i $pc", "reverse-continue",
                    "echo == software watchpoint\\n", "delete", "set can-use-hw-watchpoints 0",
                    "set $stack = $rsp", "watch $rsp != $stack", "continue",
                    "echo == interrupt\\n", "delete", "break timer_tick if $r15 != 0", "continue", "bt", "frame 2",
                    "p $_thread", "echo == system call\\n", "delete", "break syscall_slow", "continue", "bt",
                    "echo == memory and registers\\n", "delete", "set $xmm1.uint128 = 7", "p $xmm1.uint128",
                    "set $rbx = 0x1234", "p/x $rbx", "find /b &cpu_block, +4096, 0xEE", "p $_",
                    "echo == monitor\\n", "monitor position", "monitor nonsense",
                    "monitor print rbx", "monitor log /tmp/x",
                    "echo == leaving\\n", "p/x $rbx", "p $pc", "detach");
            assertFinds("\\* 1 +Thread 1 \"cpu0\" \\(runs, next at boot_pvh_entry\\)", part(text, "start"));
            assertFinds("  2 +Thread 2 \"cpu1\" \\(waits at ", part(text, "start"));
            assertFinds("= \\[ PE ET \\]", part(text, "start"));
            assertFinds("hit Temporary breakpoint 1, boot_pvh_entry \\(\\) at boot/entry.asm:(\\d+)\n"
                    + "\\1\\s+mov +esi, LOADER_PVH\n\\$\\d+ = \\[ PE ET \\]\n\\d+\\s+jmp .*\n\\1\\s+mov .*\n"
                    + "#0 +boot_pvh_entry \\(\\) at boot/entry.asm:\\1\n", part(text, "paging is off"));
            final String paging = part(text, "before paging");
            assertFinds("hit Breakpoint 2, idt_start \\(\\) at trap/idt.asm:\\d+\n\\d+\\s+xor +edi, edi", paging);
            assertFinds("= \\[ PE .*WP PG \\]", paging);
            assertFinds("#0 +idt_start \\(\\).*\n#1 +0x[0-9a-f]+ in kernel_start \\(\\) at boot/start.asm:", paging);
            final String steps = part(text, "steps");
            final Matcher places = Pattern.compile("\\$\\d+ = \\(.*\\) (0x\\S+ <idt_start(\\+\\d+)?>)").matcher(steps);
            assertTrue(places.find() && places.group(2) == null, steps);
            final String first = places.group(1);
            assertTrue(places.find() && places.group(2) != null, steps);
            assertTrue(places.find() && places.group(1).equals(first), steps);
            // A line each; the call in between is one of them, and the way back over it leads to it.
            assertFinds("^\\d+\\s+lea +rsi, \\[rel trap_vectors\\]\n(\\d+)\\s+call +idt_set\n\\d+\\s+add +rsi, .*\n"
                    + "\\1\\s+call +idt_set\n#0 +idt_start \\(\\) at trap/idt.asm:\\1\n", part(text, "lines"));
            // Five descriptors and sixteen of a CPU's task state, of 16 bytes.
            assertFinds("= 1\n\\$\\d+ = 1\n\\$\\d+ = 0x127\n\\$\\d+ = 0x0\n\\$\\d+ = \\[ PAE \\]\n",
                    part(text, "own registers"));
            final String second = part(text, "second CPU");
            assertFinds("Thread 2 \"cpu1\" hit Breakpoint 3, scheduler_pick", second);
            assertFinds("\\* 2 +Thread 2 \"cpu1\" \\(runs, next at scheduler_pick\\)", second);
            final String watch = part(text, "watchpoint");
            assertFinds("Hardware watchpoint 4: \\*\\(long \\*\\)&cpu_block", watch);
            assertEquals(3, Pattern.compile("hit Hardware watchpoint 4: .*\n\nOld value = .*\nNew value = ")
                    .matcher(watch).results().count(), watch);
            assertFinds("hit Watchpoint 5: ", part(text, "software watchpoint"));
            final String interrupt = part(text, "interrupt");
            assertFinds("#0 +timer_tick \\(\\) at trap/timer.asm:\\d+\n#1 +<signal handler called>\n"
                    + "#2 +(0x\\p{XDigit}+ in )?\\w+ \\(\\) at user/\\S+:\\d+\n", interrupt);
            assertFinds("#0 +syscall_slow \\(\\) at syscall/syscall_entry.asm:\\d+\n"
                    + "#1 +0x\\p{XDigit}+ in \\w+ \\(\\) at user/\\S+:\\d+\n", part(text, "system call"));
            assertFinds("= 7\n(.*\n)*.*= 0x1234", part(text, "memory and registers"));
            assertFinds("\\d+:[01]\nno command 'nonsense'.*\n\\$1 = 4660 = 0x1234\nfiles of the host are for",
                    part(text, "monitor"));
            final String leaving = part(text, "leaving");
            assertFinds("= 0x1234\n", leaving);
            assertFinds("detached", leaving);

            final String again = gdb(image, server.port(), "echo == again\\n", "p/x $rbx", "p $pc", "monitor position",
                    "reverse-continue", "p $pc", "kill");
            final Matcher place = Pattern.compile("\\$\\d+ = \\(.*\\) (0x.*)\n").matcher(leaving);
            assertTrue(place.find(), leaving);
            assertFinds("= 0x1234\n.*" + Pattern.quote(place.group(1)) + "\n", part(again, "again"));
            assertFinds("No more reverse-execution history(.*\n)*.*<boot_pvh_entry>", part(again, "again"));
            assertEquals(ExitStatus.FINE.code(), server.code());
            assertTrue(server.out.toString(StandardCharsets.UTF_8).startsWith("bantam: first light"));
        }
    }

    @Test
    void breakpointWhereTheHistoryEndsDoesNotHoldGdbUpForEver() throws IOException, InterruptedException {
        assumeGdb();
        final Path image = directory.resolve("kernel.elf");
        TinyGuests.write(image, code -> TinyGuests.count(code, 3));
        try (Server server = new Server("gdb", image.toString(), "--port", "0")) {
            final String text = gdb(image, server.port(), "echo == end\\n", "continue", "break *$pc",
                    "echo == from the breakpoint\\n", "continue", "stepi",
                    "echo == back\\n", "reverse-continue", "reverse-stepi", "echo == again\\n", "stepi",
                    "break *$pc", "continue",
                    "reverse-continue",
                    "echo == over\\n", "kill");
            assertFinds("the run is over: the guest exited with code \\d+\n\nNo more reverse-execution history",
                    part(text, "end"));
            assertFinds("(?s)(the run is over: the guest exited with code \\d+\n\nProgram stopped.*){2}",
                    part(text, "from the breakpoint"));
            assertFinds("(?s)the history begins here\n.*No more reverse.*the history begins here\n.*Program stopped",
                    part(text, "back"));
            assertFinds("(?s)(Breakpoint 2, .*){2}", part(text, "again"));
            assertFinds("killed", part(text, "over"));
            assertEquals(ExitStatus.FINE.code(), server.code());
        }
    }

    @Test
    void breakpointsOfTheConsoleStopGdbsOwnWaysAndSayWhich() throws IOException, InterruptedException {
        assumeGdb();
        final Path image = directory.resolve("kernel.elf");
        TinyGuests.write(image, code -> {
            code.global("again");
            final Label again = code.here();
            code.inc(Reg32.EAX);
            code.global("middle");
            code.inc(Reg32.EBX);
            code.mov(Mem.absolute(0x20_0000), Reg32.EAX);
            code.cmp(Reg32.EAX, 9);
            code.jcc(Cond.NE, again);
            TinyGuests.exit(code);
        });
        try (Server server = new Server("gdb", image.toString(), "--port", "0")) {
            final String text = gdb(image, server.port(),
                    "echo == code\\n", "monitor break middle if rax == 3", "continue", "p $rax",
                    "echo == gdb's own there\\n", "break *$pc", "reverse-continue", "p $rax", "delete",
                    "echo == watchpoint\\n", "monitor watch 0x200000", "continue", "x/wx 0x200000",
                    "echo == stepped off\\n", "monitor delete 2", "monitor tbreak middle if rax == 4", "break again",
                    "continue", "continue", "p $rax", "delete",
                    "echo == step\\n", "monitor break again if rax == 3", "stepi", "stepi", "stepi", "stepi", "p $rax",
                    "echo == back\\n", "reverse-continue", "reverse-continue",
                    "echo == over\\n", "kill");
            final String stopped = "middle\n\nProgram stopped\\.\nmiddle \\(\\).*(\n.*)*";
            assertFinds("breakpoint 1, " + stopped + "\\$1 = 3\n", part(text, "code"));
            assertFinds("Breakpoint 1, middle \\(\\).*(\n.*)*\\$2 = 2\n", part(text, "gdb's own there"));
            assertFinds("watchpoint 2, 0x200000: 0x1 -> 0x2\n\nProgram stopped.*(\n.*)*0x200000:\t0x00000002",
                    part(text, "watchpoint"));
            assertFinds("Breakpoint 2, again.*(\n.*)*breakpoint 1, " + stopped + "\\$\\d+ = 3\n",
                    part(text, "stepped off"));
            assertFinds("breakpoint 4, again\n\nProgram stopped", part(text, "step"));
            assertFinds("breakpoint 1, " + stopped + "the history begins here", part(text, "back"));
            assertEquals(ExitStatus.FINE.code(), server.code());
        }
    }

    @Test
    void conditionsAreEvaluatedBesideTheGuestWhereGdbIsToldSo() throws IOException, InterruptedException {
        assumeGdb();
        final Path image = directory.resolve("kernel.elf");
        TinyGuests.write(image, code -> {
            final Label again = code.here();
            code.inc(Reg32.EAX);
            code.global("middle");
            code.mov(Mem.absolute(0x20_0000), Reg32.EAX);
            code.cmp(Reg32.EAX, 200);
            code.jcc(Cond.NE, again);
            TinyGuests.exit(code);
        });
        try (Server server = new Server("gdb", image.toString(), "--port", "0")) {
            final String text = gdb(image, server.port(), "set breakpoint condition-evaluation target",
                    "echo == there\\n", "break middle if $rax > 90 && *(int *) 0x200000 == 99", "set debug remote 1",
                    "continue", "set debug remote 0", "info breakpoints", "p $rax", "reverse-stepi",
                    "echo == and back\\n", "condition 1 $rax == 50", "reverse-continue", "p $rax",
                    "echo == over\\n", "kill");
            final String there = part(text, "there");
            assertFinds("Sending packet: \\$Z0,\\p{XDigit}+,1;X", there);
            assertEquals(1, Pattern.compile("Packet received: T05").matcher(there).results().count(), there);
            assertFinds("stop only if .* \\(target evals\\)(\n.*)*= 100\n", there);
            assertFinds("Breakpoint 1, middle(.*\n)*.*= 50\n", part(text, "and back"));
            assertEquals(ExitStatus.FINE.code(), server.code());
        }
    }

    @Test
    void portThatIsTakenIsRefused() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            final CommandRun run = CommandRun.of("gdb", "--port", Integer.toString(taken.getLocalPort()));
            assertEquals(ExitStatus.WRONG_USE.code(), run.code());
            assertTrue(run.err().startsWith("ringside: --port=" + taken.getLocalPort() + ": "), run.err());
        }
        assertEquals(ExitStatus.WRONG_USE.code(), CommandRun.of("gdb", "--port", "65536").code());
    }

    @Test
    void imageIsWrittenForGdbAndNeverOverWhatTheRunReads() throws IOException {
        final Path file = directory.resolve("kernel.elf");
        TinyGuests.write(file, code -> TinyGuests.count(code, 1));
        final CommandRun run = CommandRun.of("gdb", file.toString(), "--write-image", file.toString());
        assertEquals(ExitStatus.WRONG_USE.code(), run.code());
        assertTrue(run.err().contains("--write-image"), run.err());
    }
}
