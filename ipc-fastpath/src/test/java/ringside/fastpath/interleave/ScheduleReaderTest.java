package ringside.fastpath.interleave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.fastpath.lab.LabException;
import ringside.fastpath.lab.LabFiles;

/** A user's own structure, and what is none. */
class ScheduleReaderTest {
    private static final String TOML = """
            title = "A place for one value"
            sources = ["place.asm"]
            model = "queue"
            waits = false
            [scenario.sides]
            scripts = ["put put", "take"]
            capacity = 1
            preemptions = 2
            """;
    private static final String ASM = """
            ; A place that is claimed by an exchange.
            %include "lib/list.inc"
            section .text
            global list_make, list_put, list_take
            list_make:
                    ret
            list_put:
                    xor     eax, eax
                    lock cmpxchg [rdi], rsi         ; only where it is empty
                    setz    al
                    movzx   eax, al
                    ret
            list_take:
                    xor     edx, edx
                    xchg    [rdi], rdx
                    xor     eax, eax
                    test    rdx, rdx
                    setnz   al
                    ret
            """;
    private static final String EMITTER = "ringside.fastpath.codegen.SpscRing";
    private static final String MUTANT = """
            [mutant.forgets]
            text = "two CPUs may take one value"
            file = "place.asm"
            replace = ["xor edx, edx", "xchg [rdi], rdx"]
            with = ["mov rdx, [rdi]", "mov qword [rdi], 0"]
            """;

    @TempDir
    private Path home;

    private LabFiles write(final String toml) throws IOException {
        Files.writeString(home.resolve("place.asm"), ASM);
        return LabFiles.of(Files.writeString(home.resolve("place.toml"), toml));
    }

    @Test
    void aStructureOfAUsersIsSearchedAndItsBugFoundWithoutJava() throws IOException {
        final ScheduleDeclaration declaration = ScheduleReader.read(write(TOML + MUTANT));
        try (Interleavings interleavings = new Interleavings(declaration)) {
            final Search clean = interleavings.sweep(declaration.scenarios()).getFirst();
            assertTrue(!clean.failed() && clean.complete(), () -> clean.replay().toString());
            final Search found = interleavings.huntAll(declaration.scenarios()).getFirst().getLast();
            assertTrue(found.failed());
            assertTrue(found.sources().read("mutant/forgets/place.asm").orElseThrow().contains("mov rdx, [rdi]"));
        }
    }

    @Test
    void whatIsNoDeclarationIsRefusedWithItsPlaceAndReason() throws IOException {
        refused("title: missing", "");
        refused("sources: no such source", TOML.replace("place.asm", "../place.asm"));
        refused("sources: no such source", TOML.replace("place.asm", "other.asm"));
        refused("model: one of these is wanted", TOML.replace("queue", "heap"));
        refused("scenario.sides.scripts: 2 or 3", TOML.replace("\"put put\", ", ""));
        refused("scenario.sides.scripts: put, take", TOML.replace("put put", "put push"));
        refused("scenario.sides.scripts: more than 10", TOML.replace("put put", "put ".repeat(11)));
        refused("scenario.sides.preemptions", TOML.replace("preemptions = 2", "preemptions = 3"));
        refused("scenario.sides.capacity", TOML.replace("capacity = 1", "capacity = 64"));
        refused("scenario.sides.fill", TOML + "fill = 2\n");
        refused("scenario.sides.colour: unknown key", TOML + "colour = 2\n");
        refused("scenario.sides.memory: one of these", TOML + "memory = \"weak\"\n");
        refused("scenario.sides.spurious: one of these", TOML + "spurious = [\"lost\"]\n");
        refused("constants.FILL: ", TOML + "[constants]\nFILL = 1\n");
        refused("claim[0].survives: no such scenario", TOML + "[[claim]]\ntext = \"it lives\"\nsurvives = \"all\"\n");
        refused("mutant.forgets.file: is none of the sources", TOML + MUTANT.replace("place.asm", "lib/nodes.asm"));
        refused("mutant.forgets.replace: these lines are not in", TOML + MUTANT.replace("xor edx, edx", "nop"));
        refused("mutant.forgets.replace: these lines are there twice",
                TOML + MUTANT.replace("\"xor edx, edx\", \"xchg [rdi], rdx\"", "\"ret\""));
    }

    @Test
    void aBugOfEmittedCodeIsItsOwnInstructionsInAnotherOrderOrNothing() throws IOException {
        final String toml = TOML.replace("sources = [\"place.asm\"]", "generator = \"" + EMITTER + "\"");
        final String take = """
                [mutant.early]
                text = "the place goes back before its value was read"
                routine = "list_take"
                """;
        final String lines = "replace = [\"mov rdx, qword ptr [rip] ; list + 0x100\", \"inc rcx\"]\n";
        assertTrue(ScheduleReader.read(write(toml + take + lines)).mutants().getFirst().emitted());
        refused("mutant.early.routine: none is emitted", TOML + take + lines);
        refused("mutant.early.replace: no such emitted routine: list_look",
                toml + take.replace("list_take", "list_look") + lines);
        refused("mutant.early.replace: these lines are not in list_take, which is: mov rcx, qword ptr [rip] ; list",
                toml + take + lines.replace("0x100", "0x108"));
        refused("mutant.early.replace: emitted code can be put in another order or left out",
                toml + take + lines + "with = [\"dec rcx\"]\n");
        refused("mutant.early.replace: a jump stays in its place: je 0x",
                toml + take + "replace = [\"cmp rcx, qword ptr [rip] ; list\", \"je 0x5d\"]\nwith = [\"je 0x5d\"]\n");
        refused("emitted: nothing is", TOML + "[emitted]\nCAPACITY = 4\n");
    }

    private void refused(final String wanted, final String toml) throws IOException {
        final LabFiles files = write(toml);
        final String message = assertThrows(LabException.class, () -> ScheduleReader.read(files)).getMessage();
        assertTrue(message.startsWith(files.file() + ": " + wanted), message);
    }

    @Test
    void aScheduleOfACpuThatThereIsNotAndOneOfStoresThatDoNotWaitAreRefused() throws IOException {
        final ScheduleDeclaration declaration = ScheduleReader.read(write(TOML));
        try (Interleavings interleavings = new Interleavings(declaration)) {
            for (final String wrong : List.of("2:1", "0:3+1")) {
                assertThrows(IllegalArgumentException.class, () -> interleavings.replay(
                        declaration.scenarios().getFirst(), java.util.Optional.empty(), Schedule.parse(wrong)));
            }
        }
        assertEquals("put put | take", declaration.scenarios().getFirst().describe());
    }
}
