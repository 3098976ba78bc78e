package ringside.toolchain.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PcLayoutTest {
    @Test
    void assemblyGetsTheValuesThatJavaHas() throws ReflectiveOperationException {
        final Map<String, Long> values = PcLayout.constants().values();
        for (final Map.Entry<String, Long> entry : values.entrySet()) {
            final Field field = PcLayout.class.getField(entry.getKey());
            assertEquals(((Number) field.get(null)).longValue(), entry.getValue(), entry.getKey());
        }
    }

    @Test
    void lowStructuresLieInConventionalMemoryAndApart() {
        assertTrue(PcLayout.BOOT_AREA + 2 * PcLayout.COMMAND_LINE_SIZE <= PcLayout.LOW_MEMORY_END);
        assertTrue(PcLayout.LOW_MEMORY_END <= PcLayout.BIOS_AREA && PcLayout.BIOS_AREA < PcLayout.KERNEL_LOAD);
        assertTrue(PcLayout.RAM_BASE + PcLayout.RAM_MAX_SIZE <= PcLayout.PCI_MEMORY);
        assertTrue(PcLayout.PCI_MEMORY + PcLayout.PCI_MEMORY_SIZE <= PcLayout.IOAPIC_BASE);
        assertTrue(PcLayout.IOAPIC_BASE + PcLayout.IOAPIC_SIZE <= PcLayout.LAPIC_BASE);
    }
}
