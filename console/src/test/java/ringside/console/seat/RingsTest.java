package ringside.console.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.cli.BootArguments;
import ringside.console.panel.Line;
import ringside.console.repl.CommandResult;
import ringside.console.repl.Session;

/** Rings at the seat: who used them and when, their names, and the panel, however long the way to them is. */
class RingsTest {
    private static final String PROGRAM = """
            %%include "user/program.inc"
            %%include "user/system.inc"
            section .text
            global  main
            main:
                    PROGRAM_BEGIN
                    SYSTEM  SYS_MEMORY_CREATE, 16, 1, 0
                    MAP     16, HANDLE_SELF, 0x40000000, 0, 1, ACCESS_WRITE
                    lea     rdi, [rel writer]
                    mov     ecx, RING_WRITER
                    call    .open
                    lea     rdi, [rel reader]
                    mov     ecx, RING_READER
                    call    .open
                    mov     ebp, 1
                    mov     ecx, %d
            .spin:
                    dec     ecx
                    jnz     .spin
                    mov     ebx, 4
                    test    ebp, ebp
                    jz      .done
            .push:
                    mov     [rel message], rbx
                    lea     rdi, [rel writer]
                    lea     rsi, [rel message]
                    call    ring_push
                    dec     ebx
                    jnz     .push
                    mov     ebx, 2
            .pop:
                    lea     rdi, [rel reader]
                    lea     rsi, [rel message]
                    call    ring_pop
                    dec     ebx
                    jnz     .pop
                    mov     ecx, 100000
            .rest:
                    dec     ecx
                    jnz     .rest
            .done:
                    PROGRAM_END 0
            .open:
                    mov     esi, 0x40000000
                    mov     edx, 4
                    jmp     ring_open
            %%include "user/ring.inc"
            section .bss
            align 8
            writer:
                    resb    RingEnd_size
            reader:
                    resb    RingEnd_size
            message:
                    resb    64
            """;
    @TempDir
    private Path directory;

    private Session session(final int spins) throws IOException {
        final Path program = Files.writeString(directory.resolve("fill.asm"), PROGRAM.formatted(spins));
        return BootArguments.session("--program", program.toString(), "--append", "fill");
    }

    private static String all(final Session session, final String... lines) {
        String text = "";
        for (final String line : lines) {
            final CommandResult result = session.execute(line);
            assertTrue(result.ok(), line + ": " + result.problem());
            text = result.text();
        }
        return text;
    }

    private static Set<String> offered(final Session session, final String line) {
        final List<Candidate> candidates = new ArrayList<>();
        new Completion(session.desk(), List.of()).complete(null, TypedLine.of(line, line.length()), candidates);
        return candidates.stream().map(Candidate::value).collect(Collectors.toSet());
    }

    private static String panel(final Rings rings) {
        return rings.panel().lines(80, 4).stream().map(Line::text).collect(Collectors.joining("\n")).strip();
    }

    @Test
    void aRingsHistorySaysWhoTookWhichMessageAndWhen() throws IOException {
        try (Session session = session(1000)) {
            all(session, "tbreak event ring_pop", "continue", "expect stop event", "expect rax == 0", "bookmark first",
                "goto +2000");
            final String text = all(session, "rings history");
            final List<String> rows = text.lines().skip(2).toList();
            assertEquals(6, rows.size(), text);
            assertTrue(rows.get(3).matches("\\d+:0 +fill/0 +0x\\w+  puts  3, 4 inside: 0x1 0x0"), text);
            assertTrue(rows.get(5).matches("\\d+:0 +fill/0 +0x\\w+  takes 1, 2 inside: 0x3 0x0"), text);
            assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
            assertEquals(session.desk().bookmarks().get("first"), Long.parseLong(rows.get(4).replaceAll(":.*", "")));

            all(session, "goto " + rows.get(5).replaceAll(" .*", ""), "expect rax == 1", "goto +1000");
            final String ring = rows.get(5).replaceAll(".*(0x\\w+)  takes.*", "$1");
            assertEquals(text.replaceAll(" in steps.*", ""),
                all(session, "rings " + ring + " history").replaceAll(" in steps.*", ""));
            assertTrue(all(session, "rings").lines().anyMatch(line -> line.matches(ring + " +4 +2 +0 +2 +\\d+")));
        }
    }

    @Test
    void ringsAreOfferedByTheNamesOfTheirEnds() throws IOException {
        try (Session session = session(1000)) {
            assertEquals(Set.of("history"), offered(session, "rings "), "there is none yet");
            all(session, "tbreak event ring_pop", "continue", "goto +1000");
            final Set<String> names = offered(session, "rings ").stream().filter(name -> name.startsWith("fill:0x"))
                .collect(Collectors.toSet());
            assertEquals(2, names.size(), "the writer's and the reader's");
            assertTrue(offered(session, "break ring ").containsAll(names));
            for (final String name : names) {
                assertTrue(all(session, "rings " + name).contains(": 4 slots, 2 messages"), name);
                assertTrue(all(session, "rings " + name + " history").contains("takes 1"));
                assertTrue(offered(session, "rings fill:").contains(name.substring("fill:".length())));
                assertTrue(offered(session, "rings " + name + " ").contains("history"));
                all(session, "break ring " + name + " full", "reverse-continue", "expect stop watchpoint", "delete",
                    "goto +3000");
            }
            assertTrue(offered(session, "threads fill/0 ").contains("history"));
            assertTrue(offered(session, "locks ").contains("history"));
        }
    }

    @Test
    void thePanelCatchesUpHoweverLongTheWayIsAndKnowsOfGoingBackAndOfEdits() throws IOException {
        try (Session session = session(30_000_000)) {
            all(session, "tbreak event ring_pop", "continue", "bookmark pop", "goto +1000");
            final Rings rings = new Rings(session.desk());
            final String first = panel(rings);
            assertTrue(first.startsWith("heard up to step 20000000 of "), first);
            String text = first;
            for (int i = 0; i < 4 && text.startsWith("heard"); i++) {
                text = panel(rings);
            }
            assertTrue(text.matches("0x\\w+ fill  ##..  2 of 4  put 4  taken 2"), text);

            all(session, "tbreak event ring_push", "reverse-continue", "tbreak event ring_push", "reverse-continue",
                "tbreak event ring_push", "reverse-continue", "tbreak event ring_push", "reverse-continue",
                "goto -1000");
            assertEquals("no ring was used before this place", panel(rings), "it was not yet");
            all(session, "goto pop", "goto +1000");
            assertEquals(text, panel(rings), "and what was heard is not forgotten");

            all(session, "goto -5000", "set rbp = 0", "continue 20000");
            assertFalse(session.desk().bookmarks().containsKey("pop"));
            assertEquals("no ring was used before this place", panel(rings), "in this history nobody uses it");
        }
    }
}
