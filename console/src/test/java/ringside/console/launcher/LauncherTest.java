package ringside.console.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.launcher.Sandbox.Outcome;

/** What {@code scripts/ringside} does before Java: on machines where all is there, and where something is not. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the launcher's sandbox is a Linux machine")
class LauncherTest {
    private static final String LIBRARY = "not really a library";
    private static final String WHEEL = "thing-1.0-py3-none-any.whl";

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path directory;
    private Sandbox sandbox;

    @BeforeEach
    void aMachineWhereEverythingIsThere() throws IOException {
        sandbox = Sandbox.complete(directory);
    }

    @Test
    void aStartBuildsOnceAndStandardOutputIsTheCommands() throws Exception {
        final Outcome first = sandbox.start("bench", "--json", "two words");
        final Outcome second = sandbox.start("bench", "--json", "two words");

        assertEquals(0, first.code(), first.err());
        assertTrue(first.out().endsWith("ringside.console.cli.Main\nbench\n--json\ntwo words\n"), first.out());
        assertTrue(first.err().contains("ringside: building console [1/1]"), first.err());
        assertEquals("", second.err(), "a second start has nothing to say");
        assertEquals(1, sandbox.builds());
    }

    @Test
    void aSecondStartNeedsNeitherMavenNorPip() throws Exception {
        sandbox.start();
        for (final String tool : new String[] {"mvn", "python3", "pip", "mktemp", "sha256sum", "cp", "flock"}) {
            sandbox.take(tool);
        }

        final Outcome second = sandbox.start("run");

        assertEquals(0, second.code(), second.err());
        assertEquals("", second.err());
    }

    @Test
    void aChangedAnAddedAndADeletedSourceEachBuildAgain() throws Exception {
        sandbox.start();
        backdate();
        final Path source = sandbox.write("project/console/src/main/java/Some.java", "class Some { int x; }");
        sandbox.start();
        assertEquals(2, sandbox.builds(), "a changed source");
        backdate();
        sandbox.write("project/console/src/main/java/More.java", "class More { }");
        sandbox.start();
        assertEquals(3, sandbox.builds(), "an added source");
        backdate();
        Files.delete(source);
        sandbox.start();
        assertEquals(4, sandbox.builds(), "a deleted source");
        backdate();
        sandbox.write("project/console/src/test/java/SomeTest.java", "class SomeTest { }");
        sandbox.start();
        assertEquals(4, sandbox.builds(), "a test is not part of what starts");
    }

    @Test
    void aCheckoutThatDatesTheSameSourcesAnewDoesNotBuildAgain() throws Exception {
        sandbox.start();
        backdate();
        final Path source = sandbox.path("project/console/src/main/java/Some.java");
        final byte[] same = Files.readAllBytes(source);
        Files.delete(source);
        Files.write(source, same);
        sandbox.start();
        assertEquals(1, sandbox.builds(), "the same bytes under the same name");
        sandbox.take("sha256sum");
        sandbox.start();
        assertEquals(1, sandbox.builds(), "and that is known from then on");

        sandbox.offer("sha256sum");
        backdate();
        Files.move(source, source.resolveSibling("Other.java"));
        sandbox.start();
        assertEquals(2, sandbox.builds(), "another name is another source");
    }

    @Test
    void anotherJdkBuildsAgain() throws Exception {
        sandbox.start();
        sandbox.jdk("other", "25.0.4+1");
        sandbox.set("JAVA_HOME", sandbox.path("other").toString()).start();

        assertEquals(2, sandbox.builds());
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        sandbox.script("bin/mvn", """
            echo run >>"$0.runs"
            sleep 0.3
            mkdir -p console/target/dist
            echo jar >console/target/dist/console.jar
            """);
        final List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(sandbox.begin("run"));
        }
        for (final Process process : processes) {
            final Outcome outcome = Outcome.of(process);
            assertEquals(0, outcome.code(), outcome.err());
        }
        assertEquals(1, sandbox.builds());
    }

    @Test
    void aFailedBuildSaysWhichLineAndIsTriedAgain() throws Exception {
        sandbox.script("bin/mvn", """
            echo run >>"$0.runs"
            echo '[INFO] Building Ringside: console 0.1.0 [1/1]'
            echo '[ERROR] /x/Some.java:[3,7] cannot find symbol'
            echo '[ERROR] re-run Maven using the -X switch'
            exit 1
            """);

        final Outcome failed = sandbox.start("run");
        sandbox.start("run");

        assertFault(failed, "the build failed", "Some.java:[3,7] cannot find symbol", "target/launcher/build.log");
        assertFalse(failed.err().contains("re-run Maven"), failed.err());
        assertEquals(2, sandbox.builds());
    }

    @Test
    void mavenWithoutANetworkIsSaidAsThat() throws Exception {
        sandbox.script("bin/mvn", """
            echo '[ERROR] Could not transfer artifact a:b:pom:1 from/to central: repo.maven.apache.org: Unknown host'
            exit 1
            """);

        assertFault(sandbox.start("run"), "Maven cannot fetch", "network", "Unknown host", "settings.xml");
    }

    @Test
    void noMavenIsSaid() throws Exception {
        sandbox.take("mvn");

        assertFault(sandbox.start("run"), "no Maven", "mvn on PATH", "Install");
    }

    @Test
    void theWrongJavasAreNamedWhenNoneIsRight() throws Exception {
        sandbox.jdk("old", "17.0.15+6");
        sandbox.jdk("half", "25.0.1+8");
        Files.delete(sandbox.path("half/bin/javac"));
        sandbox.set("JAVA_HOME", sandbox.path("old").toString());

        final Outcome outcome = sandbox.bash("jdk_places=(" + sandbox.path("half") + "); find_jdk");

        assertFault(outcome, "no JDK 25", sandbox.path("old") + " (JAVA_HOME): Java 17.0.15+6",
            sandbox.path("half") + ": Java 25.0.1+8 without javac", "JAVA_HOME name it");
    }

    @Test
    void aMachineWithoutAnyJavaIsToldWhereOneIsLookedFor() throws Exception {
        sandbox.set("JAVA_HOME", "");

        assertFault(sandbox.bash("jdk_places=(); find_jdk"), "JAVA_HOME (not set), PATH (no java)", "/usr/lib/jvm");
    }

    @Test
    void aJdkInAUsualPlaceIsFoundBehindAnOlderDefault() throws Exception {
        sandbox.jdk("old", "21.0.1+12");
        sandbox.set("JAVA_HOME", sandbox.path("old").toString());

        final Outcome outcome = sandbox.bash("jdk_places=(/nowhere " + sandbox.path("jdk") + "); find_jdk; echo $jdk");

        assertEquals(new Outcome(0, sandbox.path("jdk") + "\n", ""), outcome);
    }

    @Test
    void aNamedNativesDirectoryMustExist() throws Exception {
        sandbox.set("RINGSIDE_NATIVES", "/no/such/place");

        assertFault(sandbox.start("run"), "RINGSIDE_NATIVES=/no/such/place is not a directory");
    }

    @Test
    void nativesNamedByHandNeedNoPip() throws Exception {
        sandbox.needsNatives("thing thing==1.0 00 thing/libthing.so 00\n");
        sandbox.set("RINGSIDE_NATIVES", sandbox.path("bin").toString());

        final Outcome outcome = sandbox.start("run");

        assertEquals(0, outcome.code(), outcome.err());
    }

    @Test
    void noPythonIsSaid() throws Exception {
        sandbox.needsNatives("thing thing==1.0 00 thing/libthing.so 00\n");

        assertFault(sandbox.start("run"), "no Python 3", "pip", "RINGSIDE_NATIVES");
    }

    @Test
    void aPythonWithoutPipIsSaid() throws Exception {
        sandbox.needsNatives("thing thing==1.0 00 thing/libthing.so 00\n");
        sandbox.script("bin/python3", "echo 'No module named pip' >&2; exit 1\n");

        assertFault(sandbox.start("run"), "no pip", sandbox.path("bin/python3").toString(), "python3-pip");
    }

    @Test
    void aLibraryIsTakenOutOfItsWheelAndFetchedOnce() throws Exception {
        offerPip();
        lock(sandbox.wheel(WHEEL, "thing/lib/libthing.so.2", LIBRARY), Sandbox.sha256(bytes(LIBRARY)));

        final Outcome first = sandbox.start("run");
        sandbox.take("python3");
        final Outcome second = sandbox.start("run");

        assertEquals(0, first.code(), first.err());
        assertEquals(LIBRARY, Files.readString(sandbox.cachedLibrary("libthing.so.2")));
        assertEquals(0, second.code(), second.err());
        try (var left = Files.list(sandbox.home().resolve(".cache/ringside"))) {
            assertEquals(List.of("lock", "natives"), left.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void startsAtTheSameTimeFetchOnce() throws Exception {
        offerPip();
        lock(sandbox.wheel(WHEEL, "thing/lib/libthing.so.2", LIBRARY), Sandbox.sha256(bytes(LIBRARY)));
        final List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(sandbox.begin("run"));
        }
        int fetched = 0;
        for (final Process process : processes) {
            final Outcome outcome = Outcome.of(process);
            assertEquals(0, outcome.code(), outcome.err());
            fetched += outcome.err().contains("fetching") ? 1 : 0;
        }
        assertEquals(1, fetched);
    }

    @Test
    void aWheelOfAnotherHashIsRefused() throws Exception {
        offerPip();
        final String actual = sandbox.wheel(WHEEL, "thing/lib/libthing.so.2", LIBRARY);
        lock("0".repeat(64), Sandbox.sha256(bytes(LIBRARY)));

        assertFault(sandbox.start("run"), "SHA-256 is not the pinned one", actual, "natives.lock");
        assertFalse(Files.exists(sandbox.cachedLibrary("libthing.so.2")));
    }

    @Test
    void aLibraryOfAnotherHashIsRefused() throws Exception {
        offerPip();
        lock(sandbox.wheel(WHEEL, "thing/lib/libthing.so.2", "something else"), Sandbox.sha256(bytes(LIBRARY)));

        assertFault(sandbox.start("run"), "thing==1.0", "not the pinned build",
            Sandbox.sha256(bytes("something else")));
        assertFalse(Files.exists(sandbox.cachedLibrary("libthing.so.2")));
    }

    @Test
    void pipWithoutANetworkIsSaidAsThat() throws Exception {
        offerPip();
        lock("0".repeat(64), "0".repeat(64));
        sandbox.set("PIP_NO_INDEX", "0").set("PIP_INDEX_URL", "http://127.0.0.1:1/simple").set("PIP_FIND_LINKS", "");

        assertFault(sandbox.start("run"), "pip cannot reach its package index", "RINGSIDE_NATIVES");
    }

    @Test
    void aMissingLibraryIsFetchedAgain() throws Exception {
        offerPip();
        lock(sandbox.wheel(WHEEL, "thing/lib/libthing.so.2", LIBRARY), Sandbox.sha256(bytes(LIBRARY)));
        sandbox.start("run");
        Files.delete(sandbox.cachedLibrary("libthing.so.2"));

        sandbox.start("run");

        assertTrue(Files.exists(sandbox.cachedLibrary("libthing.so.2")));
    }

    @Test
    void aTestRunSaysItsTotalsAndWhyATestWasSkipped() throws Exception {
        sandbox.write("project/console/target/surefire-reports/TEST-a.xml", """
            <testsuite name="ringside.a.SomeTest" tests="3" errors="0" skipped="2" failures="1">
              <testcase name="one" classname="ringside.a.SomeTest" time="0.1">
                <skipped type="T"><![CDATA[org.opentest4j.TestAbortedException: no &amp; on this machine
            \tat somewhere]]></skipped>
              </testcase>
              <testcase name="two" classname="ringside.a.SomeTest" time="0.1">
                <skipped message="not &quot;here&quot;&#10;more"/>
              </testcase>
            </testsuite>
            """);
        sandbox.write("project/toolchain/target/surefire-reports/TEST-b.xml",
            "<testsuite name=\"ringside.b.OtherTest\" tests=\"4\" errors=\"1\" skipped=\"0\" failures=\"0\">\n");

        final Path since = Files.setLastModifiedTime(sandbox.write("since", ""), LONG_AGO);

        final Outcome outcome = sandbox.bash("root=" + sandbox.path("project") + "; report_tests " + since);

        assertEquals("""
            ringside: skipped a.SomeTest.one: no & on this machine
            ringside: skipped a.SomeTest.two: not "here"
            ringside: tests run: 7, failures: 1, errors: 1, skipped: 2
            """, outcome.out(), outcome.err());
    }

    private void offerPip() throws Exception {
        sandbox.set("PIP_NO_INDEX", "1").set("PIP_FIND_LINKS", sandbox.path("wheels").toString());
        assumeTrue(sandbox.offer("python3") && sandbox.bash("python3 -m pip --version").code() == 0,
            "python3 with pip is not on PATH");
    }

    private void lock(final String wheelHash, final String libraryHash) throws IOException {
        sandbox.needsNatives("# name pip-requirement wheel-sha256 path-in-wheel library-sha256\nthing thing==1.0 "
            + wheelHash + " thing/lib/libthing.so.2 " + libraryHash + "\n");
    }

    /** Makes everything look older than what the next line of a test writes, whatever the file system's clock ticks. */
    private void backdate() throws IOException {
        try (var files = Files.walk(sandbox.path("project"))) {
            for (final Path file : files.toList()) {
                Files.setLastModifiedTime(file, LONG_AGO);
            }
        }
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertFault(final Outcome outcome, final String... said) {
        assertEquals(5, outcome.code(), outcome.err());
        assertEquals("", outcome.out(), "standard output belongs to the command");
        for (final String part : said) {
            assertTrue(outcome.err().contains(part), () -> "'" + part + "' is missing in: " + outcome.err());
        }
    }
}
