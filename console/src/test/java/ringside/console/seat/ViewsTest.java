package ringside.console.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.console.cli.BootArguments;
import ringside.console.repl.CommandResult;
import ringside.console.repl.Session;

/** Tables of controllers, handles and rings, and what rings are stopped at. */
class ViewsTest {
    @TempDir
    private Path directory;

    @Test
    void interruptControllersAreShownAsBantamSetThemUp() {
        try (Session session = BootArguments.session("--append", "demo")) {
            final String before = Sessions.all(session, "apic");
            assertTrue(before.startsWith("cpu 0: local APIC 0, xAPIC at 0xfee00000, enabled; TPR 00, PPR 00,"), before);
            assertTrue(before.contains("timer: 0 of 0 left, 2 cycles each; will not interrupt\n"), before);
            assertTrue(before.contains("pins are masked and quiet\n"), before);
            assertTrue(before.matches("(?s).*8254: counter 0 interrupts at cycle \\d+; the speaker hears nothing\n"
                + "  counter +mode +access +count +of +gate +out\n"
                + "  0 +2 rate generator +low, high +\\d+ +65536 +high +high\n"
                + "  1 +not set +- +- +- +high +low\n  2 +not set +- +- +- +low +low\n.*"), before);
            Sessions.all(session, "tbreak event interrupt vector=32", "continue");
            Sessions.all(session, "expect stop event", "stepi");
            final String text = Sessions.all(session, "apic");

            assertTrue(text.contains(" at 0xfee00000, enabled; TPR 00, PPR 20,"), text);
            assertTrue(text.contains("in service: 32\n"), text);
            assertTrue(text.matches("(?s).*  timer +32 +periodic +edge\n.*  error +0 +fixed +edge +masked\n.*"), text);
            assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        }
    }

    @Test
    void lookingAtTheControllersChangesNothing() {
        try (Session session = BootArguments.session("--append", "demo")) {
            Sessions.all(session, "tbreak instruction 800000", "continue");
            final String hash = session.desk().guest().timeline().base().hash();
            Sessions.all(session, "apic");

            assertEquals(hash, session.desk().guest().timeline().base().hash());
        }
    }

    @Test
    void handlesAreShownWithWhatTheyAreAndMayDo() {
        try (Session session = BootArguments.session("--append", "demo")) {
            Sessions.all(session, "tbreak event syscall", "continue");
            final List<String> lines = Sessions.all(session, "handles").lines().toList();

            assertTrue(lines.getFirst().startsWith("process "), lines.toString());
            assertTrue(lines.get(1).matches("handle +object +address +badge +rights"), lines.get(1));
            assertTrue(lines.stream().anyMatch(line -> line.matches("0 +endpoint +0xffff8\\w+ +0x0 +(send|receive).*")),
                lines.toString());
            assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines.toString());
            assertEquals(lines.getFirst(), Sessions.all(session, "handles "
                + lines.getFirst().substring("process ".length())).lines().findFirst().orElse(""));
            assertEquals("no process is called nobody: 'processes' shows all",
                Sessions.refused(session, "handles nobody"));
        }
    }

    @Test
    void itStopsWhereARingGetsFullAndBackToTheSamePlace() throws IOException {
        final Path program = Files.writeString(directory.resolve("fill.asm"), """
            %include "user/program.inc"
            %include "user/system.inc"
            section .text
            global  main
            main:
                    PROGRAM_BEGIN
                    SYSTEM  SYS_MEMORY_CREATE, 16, 1, 0
                    MAP     16, HANDLE_SELF, 0x40000000, 0, 1, ACCESS_WRITE
                    lea     rdi, [rel writer]
                    mov     esi, 0x40000000
                    mov     edx, 4
                    mov     ecx, RING_WRITER
                    call    ring_open
                    mov     ebx, 5
            .next:
                    lea     rdi, [rel writer]
                    lea     rsi, [rel message]
                    call    ring_push
                    dec     ebx
                    jnz     .next
                    PROGRAM_END 0
            %include "user/ring.inc"
            section .bss
            align 8
            writer:
                    resb    RingEnd_size
            message:
                    resb    64
            """);
        try (Session session = BootArguments.session("--program", program.toString(), "--append", "fill")) {
            Sessions.all(session, "tbreak event ring_push", "continue", "expect stop event", "break ring r8 full",
                "continue");
            final String forward = session.desk().halt().text();
            Sessions.all(session, "expect stop watchpoint", "expect rbx == 2", "bookmark full", "continue",
                "expect stop end", "reverse-continue", "expect stop watchpoint", "stepi");
            final long back = session.desk().guest().machine().steps();

            assertTrue(forward.matches("watchpoint \\d+, ring 0x\\w+ full: 0x3 -> 0x4"), forward);
            assertEquals(session.desk().bookmarks().get("full"), back);
            Sessions.all(session, "goto full");
            assertTrue(new Rings(session.desk()).panel().lines(80, 2).getFirst().text()
                .matches("0x\\w+ fill  ####  4 of 4  put 4  taken 0 +"), "the panel says so as well");
            Sessions.all(session, "goto -20");
            assertTrue(new Rings(session.desk()).panel().lines(80, 2).getFirst().text()
                .contains("  ###.  3 of 4  put 3  taken 0"), "and before");
            assertTrue(Sessions.refused(session, "break ring 0 full").startsWith("no end of a ring"));
            assertTrue(Sessions.refused(session, "break ring r8 half").startsWith("ring RING full, or ring"));
        }
    }

    @Test
    void cachesAndTlbsAreThoseOfAModelThatFollowedTheSteps() {
        try (Session session = BootArguments.session("--append", "demo")) {
            Sessions.all(session, "tbreak event syscall", "continue");
            final long here = session.desk().guest().machine().steps();
            final List<String> caches = Sessions.all(session, "cache rip").lines().toList();
            assertTrue(caches.getFirst().matches("cpu 0 as zen4-\\d+, which followed steps \\d+ to \\d+ from empty"),
                caches.toString());
            assertTrue(caches.get(2).matches("L1i +512 +[1-9]\\d* .*is there"), caches.toString());
            assertTrue(caches.getLast().startsWith("L3 "), caches.toString());
            final List<String> lines = Sessions.all(session, "tlb").lines().toList();

            assertTrue(lines.stream().anyMatch(line -> line.matches("L1i +\\d+ of 64 entries")), lines.toString());
            assertTrue(lines.stream().anyMatch(line -> line.matches("0xffffffff80\\w+ +(4 KiB|2 MiB) +L1i.*")),
                lines.toString());
            assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines.toString());
            assertEquals(here, session.desk().guest().machine().steps());
            assertTrue(Sessions.all(session, "tlb all model skylake").startsWith("cpu 0 as skylake-"));
            assertTrue(Sessions.refused(session, "cache model unit").startsWith("no model 'unit' with caches"));
        }
    }

    private static final class Sessions {
        static String all(final Session session, final String... lines) {
            String text = "";
            for (final String line : lines) {
                final CommandResult result = session.execute(line);
                assertTrue(result.ok(), line + ": " + result.problem());
                text = result.text();
            }
            return text;
        }

        static String refused(final Session session, final String line) {
            final CommandResult result = session.execute(line);
            assertEquals(CommandResult.Outcome.REFUSED, result.outcome(), line + ": " + result);
            return result.problem();
        }
    }
}
