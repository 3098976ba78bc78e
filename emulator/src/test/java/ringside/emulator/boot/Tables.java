package ringside.emulator.boot;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The firmware's tables as a kernel finds them: by looking for them, trusting checksums only. */
final class Tables {
    private final Told told;
    final long rootPointer;
    final long mpPointer;
    final Map<String, Long> acpi = new LinkedHashMap<>();

    Tables(final Told told) {
        this.told = told;
        rootPointer = find("RSD PTR ", 20);
        mpPointer = find("_MP_", 16);
        if (rootPointer >= 0) {
            final long root = told.u32(rootPointer + 16);
            put(root);
            for (long at = root + 36; at < root + told.u32(root + 4); at += 4) {
                put(told.u32(at));
            }
            put(told.u32(acpi.get("FACP") + 40));
        }
    }

    private void put(final long table) {
        acpi.put(signature(table), table);
    }

    private String signature(final long at) {
        return new String(told.bytes(at, 4), StandardCharsets.ISO_8859_1);
    }

    /** As old kernels do: the first KiB of the extended BIOS data area, then the BIOS. */
    private long find(final String mark, final int checked) {
        final long ebda = (told.u32(0x40E) & 0xffff) << 4;
        final long found = find(mark, checked, ebda, ebda + 1024);
        return found >= 0 ? found : find(mark, checked, 0xE_0000, 0x10_0000);
    }

    private long find(final String mark, final int checked, final long from, final long to) {
        final byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
        for (long at = from; at < to; at += 16) {
            if (Arrays.equals(told.bytes(at, wanted.length), wanted) && sum(at, checked) == 0) {
                return at;
            }
        }
        return -1;
    }

    int sum(final long at, final long size) {
        int sum = 0;
        for (final byte value : told.bytes(at, size)) {
            sum += value;
        }
        return sum & 0xff;
    }

    /** {@return whether the bytes of every ACPI table add up to 0} */
    boolean acpiAddsUp() {
        return acpi.values().stream().allMatch(table -> sum(table, told.u32(table + 4)) == 0);
    }

    /** {@return how many entries of a kind the MADT has that are enabled, where that is told} */
    long madt(final int kind) {
        final long table = acpi.get("APIC");
        long count = 0;
        for (long at = table + 44; at < table + told.u32(table + 4); at += told.bytes(at + 1, 1)[0]) {
            count += told.bytes(at, 1)[0] == kind && (kind != 0 || (told.u32(at + 4) & 1) != 0) ? 1 : 0;
        }
        return count;
    }

    /** {@return the pin that the MADT has an ISA line on} */
    long pin(final int line) {
        final long table = acpi.get("APIC");
        for (long at = table + 44; at < table + told.u32(table + 4); at += told.bytes(at + 1, 1)[0]) {
            if (told.bytes(at, 1)[0] == 2 && told.bytes(at + 3, 1)[0] == line) {
                return told.u32(at + 4);
            }
        }
        return line;
    }

    /** {@return how many CPUs the MP configuration table tells of, or -1 if it does not add up} */
    long mpCpus() {
        final long table = told.u32(mpPointer + 4);
        if (!"PCMP".equals(signature(table)) || sum(table, told.u32(table + 4) & 0xffff) != 0) {
            return -1;
        }
        long cpus = 0;
        long at = table + 44;
        for (int i = 0; i < (told.u32(table + 34) & 0xffff); i++) {
            final int kind = told.bytes(at, 1)[0];
            cpus += kind == 0 && (told.bytes(at + 3, 1)[0] & 1) != 0 ? 1 : 0;
            at += kind == 0 ? 20 : 8;
        }
        return at == table + (told.u32(table + 4) & 0xffff) ? cpus : -1;
    }
}
