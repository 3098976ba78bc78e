package ringside.emulator.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.machine.Machine;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg64;

class LeakTest {
    private static final int MACHINES = 1000;
    /** Between the 200th machine and the last, bytes: 20 KiB a machine would be a leak. */
    private static final long MOST_GROWTH = 16L << 20;

    @TempDir
    private Path directory;

    /** Faults, calls and stores over many pages, so that a machine has much to give back. */
    private static Guest guest() {
        return new Guest().handler(14, c -> {
            c.add(Reg64.RSP, Long.BYTES);
            c.iretq();
        }).program(c -> {
            for (int page = 0; page < 100; page++) {
                c.mov(Reg64.RDI, Guest.DATA + page * 0x1000L);
                c.mov(Mem.at(Reg64.RDI), Reg64.RDI);
            }
            c.mov(Reg64.RDI, 0x7000_0000_0000L);
            c.mov(Reg64.RAX, Mem.at(Reg64.RDI));
        });
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc/self/status")
    void aThousandMachinesLeaveNothingBehind() throws IOException, InterruptedException, URISyntaxException {
        final Path image = Files.write(directory.resolve("guest.elf"), guest().image().bytes());
        final Path tests = Path.of(LeakTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        final Path machine = Path.of(Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        final Path toolchain = Path.of(Mem.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        final ProcessBuilder builder = new ProcessBuilder(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms96m", "-Xmx96m",
                        "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ringside.toolchain,ringside.emulator",
                        "--module-path", toolchain + ":" + machine, "--add-modules", "ringside.emulator",
                        "--patch-module", "ringside.emulator=" + tests,
                        "--module", "ringside.emulator/" + ManyMachines.class.getName(),
                        image.toString(), Integer.toString(MACHINES)))
                .redirectErrorStream(true);
        // So the C library gives back at once what is freed, and does not keep it for the next machine.
        builder.environment().putAll(Map.of("MALLOC_ARENA_MAX", "1", "MALLOC_MMAP_THRESHOLD_", "65536",
                "MALLOC_TRIM_THRESHOLD_", "65536"));
        final Process process = builder.start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        final List<Long> resident = output.lines().map(Long::parseLong).toList();
        assertEquals(2, resident.size(), output);
        final long growth = resident.get(1) - resident.get(0);
        System.out.printf("%d machines: %d MiB after a fifth, %+d KiB since%n", MACHINES, resident.get(0) >> 20,
                growth >> 10);
        assertTrue(growth < MOST_GROWTH, "grew by " + growth + " bytes");
    }
}
