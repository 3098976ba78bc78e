package ringside.kernel.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
    void aFastPathNeitherUsesTheStackNorCalls() {
        for (final Instruction instruction : walker.walk("syscall_entry", REPLY_CROSS_0)) {
            assertFalse(instruction.mnemonic().matches("push|pop|call|ret|pushfq|popfq"), instruction.text());
        }
    }
}
