package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.platform.PcLayout;

/** The tables add up, tell of every CPU, and ACPICA's own tool reads them. */
class AcpiTablesTest {
    @TempDir
    private Path directory;

    private static Told load(final int cpus) {
        final MemorySegment memory = Arena.ofAuto().allocate(4 << 20);
        final BootEntry entry = BootLoader.load(memory, GuestImage.parse("kernel", Witness.pvh(false)),
                new BootConfig("", List.of(), Optional.empty(), cpus));
        return new Told(memory, entry.eax(), entry.ebx());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, PcLayout.MOST_CPUS})
    void everyCpuIsInBothKindsOfTables(final int cpus) {
        final Tables tables = new Tables(load(cpus));
        assertTrue(tables.acpiAddsUp());
        assertEquals(cpus, tables.madt(0));
        assertEquals(1, tables.madt(1));
        assertEquals(cpus, tables.mpCpus());
    }

    @Test
    void theFixedHardwareIsWhereTheMachineHasIt() {
        final Told told = load(1);
        final long fadt = new Tables(told).acpi.get("FACP");
        assertEquals(List.of((long) PcLayout.ACPI_EVENT_PORT, (long) PcLayout.ACPI_CONTROL_PORT,
                (long) PcLayout.ACPI_TIMER_PORT, 0L),
                List.of(told.u32(fadt + 56), told.u32(fadt + 64), told.u32(fadt + 76), told.u32(fadt + 48)));
        assertEquals(PcLayout.RESET_PORT, told.u64(fadt + 120));
        assertEquals(PcLayout.RESET_VALUE, told.bytes(fadt + 128, 1)[0]);
        final long xsdt = told.u64(told.rootPointer + 24);
        assertEquals(fadt, told.u64(xsdt + 36), "RSDT and XSDT name the same tables");
        assertEquals(0, new Tables(told).sum(told.rootPointer, 36), "the RSDP of ACPI 2.0 adds up as a whole");
    }

    @Test
    void iaslDecompilesEveryTableAndCompilesTheDsdtAgain() throws Exception {
        Referees.assumePresent("iasl");
        final Told told = load(3);
        final Tables tables = new Tables(told);
        for (final String name : List.of("FACP", "APIC", "DSDT", "RSDT", "XSDT")) {
            final long table = "XSDT".equals(name) ? told.u64(told.rootPointer + 24) : tables.acpi.get(name);
            final Path file = Files.write(directory.resolve(name + ".aml"), told.bytes(table, told.u32(table + 4)));
            final String said = iasl("-d", file.toString());
            assertTrue(Files.exists(directory.resolve(name + ".dsl")), said);
            final String text = Files.readString(directory.resolve(name + ".dsl"), StandardCharsets.ISO_8859_1);
            assertTrue(!text.contains("Invalid") && !text.contains("ERROR") && !text.contains("Unknown")
                    && !said.contains("Error") && !said.contains("Warning"), () -> said + text);
        }
        final String again = iasl("-tc", directory.resolve("DSDT.dsl").toString());
        assertTrue(again.contains("0 Errors, 0 Warnings"), again);
        final String dsdt = Files.readString(directory.resolve("DSDT.dsl"), StandardCharsets.ISO_8859_1);
        assertTrue(dsdt.contains("Name (_S5, Package (0x04)") && dsdt.contains("Device (PCI0)")
                && dsdt.contains("EisaId (\"PNP0A03\")"), dsdt);
    }

    private String iasl(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("iasl"));
        command.addAll(List.of(arguments));
        final Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
