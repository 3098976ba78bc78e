package ringside.emulator.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Public kernels, unmodified, say here what they say in QEMU. Both machines are PCs but not the same one, so lines that
 * tell of the firmware, the CPU's model or the clock are left out on both sides; docs/foreign-kernels.md lists them.
 */
class ForeignKernelTest {
    private static final long XEN_STEPS = 3_000_000_000L;
    private static final long LINUX_STEPS = 12_000_000_000L;
    private static final int XEN_LINES = 30;

    /** What Xen says of the loader, memory map, tables, CPU model, mitigations and clocks. */
    private static final Pattern XEN_MACHINE = Pattern.compile("\\(XEN\\) ("
            + "Bootloader:|.*RAM map:| \\[[0-9a-f]{16}, |New Xen image base|System RAM:|ACPI:|CPU Vendor:|CPU[0-9]+:"
            + "|Microcode|No SSBD|xstate:|Switched to APIC driver"
            + "|  (Xen settings|L1TF|Support for|XPTI|PV L1TF|Hardware)"
            + "|Platform timer|Detected |TSC |HVM:|SVM:|VMX:| - (Nested|Virtual)|mtrr:|MTRR|xenoprof:|CPUIDLE:"
            + "|nr_sockets|alt table).*");
    private static final Pattern LINUX_CLOCK = Pattern.compile("^\\[ *[0-9]+\\.[0-9]+\\] ");

    private static final String SCRIPT = """
            #!/bin/busybox sh
            busybox=/bin/busybox
            $busybox mkdir -p /proc /sys
            $busybox mount -t proc proc /proc
            $busybox mount -t sysfs sysfs /sys
            echo "the shell runs as process $$"
            echo "processors: $($busybox grep -c ^processor /proc/cpuinfo)"
            echo "online: $($busybox cat /sys/devices/system/cpu/online)"
            $busybox sha256sum $busybox
            $busybox seq 1 2000 | $busybox md5sum
            $busybox yes text | $busybox head -c 200000 | $busybox gzip | $busybox gunzip | $busybox wc
            (exit 3) || echo "a child's status: $?"
            $busybox poweroff -f
            """;

    @TempDir
    private Path directory;

    @Test
    void xenStartsTwoCpusByMultiboot1AndSaysWhatItSaysInQemu() throws IOException, InterruptedException {
        final Path module = Files.writeString(directory.resolve("domain0"), "x\n");
        final ForeignMachine machine = new ForeignMachine(ForeignFiles.require("xen"), 256, 2,
                "com1=115200,8n1 console=com1 noreboot", List.of(module), "Manual reset required");
        final String there = withoutLines(machine.runInQemu(directory), XEN_MACHINE);
        assertTrue(there.lines().count() > XEN_LINES && there.contains("Brought up 2 CPUs"), there);
        assertEquals(there, withoutLines(machine.runHere(XEN_STEPS), XEN_MACHINE));
    }

    @Test
    void linuxRunsAShellOnTwoCpusAndSaysWhatItSaysInQemu() throws IOException, InterruptedException {
        final Path disk = Files.write(directory.resolve("disk"), ForeignFiles.initialDisk(
                Files.readAllBytes(ForeignFiles.require("busybox")), SCRIPT));
        final ForeignMachine machine = new ForeignMachine(ForeignFiles.require("linux"), 512, 2,
                "console=ttyS0 panic=-1 nokaslr no_timer_check quiet", List.of(disk), "reboot: Power down");
        final String there = withoutTimes(machine.runInQemu(directory));
        assertTrue(there.contains("online: 0-1\n") && there.contains("a child's status: 3\n"), there);
        assertEquals(there, withoutTimes(machine.runHere(LINUX_STEPS)));
    }

    private static String withoutLines(final String text, final Pattern left) {
        return lines(text).filter(line -> !left.matcher(line).matches()).collect(Collectors.joining("\n"));
    }

    private static String withoutTimes(final String text) {
        return lines(text).map(line -> LINUX_CLOCK.matcher(line).replaceFirst("")).collect(Collectors.joining("\n"));
    }

    private static Stream<String> lines(final String text) {
        assertTrue(StandardCharsets.US_ASCII.newEncoder().canEncode(text), "it says only ASCII");
        return text.replace("\r", "").lines().map(String::stripTrailing);
    }
}
