package ringside.kernel.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import ringside.toolchain.layout.RecordLayout;

class KernelLayoutsTest {
    @Test
    void theFastPathNeedsTwoLinesOfAThread() {
        for (final String field : List.of("handles", "cr3", "next", "caller", "fast_from", "fast_to", "user_flags",
                "state", "priority", "waits_on")) {
            assertEquals(1, line(KernelLayouts.THREAD, field), field);
        }
        for (final String field : List.of("rip", "rsp", "rbx", "rbp", "r12", "r13", "r14", "r15")) {
            assertEquals(2, line(KernelLayouts.THREAD, field), field);
        }
    }

    @Test
    void theFastPathNeedsOneLineOfACpuAndOfAnEndpoint() {
        assertEquals(0, line(KernelLayouts.CPU, "current"));
        assertEquals(0, line(KernelLayouts.CPU, "highest"));
        assertEquals(0, line(KernelLayouts.ENDPOINT, "receivers"));
        assertEquals(0, line(KernelLayouts.ENDPOINT, "senders"));
    }

    @Test
    void aHandleIsOneLine() {
        assertEquals(KernelLayouts.CACHE_LINE, KernelLayouts.HANDLE.size());
        assertEquals(KernelLayouts.CACHE_LINE, KernelLayouts.HANDLE.alignment());
    }

    @Test
    void allObjectsBeginAlike() {
        for (final RecordLayout layout : List.of(KernelLayouts.THREAD, KernelLayouts.PROCESS, KernelLayouts.ENDPOINT,
                KernelLayouts.NOTIFICATION)) {
            assertEquals(0, layout.offset("object"), layout.name());
        }
    }

    @Test
    void recordsThatFollowOneAnotherKeepTheirLines() {
        for (final RecordLayout layout : List.of(
                KernelLayouts.THREAD, KernelLayouts.PROCESS, KernelLayouts.ENDPOINT, KernelLayouts.NOTIFICATION,
                KernelLayouts.CPU)) {
            assertEquals(KernelLayouts.CACHE_LINE, layout.alignment(), layout.name());
            assertTrue(layout.size() % KernelLayouts.CACHE_LINE == 0, layout.name());
        }
    }

    private static int line(final RecordLayout layout, final String field) {
        return layout.offset(field) / KernelLayouts.CACHE_LINE;
    }
}
