package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.console.repl.Sessions.all;
import static ringside.console.repl.Sessions.refused;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.Probe;

/** What happened to the kernel's objects, as tables whose rows have places. */
class PastTest {
    private static final Pattern ROW = Pattern.compile("(\\d+):(\\d+) +(\\S+) +(.*)");

    private static List<Matcher> rows(final String text) {
        return text.lines().map(ROW::matcher).filter(Matcher::matches).toList();
    }

    private static String plain(final Matcher row) {
        return row.group().replaceAll(" +", " ");
    }

    /** Each row's place is one of a mark, the rows are in order, and they fit. */
    private static void assertRowsHavePlaces(final Session session, final String text) {
        final Set<Long> marks = session.desk().guest().image().probes().stream().map(Probe::address)
            .collect(Collectors.toSet());
        final List<Matcher> rows = rows(text);
        assertTrue(!rows.isEmpty(), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        long before = 0;
        for (final Matcher row : rows) {
            final long step = Long.parseLong(row.group(1));
            assertTrue(step >= before, text);
            before = step;
            all(session, "goto " + row.group(1) + ":" + row.group(2));
            assertEquals(row.group(2), Integer.toString(session.desk().guest().cpu()), row.group());
            assertTrue(marks.contains(session.desk().guest().pc()), row.group());
        }
    }

    @Test
    void aThreadsHistorySaysWhatItWaitedForAndWhoWokeIt() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "tbreak console \"hello through\"", "continue", "bookmark here");
            final String hash = session.desk().guest().machine().stateHash();
            final String text = all(session, "threads names/0 history");
            assertEquals(hash, session.desk().guest().machine().stateHash(), "looks change nothing");
            final List<Matcher> rows = rows(text);
            assertTrue(rows.stream().anyMatch(row -> row.group(4).startsWith("waits to receive at 0xffff8")), text);
            final Matcher woken = rows.stream().filter(row -> row.group(4).startsWith("is woken by ")).toList()
                .getLast();
            assertEquals("is woken by " + woken.group(3), woken.group(4), "who runs is who wakes");

            all(session, "tbreak thread names/0 wakes", "reverse-continue", "expect stop event");
            assertEquals(woken.group(1) + ":" + woken.group(2),
                session.desk().guest().timeline().position().toString(), "as a breakpoint finds it");
            all(session, "goto " + woken.group(1), "expect u64[cpu_block + Cpu_current] != 0", "goto here");
            assertRowsHavePlaces(session, text);
            all(session, "goto here");
            assertTrue(refused(session, "threads history").startsWith("threads what?"));
        }
    }

    @Test
    void everyTableOfTheKernelsObjectsHasAHistory() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "tbreak console \"hello through\"", "continue", "bookmark here");
            final String endpoints = all(session, "endpoints history --last 200");
            final Matcher message = rows(endpoints).stream().filter(row -> row.group(4)
                .matches("0xffff8\\w+: message, \\S+ to console/\\d")).toList().getLast();
            final String endpoint = message.group(4).replaceAll(":.*", "");
            final String one = all(session, "endpoints " + endpoint + " history --last 200");
            assertTrue(one.contains("waits to receive\n") && !one.contains(": "), one);
            assertTrue(rows(one).stream().anyMatch(row -> row.group(1).equals(message.group(1))), one);
            final String queues = all(session, "queues history");
            assertTrue(queues.contains("CPU 0: runs "), queues);
            assertTrue(refused(session, "queues 1 history").startsWith("no CPU 1"));
            final String processes = all(session, "processes console history --last 60");
            assertTrue(processes.contains("is made, CR3 0x") && processes.contains("page 0x"), processes);
            assertTrue(all(session, "processes history --last 200").contains("init: is made, CR3"));
            final String handles = all(session, "handles init history");
            assertTrue(handles.contains("init/0 gives a handle to "), handles);
            assertTrue(all(session, "locks history").startsWith("nothing in steps 0 to "));
            for (final String text : List.of(endpoints, one, queues, processes, handles)) {
                assertRowsHavePlaces(session, text);
                all(session, "goto here");
            }
        }
    }

    @Test
    void aHistoryIsOfAStretchAndHasSoManyRows() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "tbreak console \"hello through\"", "continue", "bookmark here");
            final List<Matcher> all = rows(all(session, "queues history --last 30"));
            assertEquals(30, all.size());
            assertEquals(20, rows(all(session, "queues history")).size());
            final String from = all.get(10).group(1) + ":0";
            final String to = all.get(20).group(1) + ":0";
            final List<String> some = rows(all(session, "queues history --from " + from + " --to " + to)).stream()
                .map(PastTest::plain).toList();
            assertTrue(some.containsAll(all.subList(10, 20).stream().map(PastTest::plain).toList()), some.toString());
            assertTrue(some.size() < 16, some.toString());
            assertEquals(all.get(19).group(1), some.getLast().replaceAll(":.*", ""),
                "what is at its end comes behind it");
            all(session, "goto " + to);
            assertEquals(some.getLast(), rows(all(session, "queues history --last 5")).stream().map(PastTest::plain)
                .toList().getLast(), "what comes next has not happened");
            all(session, "goto here");
            assertTrue(refused(session, "queues history --last 0").contains("from 1 to 1000 rows"));
            assertTrue(refused(session, "queues history --last").contains("history [--last N]"));
            assertTrue(refused(session, "queues history --first 3").contains("history [--last N]"));
            assertTrue(refused(session, "queues history --to 900000000").contains("has not been at step 900000000"));
            assertTrue(refused(session, "queues nothing").startsWith("queues, or queues [CPU] history"));
        }
    }

    @Test
    void onSeveralCpusTheLocksHistorySaysWhoHadItAndWhoFoundItTaken() {
        final GuestImage image;
        try (BantamImages images = BantamImages.open()) {
            image = images.build(Variant.FAST_ASM, true);
        }
        try (Session session = Session.open(MachineConfig.standard().withVcpus(2).withCommandLine("demo"), image,
                KernelSources.bundled())) {
            all(session, "tbreak console \"hello through\"", "continue", "bookmark here");
            final String text = all(session, "locks kernel_lock history --last 30");
            assertTrue(text.contains("gives the kernel's lock back"), text);
            assertTrue(rows(text).stream().allMatch(row -> row.group(4).contains("CPU " + row.group(2))), text);
            assertRowsHavePlaces(session, text);
            all(session, "goto here");
            final String queues = all(session, "queues 0 history --last 10");
            assertTrue(rows(queues).stream().allMatch(row -> row.group(4).startsWith("CPU 0: ")), queues);
            assertRowsHavePlaces(session, queues);
        }
    }
}
