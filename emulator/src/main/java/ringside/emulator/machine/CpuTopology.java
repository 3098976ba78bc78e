package ringside.emulator.machine;

import ringside.toolchain.platform.PcLayout;

/**
 * What CPUID says of a CPU's place among the others, their caches and their clock: one package, one core a vCPU, no
 * hyper-threads (Intel SDM volume 2, CPUID; volume 3, 9.9).
 */
final class CpuTopology {
    private static final int FEATURES = 1;
    private static final int CACHE_DESCRIPTORS = 2;
    private static final int CACHES = 4;
    private static final int TOPOLOGY = 0xB;
    private static final int TSC_RATIO = 0x15;
    private static final int FREQUENCY = 0x16;
    private static final int SECOND_LEVEL = 0x8000_0006;
    private static final int POWER_MANAGEMENT = 0x8000_0007;

    private static final int FEATURE_APIC = 1 << 9;
    private static final int FEATURE_MANY = 1 << 28;
    private static final int INVARIANT_TSC = 1 << 8;
    private static final int ID_SHIFT = 24;
    private static final int COUNT_SHIFT = 16;
    private static final int ASK_LEAF_4 = 0x00FF_0001;

    private static final int LEVEL_THREAD = 1 << 8;
    private static final int LEVEL_CORE = 2 << 8;
    private static final int MEGA = 1_000_000;
    private static final int BUS_MHZ = 100;

    /** Type, level, ways, sets: 32 KiB of data, 32 KiB of code, 256 KiB of both, and 8 MiB that all share. */
    private static final int[][] CACHE = {{1, 1, 8, 64}, {2, 1, 8, 64}, {3, 2, 4, 1024}, {3, 3, 16, 8192}};
    private static final int SELF_INITIALISING = 1 << 8;
    private static final int LINE = 64;
    private static final int WAYS_SHIFT = 22;
    private static final int CORES_SHIFT = 26;
    private static final int SHARING_SHIFT = 14;
    private static final int CACHE_256_KIB = 256 << 16 | 6 << 12 | 1 << 8 | LINE;

    private final int id;
    private final int cpus;
    private final int idBits;

    CpuTopology(final int id, final int cpus) {
        this.id = id;
        this.cpus = cpus;
        idBits = Integer.SIZE - Integer.numberOfLeadingZeros(cpus - 1);
    }

    /** Adds to the answer of a leaf what this CPU's place says. */
    void amend(final int leaf, final int subleaf, final boolean apicEnabled, final int[] result) {
        switch (leaf) {
            case FEATURES -> {
                result[1] = result[1] & 0xFFFF | id << ID_SHIFT | 1 << idBits + COUNT_SHIFT;
                result[3] = (apicEnabled ? result[3] : result[3] & ~FEATURE_APIC) | (cpus > 1 ? FEATURE_MANY : 0);
            }
            case CACHE_DESCRIPTORS -> set(result, ASK_LEAF_4, 0, 0, 0);
            case CACHES -> caches(subleaf, result);
            case TOPOLOGY -> topology(subleaf, result);
            case TSC_RATIO -> set(result, 1, 1, (int) PcLayout.CYCLES_PER_SECOND, 0);
            case FREQUENCY -> {
                final int megahertz = (int) (PcLayout.CYCLES_PER_SECOND / MEGA);
                set(result, megahertz, megahertz, BUS_MHZ, 0);
            }
            case SECOND_LEVEL -> set(result, 0, 0, CACHE_256_KIB, 0);
            case POWER_MANAGEMENT -> set(result, 0, 0, 0, INVARIANT_TSC);
            default -> { }
        }
    }

    private void caches(final int subleaf, final int[] result) {
        if (subleaf < 0 || subleaf >= CACHE.length) {
            set(result, 0, 0, 0, 0);
            return;
        }
        final int[] cache = CACHE[subleaf];
        final boolean shared = subleaf == CACHE.length - 1;
        final int sharing = shared ? (1 << idBits) - 1 : 0;
        set(result, cache[0] | cache[1] << 5 | SELF_INITIALISING | sharing << SHARING_SHIFT
                | (1 << idBits) - 1 << CORES_SHIFT, LINE - 1 | cache[2] - 1 << WAYS_SHIFT, cache[3] - 1, 0);
    }

    private void topology(final int subleaf, final int[] result) {
        switch (subleaf) {
            case 0 -> set(result, 0, 1, LEVEL_THREAD, id);
            case 1 -> set(result, idBits, cpus, LEVEL_CORE | subleaf, id);
            default -> set(result, 0, 0, subleaf & 0xFF, id);
        }
    }

    private static void set(final int[] result, final int eax, final int ebx, final int ecx, final int edx) {
        result[0] = eax;
        result[1] = ebx;
        result[2] = ecx;
        result[3] = edx;
    }
}
