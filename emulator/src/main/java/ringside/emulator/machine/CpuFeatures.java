package ringside.emulator.machine;

/**
 * What CPUID says: the features that work here, and nothing else (Intel SDM volume 2, CPUID).
 *
 * <p>Left out although the engine would run them: RDRAND and RDSEED, which read the host; MONITOR and SYSENTER,
 * which are not modelled. What is left out is undefined to the guest, too: the engine takes its instruction set from
 * here. What depends on the CPU's place is {@link CpuTopology}'s.
 */
final class CpuFeatures {
    private static final int HIGHEST_BASIC = 0x16;
    private static final int HYPERVISOR = 0x4000_0000;
    private static final int EXTENDED = 0x8000_0000;
    private static final int HIGHEST_EXTENDED = 0x8000_0008;
    private static final int FAMILY_6_MODEL_61 = 0x000306D2;
    private static final int ONE_LOGICAL_CPU_CLFLUSH_64 = 1 << 16 | 8 << 8;
    private static final int ADDRESS_SIZES = 48 << 8 | 40;

    // FPU DE PSE TSC MSR PAE CX8 APIC MTRR PGE CMOV PAT PSE36 CLFSH MMX FXSR SSE SSE2
    private static final int LEAF_1_EDX = bits(0, 2, 3, 4, 5, 6, 8, 9, 12, 13, 15, 16, 17, 19, 23, 24, 25, 26);
    // SSE3 PCLMUL SSSE3 CX16 PCID SSE4.1 SSE4.2 x2APIC MOVBE POPCNT TSC-deadline AES XSAVE HYPERVISOR
    private static final int LEAF_1_ECX = bits(0, 1, 9, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 31);
    private static final int LEAF_1_ECX_OSXSAVE = bits(27);
    // FSGSBASE TSC_ADJUST BMI1 SMEP BMI2 ERMS ADX SMAP
    private static final int LEAF_7_EBX = bits(0, 1, 3, 7, 8, 9, 19, 20);
    // LAHF LZCNT PREFETCHW
    private static final int LEAF_EXTENDED_1_ECX = bits(0, 5, 8);
    // SYSCALL NX 1GB RDTSCP LM
    private static final int LEAF_EXTENDED_1_EDX = bits(11, 20, 26, 27, 29);
    private static final int LEGACY_XSAVE_BYTES = 576;
    private static final long CR4_OSXSAVE = 1 << 18;

    // The engine follows Intel where the vendors differ, and a kernel that knows neither name takes the other's ways.
    private static final String VENDOR = "GenuineIntel";
    private static final String HOST = "RingsideIDE ";
    private static final String BRAND = "Ringside virtual x86-64 CPU";

    private CpuFeatures() {
    }

    private static int bits(final int... positions) {
        int mask = 0;
        for (final int position : positions) {
            mask |= 1 << position;
        }
        return mask;
    }

    /** Answers one leaf; {@code result} gets EAX, EBX, ECX, EDX. */
    static void answer(final int leaf, final int subleaf, final long cr4, final int[] result) {
        final boolean osxsave = (cr4 & CR4_OSXSAVE) != 0;
        switch (leaf) {
            case 0 -> set(result, HIGHEST_BASIC, word(VENDOR, 0), word(VENDOR, 8), word(VENDOR, 4));
            case 1 -> set(result, FAMILY_6_MODEL_61, ONE_LOGICAL_CPU_CLFLUSH_64,
                    LEAF_1_ECX | (osxsave ? LEAF_1_ECX_OSXSAVE : 0), LEAF_1_EDX);
            case 7 -> set(result, 0, subleaf == 0 ? LEAF_7_EBX : 0, 0, 0);
            case 0xD -> set(result, subleaf == 0 ? 3 : 0, subleaf == 0 ? LEGACY_XSAVE_BYTES : 0,
                    subleaf == 0 ? LEGACY_XSAVE_BYTES : 0, 0);
            case HYPERVISOR -> set(result, HYPERVISOR, word(HOST, 0), word(HOST, 4), word(HOST, 8));
            case EXTENDED -> set(result, HIGHEST_EXTENDED, 0, 0, 0);
            case EXTENDED + 1 -> set(result, 0, 0, LEAF_EXTENDED_1_ECX, LEAF_EXTENDED_1_EDX);
            case EXTENDED + 2, EXTENDED + 3, EXTENDED + 4 -> {
                final int at = (leaf - EXTENDED - 2) * 4 * Integer.BYTES;
                set(result, word(BRAND, at), word(BRAND, at + 4), word(BRAND, at + 8), word(BRAND, at + 12));
            }
            case HIGHEST_EXTENDED -> set(result, ADDRESS_SIZES, 0, 0, 0);
            default -> set(result, 0, 0, 0, 0);
        }
    }

    private static void set(final int[] result, final int eax, final int ebx, final int ecx, final int edx) {
        result[0] = eax;
        result[1] = ebx;
        result[2] = ecx;
        result[3] = edx;
    }

    private static int word(final String text, final int at) {
        int word = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            word |= (at + i < text.length() ? text.charAt(at + i) : 0) << i * Byte.SIZE;
        }
        return word;
    }
}
