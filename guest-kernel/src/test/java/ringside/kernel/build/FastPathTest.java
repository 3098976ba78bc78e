package ringside.kernel.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ringside.kernel.abi.KernelLayouts;
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

    /** To ipc_fast_signal, past all others; no check fails; a handle with a badge, or without. */
    private static final String SIGNAL = "nnnny" + "nnnn";
    private static final String SIGNAL_BADGED = SIGNAL + "n";
    private static final String SIGNAL_UNBADGED = SIGNAL + "y";
    /** Somebody waits, whose level is filled, or empty and the highest then. */
    private static final String SIGNAL_WAKES = "nnnny" + "nny" + "nnn" + "n" + "y";
    private static final String SIGNAL_WAKES_FIRST = "nnnny" + "nny" + "nnn" + "n" + "nn";

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
    void aSignalThatSwitchesToNobodyTakes34InstructionsOrTwiceAsManyWithAWaiter() {
        assertEquals(34, walker.walk("syscall_entry", SIGNAL_BADGED).size());
        assertEquals(34, walker.walk("syscall_entry", SIGNAL_UNBADGED).size());
        assertEquals(62, walker.walk("syscall_entry", SIGNAL_WAKES).size());
        assertEquals(72, walker.walk("syscall_entry", SIGNAL_WAKES_FIRST).size());
    }

    /** Nothing of the caller is saved but two registers, and those where somebody waits only. */
    @Test
    void aSignalThatNobodyWaitsForWritesItsBitsAlone() {
        final String bits = "qword ptr [r11 + 0x"
                + Integer.toHexString(KernelLayouts.NOTIFICATION.offset("bits")) + "]";
        assertEquals(Set.of("eax", "rax", "r11", bits),
                written(walker.walk("syscall_entry", SIGNAL_BADGED)));
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
        return path.stream().filter(at -> !at.mnemonic().matches("cmp|test|j.*|swapgs|sysretq?"))
                .map(at -> at.operands().split(",")[0]).collect(Collectors.toSet());
    }

    @Test
    void aFastPathNeitherUsesTheStackNorCalls() {
        for (final Instruction instruction : walker.walk("syscall_entry", REPLY_CROSS_0)) {
            assertFalse(instruction.mnemonic().matches("push|pop|call|ret|pushfq|popfq"), instruction.text());
        }
    }
}
