package ringside.kernel.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.toolchain.layout.RecordLayout;

class KernelLayoutsTest {
    @Test
    void theFastPathNeedsTwoLinesOfAThread() {
        for (final String field : List.of("process", "cr3", "next", "caller", "levels_above", "user_flags", "state")) {
            assertEquals(0, line(KernelLayouts.THREAD, field), field);
        }
        for (final String field : List.of("rip", "rsp", "rbx", "rbp", "r12", "r13", "r14", "r15")) {
            assertEquals(1, line(KernelLayouts.THREAD, field), field);
        }
    }

    @Test
    void theFastPathNeedsOneLineOfACpuAndOfAnEndpoint() {
        assertEquals(0, line(KernelLayouts.CPU, "current"));
        assertEquals(0, line(KernelLayouts.CPU, "ready"));
        assertEquals(0, line(KernelLayouts.ENDPOINT, "receivers"));
        assertEquals(0, line(KernelLayouts.ENDPOINT, "senders"));
    }

    @Test
    void aHandleNeverCrossesALine() {
        assertEquals(0, KernelLayouts.CACHE_LINE % KernelLayouts.HANDLE.size());
        assertEquals(0, KernelLayouts.PROCESS.offset("handles") % KernelLayouts.CACHE_LINE);
    }

    @Test
    void recordsThatFollowOneAnotherKeepTheirLines() {
        for (final RecordLayout layout : List.of(
                KernelLayouts.THREAD, KernelLayouts.PROCESS, KernelLayouts.ENDPOINT, KernelLayouts.CPU)) {
            assertEquals(KernelLayouts.CACHE_LINE, layout.alignment(), layout.name());
            assertTrue(layout.size() % KernelLayouts.CACHE_LINE == 0, layout.name());
        }
    }

    private static int line(final RecordLayout layout, final String field) {
        return layout.offset(field) / KernelLayouts.CACHE_LINE;
    }
}
