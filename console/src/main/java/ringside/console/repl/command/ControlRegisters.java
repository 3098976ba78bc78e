package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ringside.console.repl.guest.Guest;
import ringside.emulator.engine.CpuRegister;

/** Control registers bit by bit (Intel SDM volume 3, 2.5 and 2.2.1). */
final class ControlRegisters {
    private static final Map<CpuRegister, Map<Integer, String>> BITS = new TreeMap<>(Map.of(
        CpuRegister.CR0, Map.ofEntries(Map.entry(0, "PE"), Map.entry(1, "MP"), Map.entry(2, "EM"), Map.entry(3, "TS"),
            Map.entry(4, "ET"), Map.entry(5, "NE"), Map.entry(16, "WP"), Map.entry(18, "AM"), Map.entry(29, "NW"),
            Map.entry(30, "CD"), Map.entry(31, "PG")),
        CpuRegister.CR4, Map.ofEntries(Map.entry(0, "VME"), Map.entry(1, "PVI"), Map.entry(2, "TSD"),
            Map.entry(3, "DE"), Map.entry(4, "PSE"), Map.entry(5, "PAE"), Map.entry(6, "MCE"), Map.entry(7, "PGE"),
            Map.entry(8, "PCE"), Map.entry(9, "OSFXSR"), Map.entry(10, "OSXMMEXCPT"), Map.entry(11, "UMIP"),
            Map.entry(12, "LA57"), Map.entry(16, "FSGSBASE"), Map.entry(17, "PCIDE"), Map.entry(18, "OSXSAVE"),
            Map.entry(20, "SMEP"), Map.entry(21, "SMAP"), Map.entry(22, "PKE")),
        CpuRegister.EFER, Map.of(0, "SCE", 8, "LME", 10, "LMA", 11, "NXE")));

    private ControlRegisters() {
    }

    /** {@return a line for each} */
    static List<String> lines(final Guest guest) {
        final List<String> lines = new ArrayList<>();
        for (final CpuRegister register : List.of(CpuRegister.CR0, CpuRegister.CR2, CpuRegister.CR3, CpuRegister.CR4,
                CpuRegister.EFER)) {
            final long value = guest.register(register);
            lines.add(String.format("%-7s 0x%016x%s", register.name().toLowerCase(java.util.Locale.ROOT), value,
                set(BITS.getOrDefault(register, Map.of()), value)));
        }
        lines.add(String.format("cr8     0x%016x", guest.system().priority()));
        lines.add(String.format("xcr0    0x%016x", guest.system().xcr0()));
        lines.add("cpl     " + guest.register(CpuRegister.CPL));
        return lines;
    }

    private static String set(final Map<Integer, String> names, final long value) {
        final StringBuilder text = new StringBuilder();
        for (int bit = Long.SIZE - 1; bit >= 0; bit--) {
            if ((value >>> bit & 1) != 0 && names.containsKey(bit)) {
                text.append(' ').append(names.get(bit));
            }
        }
        return text.toString();
    }
}
