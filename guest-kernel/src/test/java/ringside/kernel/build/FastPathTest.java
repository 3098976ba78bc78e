package ringside.kernel.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.toolchain.disasm.Instruction;

/** The fast paths as they stand in the image, followed instruction by instruction. */
class FastPathTest {
    /** To ipc_fast_call; no check fails; no words; another address space. */
    private static final String CALL_CROSS_0 = "y" + "nnnnnn" + "y" + "n";
    private static final String CALL_CROSS_4 = "y" + "nnnnnn" + "ny" + "n";
    private static final String CALL_SAME_0 = "y" + "nnnnnn" + "y" + "y";
    private static final String REPLY_CROSS_0 = "ny" + "nnnnnnn" + "y" + "n";
    private static final String REPLY_CROSS_4 = "ny" + "nnnnnnn" + "ny" + "n";
    private static final String REPLY_SAME_0 = "ny" + "nnnnnnn" + "y" + "y";

    /** Neither of the fast paths, then one of the two. */
    private static final String NULL = "nny";
    private static final String TICKS = "nnny";

    private final PathWalker walker = new PathWalker(Images.of(FastPath.ASSEMBLY));

    @Test
    void aCallAcrossSpacesTakes62Instructions() {
        assertEquals(62, walker.walk("syscall_entry", CALL_CROSS_0).size());
        assertEquals(60, walker.walk("syscall_entry", CALL_CROSS_4).size());
        assertEquals(61, walker.walk("syscall_entry", CALL_SAME_0).size());
    }

    @Test
    void anAnswerAcrossSpacesTakes67Instructions() {
        assertEquals(67, walker.walk("syscall_entry", REPLY_CROSS_0).size());
        assertEquals(65, walker.walk("syscall_entry", REPLY_CROSS_4).size());
        assertEquals(66, walker.walk("syscall_entry", REPLY_SAME_0).size());
    }

    @Test
    void callsThatOnlyAnswerWriteTheirResultsAndNothingElse() {
        final List<Instruction> empty = walker.walk("syscall_entry", NULL);
        final List<Instruction> clock = walker.walk("syscall_entry", TICKS);
        assertEquals(12, empty.size());
        assertEquals(15, clock.size());
        assertEquals(Set.of("r11", "eax"), written(empty));
        assertEquals(Set.of("r11", "eax", "rdi"), written(clock));
    }

    private static Set<String> written(final List<Instruction> path) {
        return path.stream().filter(at -> !at.mnemonic().matches("cmp|j.*|swapgs|sysretq?"))
                .map(at -> at.operands().split(",")[0]).collect(Collectors.toSet());
    }

    @Test
    void aFastPathNeitherUsesTheStackNorCalls() {
        for (final Instruction instruction : walker.walk("syscall_entry", REPLY_CROSS_0)) {
            assertFalse(instruction.mnemonic().matches("push|pop|call|ret|pushfq|popfq"), instruction.text());
        }
    }
}
