package ringside.fastpath.interleave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.fastpath.lab.LabFiles;

/** What of an instruction that stores again and again another CPU sees, and when. */
class StoreBuffersTest {
    private static final int LONGEST = 30;
    /** Put stores three words that are not 0; take counts those that it sees, the last one first. */
    private static final String ASM = """
            %%include "lib/list.inc"
            section .text
            global  list_make, list_put, list_take
            list_make:
                    mov     qword [rel sent], 1
                    mov     qword [rel sent + 8], 2
                    mov     qword [rel sent + 16], 3
                    ret
            list_put:
                    cld
                    lea     rdi, [rel stored]
                    lea     rsi, [rel sent]
                    mov     eax, 1
                    mov     ecx, 3
                    %s
                    mov     eax, 1
                    ret
            list_take:
                    xor     edx, edx
            %%rep 3, i
                    cmp     qword [rel stored + 16 - 8 * %%i], 1
                    cmc
                    adc     edx, 0
            %%endrep
                    mov     eax, 1
                    ret
            section .bss
            sent:   resb    64
            stored: resb    64
            """;
    private static final String TOML = """
            title = "Stores"
            sources = ["stores.asm"]
            model = "none"
            [scenario.one]
            scripts = ["put", "take"]
            """;

    @TempDir
    private Path home;

    private Stage open(final String instruction, final MemoryOrder order) throws IOException {
        Files.writeString(home.resolve("stores.asm"), ASM.formatted(instruction));
        final ScheduleDeclaration declaration = ScheduleReader.read(LabFiles.of(
                Files.writeString(home.resolve("stores.toml"), TOML)));
        try (Interleavings interleavings = new Interleavings(declaration)) {
            return Stage.open(interleavings.image(declaration.scenarios().getFirst(), Optional.empty()), 2, order,
                    true);
        }
    }

    private static long seen(final Stage stage, final String turn) {
        return stage.run(Schedule.parse(turn + " 1:* 0:*")).operations().stream()
                .filter(one -> one.kind() == SequentialModel.TAKE).findFirst().orElseThrow().value();
    }

    private static List<Long> seenAfterEach(final Stage stage) {
        return IntStream.rangeClosed(1, LONGEST).mapToObj(length -> seen(stage, "0:" + length)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rep stosq", "rep movsq"})
    void aSwitchFallsBetweenTheElementsOfARepeatedStoreAndEachOfThemWaits(final String instruction)
            throws IOException {
        final int first;
        try (Stage stage = open(instruction, MemoryOrder.SC)) {
            final List<Long> seen = seenAfterEach(stage);
            first = seen.indexOf(1L) + 1;
            assertTrue(first > 1, seen.toString());
            assertEquals(List.of(1L, 2L, 3L), seen.subList(first - 1, first + 2), seen.toString());
        }
        try (Stage stage = open(instruction, MemoryOrder.TSO)) {
            assertEquals(Collections.nCopies(first + 2, 0L), seenAfterEach(stage).subList(0, first + 2));
            assertEquals(List.of(1L, 2L, 3L), IntStream.rangeClosed(1, 3)
                    .mapToObj(drained -> seen(stage, "0:" + (first + 2) + "+" + drained)).toList());
            stage.run(Schedule.parse("0:" + (first + 1)));
            assertEquals(2, stage.leg(0).waiting(), "two of three are stored");
        }
    }
}
