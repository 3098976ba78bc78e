package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java at the console: what it sees, what it says, and how it ends. */
class JavaCommandTest {
    private static final String GATE = "ringside.test.gate";
    private static final String DONE = "ringside.test.done";

    @TempDir
    private Path directory;

    @Test
    void aSnippetHasTheMachineItsHistoryAndTheConsoleInScope() {
        try (Session session = Sessions.counting()) {
            assertEquals("$1 ==> 0\n", last(session, "java machine.instructions()").replaceAll("\\$\\d+", "\\$1"));
            Sessions.all(session, "java var seen = new ArrayList<Long>();");
            Sessions.all(session, "java for (int i = 0; i < 3; i++) { console.run(\"tbreak bump\"); "
                + "console.run(\"continue\"); seen.add(console.value(\"rbx\")); }");

            assertEquals("seen ==> [5, 4, 3]\n", last(session, "java seen").replaceAll("^\\$\\d+", "seen"));
            assertTrue(last(session, "java timeline.go(0)").contains("\n0:0  cycle 0"), "where it stands then");
            assertTrue(last(session, "java console.symbol(console.value(\"bump\") + 1)").contains("\"bump+0x1\""));
        }
    }

    @Test
    void whatASnippetPrintsIsWhatTheCommandSays() {
        try (Session session = Sessions.counting()) {
            assertEquals("a  \"b\"; c\n", last(session, "java System.out.println(\"a  \\\"b\\\"; c\");"));
            Sessions.all(session, "expect \"a  \"");
        }
    }

    @Test
    void aDeclarationIsKnownToTheNextSnippetAndOneOfAFileToAll() throws IOException {
        final Path file = Files.writeString(directory.resolve("twice.java"), """
            // Two snippets, one of several lines.
            long twice(long number) {
                return 2 * number;
            }
            record Pair(long first, long second) { }
            var pair = new Pair(twice(4), machine.steps());
            """);
        try (Session session = Sessions.counting()) {
            assertEquals("twice(long)\nrecord Pair\npair ==> Pair[first=8, second=0]\n",
                last(session, "java " + file));
            assertTrue(last(session, "jshell twice(21)").endsWith("==> 42\n"));
            final CommandResult script = session.script(Files.writeString(directory.resolve("all.ringside"),
                "java twice.java\nexpect \"first=8\"\n"));
            assertTrue(script.ok(), "a script's files lie beside it: " + script.problem());
        }
    }

    @Test
    void anExceptionIsShownWithWhereItWasThrownAndFailsAScript() throws IOException {
        final Path file = Files.writeString(directory.resolve("bad.ringside"), """
            java int half(int number) { return 10 / number; }
            java half(0)
            """);
        try (Session session = Sessions.counting()) {
            final CommandResult result = session.script(file);

            assertEquals(CommandResult.Outcome.FAILED, result.outcome());
            assertEquals(file + ":2: java half(0): java.lang.ArithmeticException: / by zero\n  at half:1",
                result.problem());
        }
    }

    @Test
    void whatIsNoJavaIsRefusedWithItsPlace() {
        try (Session session = Sessions.counting()) {
            assertTrue(Sessions.refused(session, "java machine.steeps()").contains("cannot find symbol"),
                Sessions.refused(session, "java machine.steeps()"));
            assertEquals("the snippet is not complete; longer ones are for a file: for (int i = 0; i < 3; i++) {",
                Sessions.refused(session, "java for (int i = 0; i < 3; i++) {"));
            assertEquals("no command 'nonsense': 'help' tells which there are", failed(session,
                "java console.run(\"nonsense\")").replaceAll("(?s)^[\\w.]+: |\n.*", ""));
        }
    }

    @Test
    void exitEndsTheSnippetAndNeitherProcessNorSession() {
        try (Session session = Sessions.counting()) {
            final String runtime = "Runtime.getRuntime()";
            for (final String exit : new String[] {"System" + ".exit(3)", runtime + ".exit(3)", runtime + ".halt(3)",
                "new Thread(() -> System" + ".exit(3)).run()"}) {
                assertTrue(failed(session, "java " + exit).contains("'quit 3' ends the session"), exit);
            }
            assertTrue(last(session, "java 6 * 7").endsWith("==> 42\n"));
        }
    }

    @Test
    void aSnippetThatLoopsIsStopped() throws InterruptedException {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "java 1");
            final CountDownLatch runs = new CountDownLatch(1);
            session.output(piece -> runs.countDown());
            final Thread impatient = new Thread(() -> {
                try {
                    runs.await();
                } catch (final InterruptedException ended) {
                    return;
                }
                session.interrupt();
            });
            impatient.start();

