package ringside.fastpath.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The kernel lists CPUs by tables that it does not trust: whatever their bytes, as a model in Java reads them. */
class AcpiTest {
    private static final long MEMORY = 64L << 20;
    private static final int PLACE = 48 << 20;
    private static final int BYTES = 512;
    private static final int CASES = 120;
    private static final int MOST = 16;
    private static final int LOADER_MULTIBOOT2 = 1;

    private static final int ROOT = 0x80;
    private static final int LIST = 0xc0;
    private static final int MADT = 0x100;

    private static final String CODE = """
                    lea     rbx, [rel test_script]
                    lea     rbp, [rel test_results]
            next_case:
                    mov     rdi, DIRECT_BASE + %1$d
                    lea     rsi, [rbx + 8]
                    mov     ecx, %2$d
                    rep movsb
                    xor     eax, eax
                    mov     [rel cpus_apics], rax
                    mov     [rel cpus_apics + 8], rax
                    mov     edi, [rbx]
                    mov     esi, %1$d
                    push    rbx
                    call    acpi_read
                    pop     rbx
                    mov     eax, [rel cpus_listed]
                    mov     [rbp], rax
                    mov     rax, [rel cpus_apics]
                    mov     [rbp + 8], rax
                    mov     rax, [rel cpus_apics + 8]
                    mov     [rbp + 16], rax
                    add     rbp, 24
                    add     rbx, %2$d + 8
                    lea     rax, [rel test_script_end]
                    cmp     rbx, rax
                    jb      next_case
            """.formatted(PLACE, BYTES);

    /** A loader's information and tables in one piece of memory, and how they are read. */
    private record Tables(int loader, ByteBuffer bytes) {
        /** {@return numbers of local APICs, the first CPU's 0 first} */
        List<Integer> cpus() {
            final List<Integer> found = new ArrayList<>(List.of(0));
            if (loader != LOADER_MULTIBOOT2) {
                final long root = bytes.getLong(32);
                if (root != 0 && reaches(root, 36)) {
                    root(root, true, found);
                }
                return found;
            }
            final long end = PLACE + (bytes.getInt(0) & 0xffff_ffffL);
            for (long tag = PLACE + 8; tag + 8 <= end;) {
                final int kind = u32(tag);
                final long length = u32(tag + 4) & 0xffff_ffffL;
                if (kind == 0 || length < 8) {
                    return found;
                }
                if (kind == 14 || kind == 15) {
                    if (tag + 8 + (kind == 15 ? 36 : 20) <= end) {
                        root(tag + 8, kind == 15, found);
                    }
                    return found;
                }
                tag += (length + 7) / 8 * 8;
            }
            return found;
        }

        private void root(final long at, final boolean whole, final List<Integer> found) {
            if (u64(at) != 0x2052_5450_2044_5352L || sum(at, 20) != 0) {
                return;
            }
            final boolean wide = whole && u8(at + 15) >= 2;
            final long list = wide ? u64(at + 24) : u32(at + 16) & 0xffff_ffffL;
            final int step = wide ? 8 : 4;
            if (!isTable(list, wide ? "XSDT" : "RSDT")) {
                return;
            }
            for (long i = list + 36; i + step <= list + u32(list + 4); i += step) {
                final long table = wide ? u64(i) : u32(i) & 0xffff_ffffL;
                if (isTable(table, "APIC")) {
                    entries(table + 44, table + u32(table + 4), found);
                    return;
                }
            }
        }

        private void entries(final long first, final long end, final List<Integer> found) {
            for (long at = first; at + 2 <= end; at += u8(at + 1)) {
                final int length = u8(at + 1);
                if (length < 2 || at + length > end) {
                    return;
                }
                final boolean enabled = u8(at) == 0 && length >= 8 && (u32(at + 4) & 1) != 0;
                if (enabled && u8(at + 3) != 0xff && found.size() < MOST && !found.contains(u8(at + 3))) {
                    found.add(u8(at + 3));
                }
            }
        }

        private boolean isTable(final long at, final String signature) {
            if (!reaches(at, 36) || u32(at) != ByteBuffer.wrap(signature.getBytes(StandardCharsets.US_ASCII))
                    .order(ByteOrder.LITTLE_ENDIAN).getInt()) {
                return false;
            }
            final long length = u32(at + 4) & 0xffff_ffffL;
            return length >= 36 && length <= 0x1_0000 && reaches(at, length) && sum(at, length) == 0;
        }

        private static boolean reaches(final long at, final long length) {
            return Long.compareUnsigned(at, (1L << 32) - length) < 0;
        }

        private int sum(final long at, final long length) {
            int sum = 0;
            for (long i = 0; i < length; i++) {
                sum += u8(at + i);
            }
            return sum & 0xff;
        }

        /** Memory around the tables is zero. */
        private int u8(final long at) {
            return at >= PLACE && at < PLACE + BYTES ? bytes.get((int) (at - PLACE)) & 0xff : 0;
        }

        private int u32(final long at) {
            return u8(at) | u8(at + 1) << 8 | u8(at + 2) << 16 | u8(at + 3) << 24;
        }

        private long u64(final long at) {
            return u32(at) & 0xffff_ffffL | (long) u32(at + 4) << 32;
        }

