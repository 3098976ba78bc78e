package ringside.emulator.boot;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.StringJoiner;

/** What must be the same on every machine for a {@link Witness}, one fact a line, read out of its RAM. */
final class Facts {
    private static final long MIB = 1 << 20;
    private static final int PAGE = 0x1000;

    private final Told told;
    private final Tables tables;
    private final long cr0;
    private final long flags;
    private final long ram;

    private Facts(final MemorySegment memory) {
        ram = memory.byteSize();
        final long eax = word(memory, 0);
        final long ebx = word(memory, 4);
        cr0 = word(memory, 8);
        flags = word(memory, 12);
        told = new Told(memory, eax, ebx);
        tables = new Tables(told);
    }

    private static long word(final MemorySegment memory, final int offset) {
        return Integer.toUnsignedLong(
                memory.get(ValueLayout.JAVA_INT_UNALIGNED, Witness.SAVED + offset));
    }

    /**
     * {@return the facts}
     *
     * @param memory    all RAM once the witness stopped
     * @param arguments the command line's, which the loader may put something in front of
     */
    static String of(final MemorySegment memory, final String arguments) {
        return new Facts(memory).text(arguments);
    }

    /**
     * {@return the ELF sections that the kernel is told of, which QEMU does not do}
     *
     * @param memory all RAM once the witness stopped
     */
    static String sections(final MemorySegment memory) {
        final Told told = new Facts(memory).told;
        final Told.Sections sections = told.sections;
        if (sections == null) {
            return "none";
        }
        final StringJoiner lines = new StringJoiner("\n");
        lines.add(sections.count() + " headers of " + sections.entrySize() + " bytes, names in " + sections.names());
        final boolean wide = sections.entrySize() == 64;
        for (int i = 0; i < sections.count(); i++) {
            final long header = sections.at() + i * sections.entrySize();
            final long address = wide ? told.u64(header + 16) : told.u32(header + 12);
            final long size = wide ? told.u64(header + 32) : told.u32(header + 20);
            // Unloaded ones are short here, and where they are is the loader's affair.
            lines.add(size + " bytes of kind " + told.u32(header + 4) + ": " + (size > 100 ? Long.toHexString(address)
                    : new String(told.bytes(address, size), StandardCharsets.ISO_8859_1)));
        }
        return lines.toString();
    }

    private String text(final String arguments) {
        final StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add("protocol: " + told.protocol);
        lines.add("protection on, paging off: " + ((cr0 & 0x8000_0001L) == 1));
        lines.add("interrupts and virtual 8086 mode off: " + ((flags & 0x2_0200) == 0));
        lines.add("kernel intact: " + Arrays.equals(Witness.MARK, told.bytes(Witness.MARKED, Witness.MARK.length)));
        lines.add("command line ends in the arguments: " + told.commandLine.endsWith(arguments));
        for (final Told.Module module : told.modules) {
            lines.add("module: " + (module.end() - module.start()) + " bytes, " + digest(module)
                    + ", on a page: " + (module.start() % PAGE == 0)
                    + ", apart from the kernel: " + (module.start() > Witness.MARKED)
                    + ", in RAM: " + available(module.start(), module.end()));
        }
        lines.add("kernel in RAM: " + available(Witness.CODE, Witness.MARKED));
        lines.add("ranges apart: " + apart());
        lines.add("500 KiB from 0: " + available(0, 500 << 10));
        lines.add("the extended BIOS data area is no RAM to use: " + !available(ebda(), ebda() + 1));
        lines.add("the BIOS data area has COM1: " + (told.u32(0x400) & 0xffff));
        lines.add("it agrees on low memory: " + ((told.u32(0x413) & 0xffff) << 10 <= ebda()));
        lines.add("all but a MiB above 1 MiB: " + available(MIB, ram - MIB));
        lines.add("no RAM behind the end: " + !available(ram, ram + 1));
        if (told.lowerKib >= 0) {
            lines.add("basic memory: " + (told.lowerKib <= 640 && told.lowerKib >= 500) + " "
                    + (told.upperKib <= (ram >> 10) - 1024 && told.upperKib >= (ram >> 10) - 2048));
        }
        acpi(lines);
        return lines.toString();
    }

    private void acpi(final StringJoiner lines) {
        lines.add("ACPI adds up: " + tables.acpiAddsUp());
        lines.add("CPUs by ACPI: " + tables.madt(0) + ", I/O APICs: " + tables.madt(1) + ", line 0 on pin: "
                + tables.pin(0));
        lines.add("CPUs by MP: " + tables.mpCpus());
        final long fadt = tables.acpi.get("FACP");
        final long ports = told.u32(fadt + 56);
        lines.add("SCI " + (told.u32(fadt + 46) & 0xffff) + ", PM1 control at +" + (told.u32(fadt + 64) - ports)
                + ", timer at +" + (told.u32(fadt + 76) - ports));
        if (told.rootPointer > 0) {
            lines.add("the start info has that RSDP: " + (told.rootPointer == tables.rootPointer));
        }
        if (told.oldRoot != null) {
            lines.add("a tag has that RSDP: " + Arrays.equals(told.oldRoot, told.bytes(tables.rootPointer, 20)));
        }
    }

    private long ebda() {
        return (told.u32(0x40E) & 0xffff) << 4;
    }

    private boolean available(final long start, final long end) {
        return told.map.stream().anyMatch(
                r -> r.kind() == 1 && r.start() <= start && end <= r.start() + r.size());
    }

    private boolean apart() {
        final long[][] ranges = told.map.stream().map(r -> new long[] {r.start(), r.start() + r.size()})
                .sorted((a, b) -> Long.compareUnsigned(a[0], b[0])).toArray(long[][]::new);
        for (int i = 1; i < ranges.length; i++) {
            if (Long.compareUnsigned(ranges[i - 1][1], ranges[i][0]) > 0) {
                return false;
            }
        }
        return true;
    }

    private String digest(final Told.Module module) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(told.bytes(module.start(), module.end() - module.start()))).substring(0, 16);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
