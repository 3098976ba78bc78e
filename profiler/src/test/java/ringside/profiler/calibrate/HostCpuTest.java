package ringside.profiler.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where nothing can be measured, and how that is said. */
class HostCpuTest {
    private static final String LINUX = "Linux amd64";
    private static final String CPUINFO = """
            processor\t: 0
            cpu family\t: 25
            model\t\t: 17
            model name\t: A CPU
            flags\t\t: fpu tsc rdtscp constant_tsc nonstop_tsc sse4_2 popcnt
            bogomips\t: 5192.26
            """;

    @Test
    void aCpuIsDescribedAsItsKernelDoes() {
        final HostCpu cpu = HostCpu.parse(LINUX, CPUINFO);
        assertEquals("A CPU (family 25 model 17)", cpu.model());
        assertEquals(2596.13, cpu.ticksPerMicrosecond());
        assertEquals(Optional.empty(), cpu.refusal());
    }

    @Test
    void anotherSystemIsRefusedByName() {
        assertEquals(Optional.of("snippets are timed on x86-64 Linux only: host=Linux aarch64"),
                HostCpu.parse("Linux aarch64", "").refusal());
    }

    @Test
    void aTimeStampCounterThatStopsOrChangesIsRefused() {
        assertEquals(Optional.of("this CPU has no time stamp counter to rely on, or lacks what snippets use: "
                + "missing=constant_tsc,nonstop_tsc"), HostCpu.parse(LINUX, CPUINFO.replace("constant_tsc nonstop_tsc",
                        "")).refusal());
    }

    @Test
    void aRunnerIsNotOpenedWhereNothingCanBeMeasured() {
        assertEquals("snippets are timed on x86-64 Linux only: host=Mac OS X aarch64",
                assertThrows(CalibrationException.class,
                        () -> NativeRunner.open(HostCpu.parse("Mac OS X aarch64", ""), 1)).getMessage());
    }
}
