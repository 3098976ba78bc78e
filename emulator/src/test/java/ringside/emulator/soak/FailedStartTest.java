package ringside.emulator.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.boot.BootException;
import ringside.emulator.device.virtio.BlockBackend;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.device.virtio.DiskSource;
import ringside.emulator.device.virtio.FileDisk;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.memory.HostMemoryException;
import ringside.emulator.memory.TranslatedCode;
import ringside.emulator.testing.BareCpu;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.image.GuestImage;

/** What could not be made leaves nothing behind: address space is the figure, since nobody touched what was taken. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc/self/status and sets a limit")
class FailedStartTest {
    private static final int WARM_UP = 5;
    private static final int FAILURES = 40;
    /** What the JVM itself may take meanwhile; a machine or an engine that stays takes more each time. */
    private static final long MOST_GROWTH = 200L << 20;

    @TempDir
    private Path directory;

    private static long addressSpace() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmSize:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }

    private static void assertLeavesNothing(final Runnable failing) throws IOException {
        for (int i = 0; i < WARM_UP; i++) {
            failing.run();
        }
        final long before = addressSpace();
        for (int i = 0; i < FAILURES; i++) {
            failing.run();
        }
        final long growth = addressSpace() - before;
        System.out.printf("%d failures: %+d KiB%n", FAILURES, growth >> 10);
        assertTrue(growth < MOST_GROWTH, "grew by " + growth + " bytes");
    }

    private static final class NoCpu implements TranslatedCode.Holder {
        @Override
        public void forget(final long physical, final long bytes) {
            // It holds nothing.
        }

        @Override
        public void watchStores(final long physical, final long bytes) {
            // It does not store.
        }
    }

    @Test
    void anEngineThatItsRamDoesNotTakeIsClosed() throws IOException {
        try (GuestRam ram = GuestRam.allocate(BareCpu.RAM)) {
            int last = 0;
            for (int i = 0; i < TranslatedCode.MOST_CPUS; i++) {
                last = ram.code().add(new NoCpu());
            }
            assertLeavesNothing(() -> assertEquals("a RAM has at most 64 CPUs", assertThrows(
                    IllegalArgumentException.class, () -> BareCpu.at(ram, 0, BareCpu.CODE)).getMessage()));
            ram.code().remove(last);
            BareCpu.at(ram, 0, BareCpu.CODE).close();
        }
    }

    @Test
    void aMachineThatCannotLoadItsImageIsClosed() throws IOException {
        final GuestImage image = new Guest().program(CodeBuilder::hlt).image();
        final MachineConfig small = MachineConfig.standard().withMemory(MachineConfig.LEAST_MEMORY).withVcpus(4)
                .withCommandLine("x");
        assertLeavesNothing(() -> assertThrows(BootException.class, () -> Machine.boot(small, image)));
    }

    @Test
    void aMachineWhoseSecondDiskFailsClosesTheFirst() throws IOException {
        final GuestImage image = new Guest().program(CodeBuilder::hlt).image();
        final Path file = Files.write(directory.resolve("disk.img"), new byte[BlockBackend.SECTOR]);
        final DiskSource fails = () -> {
            throw new AssertionError("no disk");
        };
        final MachineConfig config = MachineConfig.standard()
                .withDisks(List.of(new DiskImage(file, DiskImage.Mode.WRITE_THROUGH), fails));
        assertLeavesNothing(() -> assertThrows(AssertionError.class, () -> Machine.boot(config, image)));
        try (FileDisk disk = FileDisk.open(file, false)) {
            assertFalse(disk.readOnly(), "nobody has it open any more");
        }
    }

    /** So much address space that RAM itself is to be had, and what knows its code is not. */
    @Test
    void ramWhoseMapsDoNotFitIsGivenBack() throws Throwable {
        final long bytes = 2L << 30;
        final int addressSpaceLimit = 9;
        final MethodHandle prlimit = Linker.nativeLinker().downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("prlimit"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
                        ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment old = arena.allocate(2 * Long.BYTES, Long.BYTES);
            final MemorySegment limit = arena.allocate(2 * Long.BYTES, Long.BYTES);
            final int ignored = (int) prlimit.invokeExact(0, addressSpaceLimit, MemorySegment.NULL, old);
            final long before = addressSpace();
            limit.set(ValueLayout.JAVA_LONG, 0, before + bytes + bytes / Byte.SIZE / 2);
            limit.set(ValueLayout.JAVA_LONG, Long.BYTES, old.get(ValueLayout.JAVA_LONG, Long.BYTES));
            assertEquals(0, (int) prlimit.invokeExact(0, addressSpaceLimit, limit, MemorySegment.NULL));
            try {
                assertThrows(HostMemoryException.class, () -> GuestRam.allocate(bytes));
            } finally {
                assertEquals(0, (int) prlimit.invokeExact(0, addressSpaceLimit, old, MemorySegment.NULL));
            }
            final long growth = addressSpace() - before;
            assertTrue(growth < MOST_GROWTH, "grew by " + growth + " bytes");
            GuestRam.allocate(bytes).close();
        }
    }
}
