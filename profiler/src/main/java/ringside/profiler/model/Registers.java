package ringside.profiler.model;

import java.util.HashMap;
import java.util.Map;

/** Names of registers, their kinds in forms and their {@link Resource}s. */
final class Registers {
    private static final String[][] LEGACY = {
        {"rax", "eax", "ax", "al", "ah"}, {"rcx", "ecx", "cx", "cl", "ch"}, {"rdx", "edx", "dx", "dl", "dh"},
        {"rbx", "ebx", "bx", "bl", "bh"}, {"rsp", "esp", "sp", "spl"}, {"rbp", "ebp", "bp", "bpl"},
        {"rsi", "esi", "si", "sil"}, {"rdi", "edi", "di", "dil"}};
    private static final String[] WIDTHS = {"r64", "r32", "r16", "r8", "r8"};
    private static final int NEW = 8;
    private static final int GENERAL = 16;
    private static final int VECTORS = 32;

    private static final Map<String, Integer> RESOURCES = new HashMap<>();
    private static final Map<String, String> KINDS = new HashMap<>();

    static {
        for (int number = 0; number < NEW; number++) {
            for (int width = 0; width < LEGACY[number].length; width++) {
                put(LEGACY[number][width], WIDTHS[width], Resource.GENERAL + number);
            }
        }
        for (int number = NEW; number < GENERAL; number++) {
            put("r" + number, "r64", Resource.GENERAL + number);
            put("r" + number + "d", "r32", Resource.GENERAL + number);
            put("r" + number + "w", "r16", Resource.GENERAL + number);
            put("r" + number + "b", "r8", Resource.GENERAL + number);
        }
        for (int number = 0; number < VECTORS; number++) {
            // The upper sixteen share the numbers of the lower: no kernel that the models are for has them.
            final int resource = Resource.VECTOR + number % GENERAL;
            put("xmm" + number, "x", resource);
            put("ymm" + number, "y", resource);
            put("zmm" + number, "z", resource);
        }
        for (int number = 0; number < NEW; number++) {
            put("st(" + number + ")", "st", Resource.X87);
            put("mm" + number, "mm", Resource.X87);
            put("k" + number, "k", Resource.SYSTEM);
        }
        put("st", "st", Resource.X87);
        for (final String segment : new String[] {"cs", "ds", "es", "fs", "gs", "ss"}) {
            put(segment, "sreg", Resource.SYSTEM);
        }
        for (int number = 0; number < GENERAL; number++) {
            put("cr" + number, "cr", Resource.SYSTEM);
            put("dr" + number, "dr", Resource.SYSTEM);
        }
    }

    private Registers() {
    }

    /** {@return the kind of a register, or {@code ?} of anything else} */
    static String kind(final String name) {
        return KINDS.getOrDefault(name, "?");
    }

    /** {@return the resource of a register, or -1} */
    static int resource(final String name) {
        return RESOURCES.getOrDefault(name, -1);
    }

    private static void put(final String name, final String kind, final int resource) {
        KINDS.put(name, kind);
        RESOURCES.put(name, resource);
    }
}
