package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.console.repl.Sessions.all;
import static ringside.console.repl.Sessions.refused;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real kernel seen through the console: its objects, events, page tables and profiles. */
class BantamSessionTest {
    @TempDir
    private Path directory;

    @Test
    void tablesFitAndNumbersHaveNames() {
        try (Session session = Sessions.bantam("demo")) {
            assertTrue(refused(session, "watch 0x100100000").contains("no memory at 0x100100000"), "there are 32 bits");
            refused(session, "who-wrote 0x100100000");
            refused(session, "x/4xg 0x100100000");
            all(session, "continue 600000");
            assertTrue(all(session, "threads").lines().allMatch(line -> line.length() <= 80));
            assertTrue(all(session, "threads wide").contains("0xffff8"));
            final String top = all(session, "top 300000");
            assertTrue(top.contains("[SYS_CALL]") && top.contains("  console/") && !top.contains("thread 0x"), top);
        }
    }

    @Test
    void breakpointsOfThreadsThatAreNotThereYetWaitForThem() {
        try (Session session = Sessions.bantam("demo")) {
            assertTrue(all(session, "break thread console/0 blocks").contains(", as soon as there is such a thread"));
            assertTrue(all(session, "break switch to init/0").contains(", as soon as there is such a thread"));
            assertTrue(all(session, "info break").contains("as soon as"));
            assertTrue(refused(session, "break thread console/0 sleeps").contains("thread NAME"));
            all(session, "continue", "expect stop event 1", "delete 1", "continue", "expect stop event 2");
            assertTrue(!all(session, "info break").contains("as soon as"));
            all(session, "delete", "break thread nobody/0 runs", "continue 300000", "expect stop step");
        }
    }

    @Test
    void theKernelsObjectsAreTables() {
        try (Session session = Sessions.bantam("demo")) {
            assertTrue(refused(session, "threads").contains("has not made its first process yet"));
            all(session, "tbreak console \"hello through\"", "continue");
            assertTrue(all(session, "threads").lines().anyMatch(line -> line.startsWith("init/0 ")));
            assertTrue(all(session, "threads").lines().anyMatch(line -> line.matches("console/\\d +RUNNING .*")));
            assertTrue(all(session, "processes").lines().anyMatch(line -> line.matches("console +0x8\\w+ +3 .*")));
            assertTrue(all(session, "endpoints").contains("timer/0"));
            assertTrue(all(session, "queues").startsWith("CPU 0: runs console/"));
            assertTrue(all(session, "locks").contains("this Bantam is for one CPU"));
            assertTrue(all(session, "rings").contains("no ring was used"));
        }
        try (Session session = Sessions.counting()) {
            for (final String table : List.of("threads", "processes", "endpoints", "queues", "locks", "rings")) {
                assertTrue(refused(session, table).contains("not a Bantam image"), table);
            }
        }
    }

