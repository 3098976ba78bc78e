package ringside.toolchain.asm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A register by its Intel name.
 *
 * @param name lower case
 * @param bits its width
 * @param kind what it can be used for
 */
record Register(String name, int bits, Kind kind) {
    private static final Map<String, Register> ALL = all();

    /** What a register can be used for. */
    enum Kind { GENERAL, SEGMENT, CONTROL, DEBUG, VECTOR, POINTER, NO_INDEX }

    static Optional<Register> named(final String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    boolean is(final Kind wanted) {
        return kind == wanted;
    }

    /** {@return whether this is a stack pointer, which an address cannot use as index} */
    boolean isStackPointer() {
        return name.equals("rsp") || name.equals("esp");
    }

    // checkstyle: MagicNumber off
    private static Map<String, Register> all() {
        final Map<String, Register> map = new HashMap<>();
        for (final String letter : new String[] {"a", "b", "c", "d"}) {
            add(map, Kind.GENERAL, 64, "r" + letter + "x");
            add(map, Kind.GENERAL, 32, "e" + letter + "x");
            add(map, Kind.GENERAL, 16, letter + "x");
            add(map, Kind.GENERAL, 8, letter + "l", letter + "h");
        }
        for (final String pair : new String[] {"si", "di", "bp", "sp"}) {
            add(map, Kind.GENERAL, 64, "r" + pair);
            add(map, Kind.GENERAL, 32, "e" + pair);
            add(map, Kind.GENERAL, 16, pair);
            add(map, Kind.GENERAL, 8, pair + "l");
        }
        for (int n = 8; n < 16; n++) {
            add(map, Kind.GENERAL, 64, "r" + n);
            add(map, Kind.GENERAL, 32, "r" + n + "d");
            add(map, Kind.GENERAL, 16, "r" + n + "w");
            add(map, Kind.GENERAL, 8, "r" + n + "b");
        }
        add(map, Kind.SEGMENT, 16, "cs", "ds", "es", "fs", "gs", "ss");
        add(map, Kind.CONTROL, 64, "cr0", "cr2", "cr3", "cr4", "cr8");
        for (int n = 0; n < 16; n++) {
            add(map, Kind.VECTOR, 128, "xmm" + n);
            add(map, Kind.VECTOR, 256, "ymm" + n);
        }
        for (int n = 0; n < 8; n++) {
            add(map, Kind.DEBUG, 64, "dr" + n);
            add(map, Kind.VECTOR, 64, "mm" + n);
        }
        add(map, Kind.POINTER, 64, "rip");
        add(map, Kind.POINTER, 32, "eip");
        add(map, Kind.NO_INDEX, 64, "riz");
        add(map, Kind.NO_INDEX, 32, "eiz");
        return map;
    }
    // checkstyle: MagicNumber on

    private static void add(final Map<String, Register> map, final Kind kind, final int bits, final String... names) {
        for (final String name : names) {
            map.put(name, new Register(name, bits, kind));
        }
    }
}