            assertEquals("the snippet was stopped", Sessions.refused(session,
                "java System.out.println(\"here\"); while (true) { }"));
            impatient.join();
            assertTrue(last(session, "java 6 * 7").endsWith("==> 42\n"), "the next snippet runs");
        }
    }

    @Test
    void aSnippetThatHangsInALibraryIsLeftAloneAndTheNextOneRuns() throws InterruptedException {
        try (Session session = Sessions.counting()) {
            final Semaphore gate = new Semaphore(0);
            final Semaphore done = new Semaphore(0);
            System.getProperties().put(GATE, gate);
            System.getProperties().put(DONE, done);
            Sessions.all(session, "java int kept = 5;",
                "java var gate = (java.util.concurrent.Semaphore) System.getProperties().get(\"" + GATE + "\");",
                "java var done = (java.util.concurrent.Semaphore) System.getProperties().get(\"" + DONE + "\");");
            final String hangs = "java { System.out.println(\"here\"); gate.acquireUninterruptibly(); try { "
                + "System.out.println(\"late\"); console.run(\"stepi\"); } finally { done.release(); } }";
            assertTrue(interruptedAtOutput(session, hangs).contains("it is left alone"), "told");

            final StringBuffer said = new StringBuffer();
            session.output(said::append);
            assertTrue(last(session, "java 6 * 7").endsWith("==> 42\n"), "the next one runs");
            assertTrue(session.execute("java kept").problem().contains("cannot find symbol"), "in a fresh JShell");
            final String meanwhile = "java { ((java.util.concurrent.Semaphore) System.getProperties().get(\"" + GATE
                + "\")).release(); ((java.util.concurrent.Semaphore) System.getProperties().get(\"" + DONE
                + "\")).acquireUninterruptibly(); }";
            Sessions.all(session, meanwhile);
            assertEquals(0, session.desk().guest().machine().steps(), "the one that was left finds no machine");
            assertFalse(said.toString().contains("late"), said.toString());
        } finally {
            System.getProperties().remove(GATE);
            System.getProperties().remove(DONE);
        }
    }

    @Test
    void aSnippetThatALibraryCallsAgainAndAgainIsStopped() throws InterruptedException {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "java 1");
            assertEquals("the snippet was stopped", interruptedAtOutput(session, "java System.out.println(\"here\"); "
                + "java.util.stream.Stream.generate(\"position\"::toString).map(console::run).count(); "
                + "java.util.stream.Stream.generate(\"position\"::toString).map(console::run).allMatch(\"\"::equals)"));
        }
    }

    @Test
    void noMoreAreBegunThanEightThatGoOn() throws InterruptedException {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "java 1");
            for (int i = 0; i < 8; i++) {
                assertTrue(interruptedAtOutput(session, "java { System.out.println(\"here\"); "
                    + "new java.util.concurrent.Semaphore(0).acquireUninterruptibly(); }").contains("left alone"));
            }
            assertEquals("8 snippets that could not be stopped go on: no more are begun until one of them ends",
                Sessions.refused(session, "java 1"));
        }
    }

    private static String interruptedAtOutput(final Session session, final String line) throws InterruptedException {
        final CountDownLatch runs = new CountDownLatch(1);
        session.output(piece -> runs.countDown());
        final Thread impatient = Thread.ofPlatform().start(() -> {
            try {
                runs.await();
                session.interrupt();
            } catch (final InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        final String problem = Sessions.refused(session, line);
        impatient.join();
        session.output(piece -> { });
        return problem;
    }

    @Test
    void aChangeOfTheMachineTakesBookmarksBehindItAway() {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "tbreak bump", "continue", "bookmark later", "goto 0");
            Sessions.all(session, "java timeline.edit(m -> m.write(0x200000L, new byte[] {7}))");

            assertEquals("", last(session, "bookmark"));
            assertTrue(last(session, "print u8[0x200000]").contains("= 7"));
        }
    }

    @Test
    void commandsThatComeOverALineHaveNoJava() {
        try (Session session = Sessions.counting()) {
            session.refuseFiles();

            assertEquals("Java of one's own is for who sits at the console",
                Sessions.refused(session, "java machine.steps()"));
            assertFalse(session.execute("java /tmp/x.java").ok());
        }
    }

    private static String last(final Session session, final String line) {
        return Sessions.all(session, line);
    }

    private static String failed(final Session session, final String line) {
        final CommandResult result = session.execute(line);
        assertEquals(CommandResult.Outcome.FAILED, result.outcome(), line + ": " + result);
        return result.problem();
    }
}