    @Test
    void whatHappensToAThreadStopsTheGuest() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "tbreak console \"hello\"", "continue", "tbreak thread init/0 blocks", "continue",
                "expect stop event", "expect \"thread init/0 blocks\"", "tbreak switch to init/0", "continue",
                "expect stop event", "bookmark there", "stepi", "threads", "expect /^init.0 +RUNNING/", "stepi 3",
                "tbreak switch to init/0", "reverse-continue");
            assertEquals(session.desk().bookmarks().get("there"), session.desk().guest().machine().steps());
        }
    }

    @Test
    void eventsArePrintedOnceHoweverTheWayIsCut() {
        final String[] wanted = {"events syscall", "events context_switch", "events exception", "events interrupt"};
        final List<String> whole;
        try (Session session = Sessions.bantam("demo")) {
            all(session, "goto 544000");
            all(session, wanted);
            whole = events(all(session, "continue 20000"));
        }
        final List<String> pieces = new ArrayList<>();
        final Random random = new Random(5);
        try (Session session = Sessions.bantam("demo")) {
            all(session, "goto 544000");
            all(session, wanted);
            int left = 20_000;
            while (left > 0) {
                final int piece = Math.min(left, 1 + random.nextInt(3000));
                pieces.addAll(events(all(session, "continue " + piece)));
                all(session, "goto -" + random.nextInt(50), "goto +0");
                all(session, "goto " + (564_000 - left + piece));
                left -= piece;
            }
        }
        assertTrue(whole.size() > 50, "events=" + whole.size());
        assertEquals(whole, pieces);
    }

    private static List<String> events(final String text) {
        return text.lines().filter(line -> line.matches("  \\d+  [a-z]\\w+( .*)?"))
            .filter(line -> !line.contains(" ; ")).toList();
    }

    @Test
    void pagesAreWalkedAsTheCpuDoes() {
        try (Session session = Sessions.bantam("demo")) {
            assertTrue(refused(session, "maps").contains("paging is off"));
            all(session, "tbreak event syscall", "continue", "pagewalk rip", "expect /^PT .* user/");
            final String physical = all(session, "pagewalk rip").lines().toList().getLast();
            final String expected = all(session, "print phys(rip)").replaceAll("(?s).*(0x\\w+).*", "$1");
            assertTrue(physical.endsWith("is physical " + expected), physical + " " + expected);
            all(session, "maps 0 0x7fffffffffff", "expect /r-xu-/", "expect /rw-u-/", "expect not /rwx/");
            assertTrue(all(session, "pagewalk 0x7ffffffff000").contains("is not mapped"));
            assertTrue(all(session, "find rip 2 hex 0f05").contains("1 found"));
        }
    }

    @Test
    void aStretchIsProfiledAndTheGuestStaysWhereItIs() {
        try (Session session = Sessions.bantam("demo")) {
            all(session, "tbreak syscall_entry", "continue", "bookmark begin", "continue 5000", "bookmark end");
            final String hash = session.desk().guest().machine().stateHash();
            final String top = all(session, "top begin end");
            assertTrue(top.contains("syscall_entry") && top.contains("By phase of the kernel"), top);
            assertTrue(all(session, "annotate syscall_entry begin end").contains("swapgs"));
            assertTrue(all(session, "switches begin end").contains("switches"));
            assertTrue(all(session, "calls begin end").contains("system calls"));
            assertEquals(hash, session.desk().guest().machine().stateHash());
        }
    }

    @Test
    void aHistoryBeginsWhereASnapshotWasTaken() {
        final Path file = directory.resolve("a.snapshot");
        final String hash;
        try (Session session = Sessions.bantam("demo")) {
            all(session, "goto 600000", "snapshot save " + file);
            final long there = Long.parseLong(
                all(session, "snapshot save " + file).replaceAll("step (\\d+).*\\n", "$1"));
            all(session, "goto " + (there + 1000));
            hash = session.desk().guest().machine().stateHash();
            all(session, "goto " + there);
        }
        try (Session session = Sessions.bantam("demo")) {
            all(session, "continue 1000", "bookmark gone", "snapshot load " + file);
            final long there = session.desk().guest().machine().steps();
            assertTrue(refused(session, "goto gone").contains("bookmark"));
            assertTrue(all(session, "reverse-stepi").contains("the history begins here"));
            all(session, "continue 1000");
            assertEquals(there + 1000, session.desk().guest().machine().steps());
            assertEquals(hash, session.desk().guest().machine().stateHash());
        }
        try (Session session = Sessions.counting()) {
            assertFalse(session.execute("snapshot load " + file).ok(), "it is of another machine");
            all(session, "stepi", "expect step == 1");
        }
    }

    @Test
    void segmentsTablesAndMsrsAreThoseThatBantamSetUp() {
        try (Session session = Sessions.bantam("demo")) {
            assertTrue(refused(session, "idt").contains("not in long mode"));
            assertTrue(all(session, "regs segments").contains("code, 32 bits, level 0"));
            all(session, "tbreak event syscall", "continue");
            assertTrue(all(session, "regs segments").contains("code, 64 bits, level 3"));
            assertTrue(all(session, "regs msr").contains(" syscall_entry"));
            assertTrue(all(session, "idt").lines().anyMatch(line -> line.matches(" 14 #PF  0008:.*<trap_.*")));
            assertTrue(all(session, "gdt").lines().anyMatch(line -> line.matches("0028 .* TSS, busy, level 0")));
            assertTrue(all(session, "tss").contains("ist4  0x"));
        }
    }
}
