package ringside.kernel.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import ringside.kernel.build.KernelFeatures.FastPath;
import ringside.toolchain.disasm.Instruction;

/** The fast paths as they stand in the image, followed instruction by instruction. */
class FastPathTest {
    /** To ipc_fast_call; no check fails; no words; another address space. */
    private static final String CALL_CROSS_0 = "y" + "nnnnn" + "y" + "n";
    private static final String CALL_CROSS_4 = "y" + "nnnnn" + "ny" + "n";
    private static final String CALL_SAME_0 = "y" + "nnnnn" + "y" + "y";
    private static final String REPLY_CROSS_0 = "ny" + "nnnnnn" + "y" + "n";
    private static final String REPLY_CROSS_4 = "ny" + "nnnnnn" + "ny" + "n";
    private static final String REPLY_SAME_0 = "ny" + "nnnnnn" + "y" + "y";

    private final PathWalker walker = new PathWalker(Images.of(FastPath.ASSEMBLY));

    @Test
    void aCallAcrossSpacesTakes59Instructions() {
        assertEquals(59, walker.walk("syscall_entry", CALL_CROSS_0).size());
        assertEquals(57, walker.walk("syscall_entry", CALL_CROSS_4).size());
        assertEquals(58, walker.walk("syscall_entry", CALL_SAME_0).size());
    }

    @Test
    void anAnswerAcrossSpacesTakes64Instructions() {
        assertEquals(64, walker.walk("syscall_entry", REPLY_CROSS_0).size());
        assertEquals(62, walker.walk("syscall_entry", REPLY_CROSS_4).size());
        assertEquals(63, walker.walk("syscall_entry", REPLY_SAME_0).size());
    }

    @Test
    void aFastPathNeitherUsesTheStackNorCalls() {
        for (final Instruction instruction : walker.walk("syscall_entry", REPLY_CROSS_0)) {
            assertFalse(instruction.mnemonic().matches("push|pop|call|ret|pushfq|popfq"), instruction.text());
        }
    }
}
