package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ringside.console.repl.guest.Guest;
import ringside.emulator.engine.DescriptorTable;
import ringside.emulator.engine.ModelRegister;
import ringside.emulator.engine.SegmentName;
import ringside.emulator.engine.SegmentRegister;
import ringside.emulator.engine.SystemRegisters;

/** Segments, MSRs and debug registers for people. */
final class SystemText {
    private static final int DR4 = 4;
    private static final int DR5 = 5;

    private SystemText() {
    }

    /** {@return a line for each segment register and table} */
    static List<String> segments(final SystemRegisters system) {
        final List<String> lines = new ArrayList<>();
        for (final SegmentName name : SegmentName.values()) {
            final SegmentRegister segment = system.segment(name);
            lines.add(String.format(Locale.ROOT, "%-5s %04x  base %016x  limit %08x  %s",
                name.name().toLowerCase(Locale.ROOT), segment.selector(), segment.base(), segment.limit(),
                text(segment)));
        }
        lines.add(table("gdtr", system.gdtr()));
        lines.add(table("idtr", system.idtr()));
        return lines;
    }

    private static String table(final String name, final DescriptorTable table) {
        return String.format(Locale.ROOT, "%-5s       base %016x  limit %08x", name, table.base(), table.limit());
    }

    /** {@return what a descriptor is} */
    static String text(final SegmentRegister segment) {
        if (!segment.isPresent()) {
            return "not present";
        }
        final String level = ", level " + segment.level();
        if (!segment.isCodeOrData()) {
            return switch (segment.type()) {
                case 2 -> "LDT";
                case 9 -> "TSS";
                case 11 -> "TSS, busy";
                default -> "system, type " + segment.type();
            } + level;
        }
        if ((segment.type() & 8) == 0) {
            return "data" + ((segment.type() & 2) != 0 ? ", writable" : ", read-only") + level;
        }
        return "code, " + (segment.isLong() ? "64" : segment.isWide() ? "32" : "16") + " bits" + level;
    }

    /** {@return a line for each MSR that the CPU itself keeps} */
    static List<String> models(final Guest guest) {
        final List<String> lines = new ArrayList<>();
        for (final ModelRegister register : ModelRegister.values()) {
            final long value = guest.system().model(register);
            lines.add(String.format(Locale.ROOT, "%-15s %08x  0x%016x %s", register.name().toLowerCase(Locale.ROOT),
                register.number(), value, guest.symbol(value)).stripTrailing());
        }
        return lines;
    }

    /** {@return a line for each debug register} */
    static List<String> debug(final Guest guest) {
        final List<String> lines = new ArrayList<>();
        final List<Long> values = guest.system().debug();
        for (int i = 0; i < values.size(); i++) {
            if (i != DR4 && i != DR5) {
                lines.add(String.format(Locale.ROOT, "dr%d  0x%016x %s", i, values.get(i), i < DR4
                    ? guest.symbol(values.get(i)) : "").stripTrailing());
            }
        }
        return lines;
    }
}
