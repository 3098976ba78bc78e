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
        assertTrue(PcLayout.PVH_START_INFO >= PcLayout.PAGE_SIZE, "page 0 stays free to catch null pointers");
        assertTrue(PcLayout.PVH_START_INFO + PcLayout.PAGE_SIZE <= PcLayout.PVH_MEMORY_MAP);
        assertTrue(PcLayout.PVH_MEMORY_MAP + PcLayout.PAGE_SIZE <= PcLayout.COMMAND_LINE);
        assertTrue(PcLayout.COMMAND_LINE + PcLayout.COMMAND_LINE_SIZE <= PcLayout.LOW_MEMORY_END);
        assertTrue(PcLayout.RAM_BASE + PcLayout.RAM_MAX_SIZE <= PcLayout.LAPIC_BASE);
    }
}