        private void seal(final int at, final int sumAt, final long length) {
            if (at + length <= BYTES && length > 0) {
                bytes.put(sumAt, (byte) 0);
                bytes.put(sumAt, (byte) -sum(PLACE + at, length));
            }
        }

        /** Makes the sums right again, so that damage is seen by what comes behind them. */
        void seal() {
            seal(MADT, MADT + 9, bytes.getInt(MADT + 4));
            seal(LIST, LIST + 9, bytes.getInt(LIST + 4));
            seal(root(), root() + 8, 20);
        }

        private int root() {
            return loader == LOADER_MULTIBOOT2 ? 24 : ROOT;
        }
    }

    private static Tables tables(final Random random) {
        final int loader = random.nextInt(2);
        final Tables tables = new Tables(loader, ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN));
        final ByteBuffer bytes = tables.bytes;
        final boolean wide = random.nextBoolean();
        if (loader == LOADER_MULTIBOOT2) {
            final int kind = wide ? 15 : 14;
            bytes.putInt(0, 16 + 8 + 40 + 8).putInt(8, 1).putInt(12, 8);
            bytes.putInt(16, kind).putInt(20, kind == 15 ? 44 : 28);
        } else {
            bytes.putInt(0, 0x336e_c578).putInt(4, 1).putLong(32, PLACE + ROOT);
        }
        final int root = tables.root();
        bytes.putLong(root, 0x2052_5450_2044_5352L).put(root + 15, (byte) (wide ? 2 : 0));
        bytes.putInt(root + 16, PLACE + LIST).putInt(root + 20, 36).putLong(root + 24, PLACE + LIST);
        bytes.put(LIST, (wide ? "XSDT" : "RSDT").getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(LIST + 4, 36 + (wide ? 16 : 8));
        for (int i = 0; i < 2; i++) {
            final int table = PLACE + (i == 0 ? LIST : MADT);
            if (wide) {
                bytes.putLong(LIST + 36 + 8 * i, table);
            } else {
                bytes.putInt(LIST + 36 + 4 * i, table);
            }
        }
        bytes.put(MADT, "APIC".getBytes(StandardCharsets.US_ASCII));
        final int entries = random.nextInt(24);
        bytes.putInt(MADT + 4, 44 + 8 * entries);
        for (int i = 0; i < entries; i++) {
            final int at = MADT + 44 + 8 * i;
            bytes.put(at, (byte) (random.nextInt(6) == 0 ? 1 : 0)).put(at + 1, (byte) 8);
            bytes.put(at + 3, (byte) (random.nextInt(8) == 0 ? 0xff : random.nextInt(30)));
            bytes.putInt(at + 4, random.nextInt(5) == 0 ? 0 : 1);
        }
        tables.seal();
        return tables;
    }

    /** Addresses that are damaged stay where the kernel has memory mapped while the test runs, or out of reach. */
    private static void damage(final Tables tables, final Random random) {
        final ByteBuffer bytes = tables.bytes;
        final int root = tables.root();
        for (int n = random.nextInt(3); n >= 0; n--) {
            switch (random.nextInt(7)) {
                case 0 -> bytes.putInt(MADT + 4, random.nextInt(2 * BYTES));
                case 1 -> bytes.putInt(LIST + 4, random.nextInt(80));
                case 2 -> bytes.put(MADT + 45 + 8 * random.nextInt(8), (byte) random.nextInt(20));
                case 3 -> bytes.putInt((random.nextBoolean() ? MADT : LIST) + 4, -random.nextInt(3));
                case 4 -> bytes.putLong(root + 24, random.nextBoolean() ? -1 - random.nextInt(64) : PLACE + MADT);
                case 5 -> bytes.putInt(root + 16, PLACE + random.nextInt(BYTES));
                default -> bytes.put(MADT + random.nextInt(BYTES - MADT), (byte) random.nextInt(256));
            }
        }
        if (random.nextInt(4) != 0) {
            tables.seal();
        }
    }

    @Test
    void whateverTheTablesHoldTheCpusAreThoseThatAModelReads() {
        final Random random = new Random(20);
        final List<Tables> cases = new ArrayList<>();
        final List<Long> script = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            final Tables tables = tables(random);
            if (i % 3 != 0) {
                damage(tables, random);
            }
            cases.add(tables);
            script.add((long) tables.loader);
            for (int at = 0; at < BYTES; at += Long.BYTES) {
                script.add(tables.bytes.getLong(at));
            }
        }
        final Harness kernel = Harness.runSmp(MEMORY, CODE, script);
        int several = 0;
        for (int i = 0; i < CASES; i++) {
            final List<Integer> found = new ArrayList<>();
            for (int cpu = 0; cpu < kernel.result(3 * i); cpu++) {
                found.add((int) (kernel.result(3 * i + 1 + cpu / 8) >>> 8 * (cpu % 8)) & 0xff);
            }
            assertEquals(cases.get(i).cpus(), found, "case " + i);
            several += found.size() > 1 ? 1 : 0;
        }
        assertTrue(several > CASES / 3 && several < CASES * 9 / 10, "some are read and some refused: " + several);
    }
}
