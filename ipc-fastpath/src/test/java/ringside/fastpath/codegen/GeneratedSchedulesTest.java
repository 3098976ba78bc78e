package ringside.fastpath.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.fastpath.interleave.Interleavings;
import ringside.fastpath.interleave.ScheduleDeclaration;
import ringside.fastpath.interleave.ScheduleReader;
import ringside.fastpath.interleave.Search;
import ringside.fastpath.lab.LabFiles;
import ringside.toolchain.disasm.Instruction;

/** What an emitted queue does because of another CPU, which no call from any state shows. */
class GeneratedSchedulesTest {
    private static final String TOML = """
            title = "A queue without one of its instructions"
            generator = "%s"
            model = "queue"
            waits = false
            [constants]
            MISSING = %d
            [scenario.puts]
            scripts = ["put", "put"]
            [scenario.takes]
            scripts = ["take", "take"]
            fill = 2
            """;
    private static final int FOR_ANOTHER_CPU = 8;

    @TempDir
    private Path home;

    private boolean fails(final Class<? extends SlotGenerator> generator, final long missing) throws IOException {
        final ScheduleDeclaration declaration = ScheduleReader.read(LabFiles.of(
                Files.writeString(home.resolve("queue.toml"), TOML.formatted(generator.getName(), missing))));
        try (Interleavings interleavings = new Interleavings(declaration)) {
            return interleavings.sweep(declaration.scenarios()).stream().anyMatch(Search::failed);
        }
    }

    @Test
    void whatIsDoneWhereAnotherCpuWasFasterIsMissedBySomeSchedule() throws IOException {
        assertFalse(fails(BoundedQueue.class, 0), "the whole queue survives all of them");
        final List<Instruction> all =
                LeftOut.instructions(new BoundedQueue().generate(Map.of("CAPACITY", 2L)).getFirst());
        int tried = 0;
        for (int i = 1; i < all.size(); i++) {
            final String before = all.get(i - 1).mnemonic();
            if (before.equals("lock cmpxchg") || before.equals("js") || all.get(i).mnemonic().equals("jmp")) {
                assertTrue(fails(LeftOut.class, all.get(i).address()), all.get(i).toString());
                tried++;
            }
        }
        assertEquals(FOR_ANOTHER_CPU, tried);
    }
}
