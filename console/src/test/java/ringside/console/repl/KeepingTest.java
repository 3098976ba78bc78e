package ringside.console.repl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines under names, and stretches for other programs. */
class KeepingTest {
    @TempDir
    private Path directory;

    @Test
    void aSnapshotWithANameIsAPlaceOfItsHistory() {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "tbreak bump if rbx == 3", "continue", "snapshot save there", "continue",
                "expect stop end");
            final String text = Sessions.all(session, "snapshot go there");

            assertTrue(text.contains("  bump") && !text.contains("another history"), text);
            Sessions.all(session, "expect rbx == 3", "reverse-stepi", "goto 0");
        }
    }

    @Test
    void itIsThereAlsoWhenThePastIsAnother() {
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "tbreak bump if rbx == 3", "continue", "stepi", "snapshot save there", "goto 2",
                "set rbx = 9", "tbreak bump if rbx == 3", "continue", "expect u64[0x200000] == 6");
            final String text = Sessions.all(session, "snapshot go there");

            assertTrue(text.startsWith("what was before is another history: this one begins here\n"), text);
            Sessions.all(session, "expect rbx == 3", "expect u64[0x200000] == 2", "expect rdx == 0x200000", "continue",
                "expect stop end", "expect u64[0x200000] == 5");
        }
    }

    @Test
    void namesAreListedDroppedAndNoFiles() throws IOException {
        try (Session session = Sessions.counting()) {
            assertEquals("no snapshots with names\n", Sessions.all(session, "snapshot list"));
            Sessions.all(session, "stepi 2", "snapshot save two", "stepi", "snapshot save three");
            final List<String> lines = Sessions.all(session, "snapshot list").lines().toList();
            assertTrue(lines.get(1).matches("two +2:0 +[0-9a-f]{16}") && lines.get(2).startsWith("three "),
                lines.toString());
            Sessions.all(session, "snapshot drop two");
            assertEquals("no snapshot is called two: three", Sessions.refused(session, "snapshot go two"));
            assertTrue(Files.notExists(Path.of("three")));

            Sessions.all(session, "snapshot save " + directory.resolve("a.snapshot"));
            assertTrue(Files.exists(directory.resolve("a.snapshot")));
        }
    }

    @Test
    void aStretchSinceABookmarkIsWrittenForOtherPrograms() throws IOException {
        final Path csv = directory.resolve("a.csv");
        final Path trace = directory.resolve("a.json");
        final Path flames = directory.resolve("a.svg");
        try (Session session = Sessions.counting()) {
            Sessions.all(session, "tbreak bump", "continue", "bookmark first", "tbreak bump", "continue");
            final String text = Sessions.all(session, "export csv " + csv + " first");
            Files.writeString(csv, "mine");
            assertTrue(Sessions.refused(session, "export csv " + csv + " first").startsWith(csv + ": there is a file"));
            assertEquals("mine", Files.readString(csv));
            Sessions.all(session, "export csv --force " + csv + " first", "export csv " + csv + " first");
            Sessions.all(session, "export perfetto " + trace + " first", "export svg " + flames + " start +0");

            assertTrue(text.matches("steps \\d+ to \\d+ as csv, \\d+ bytes, in .*a.csv\n"), text);
            assertEquals("routine,instructions,cycles\nbump,3,3\nstart,3,3\n", Files.readString(csv));
            assertTrue(Files.size(trace) > 100, "Perfetto has something to show");
            assertTrue(Files.readString(flames).contains("<svg"));
            assertEquals("'pdf' is none of callgrind, pprof, speedscope, collapsed, svg, perfetto, csv",
                Sessions.refused(session, "export pdf x"));
            session.refuseFiles();
            assertEquals("files of the host are for who sits at the console",
                Sessions.refused(session, "export csv " + csv));
        }
    }
}
