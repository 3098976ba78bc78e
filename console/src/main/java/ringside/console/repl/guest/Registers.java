package ringside.console.repl.guest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import ringside.emulator.engine.CpuRegister;

/** Registers by the names that people write: whole ones and their parts. */
public final class Registers {
    private static final Map<String, Part> PARTS = new HashMap<>();

    static {
        for (final CpuRegister register : CpuRegister.values()) {
            final String name = register.name().toLowerCase(Locale.ROOT);
            add(name, register, Long.SIZE, 0);
            if (name.matches("r\\d+")) {
                add(name + "d", register, Integer.SIZE, 0);
                add(name + "w", register, Short.SIZE, 0);
                add(name + "b", register, Byte.SIZE, 0);
            } else if (name.startsWith("r") && !"rflags".equals(name)) {
                final String rest = name.substring(1);
                add("e" + rest, register, Integer.SIZE, 0);
                if (!"ip".equals(rest)) {
                    add(rest, register, Short.SIZE, 0);
                }
                if (rest.endsWith("x")) {
                    add(rest.charAt(0) + "l", register, Byte.SIZE, 0);
                    add(rest.charAt(0) + "h", register, Byte.SIZE, Byte.SIZE);
                } else if (!"ip".equals(rest)) {
                    add(rest + "l", register, Byte.SIZE, 0);
                }
            }
        }
        add("eflags", CpuRegister.RFLAGS, Integer.SIZE, 0);
        add("pc", CpuRegister.RIP, Long.SIZE, 0);
        add("fp", CpuRegister.RBP, Long.SIZE, 0);
    }

    private Registers() {
    }

    /**
     * A register or bits of one.
     *
     * @param register whose bits they are
     * @param bits     how many: 8, 16, 32 or 64
     * @param shift    the lowest one
     */
    public record Part(CpuRegister register, int bits, int shift) {
        /**
         * {@return the bits of a register's value}
         *
         * @param whole the value
         */
        public long of(final long whole) {
            return whole >>> shift & mask();
        }

        /**
         * {@return the register's value with other bits; of 32 bits the upper half becomes 0, as in the CPU}
         *
         * @param whole the value before
         * @param part  the bits
         */
        public long into(final long whole, final long part) {
            if (bits == Integer.SIZE) {
                return part & mask();
            }
            return whole & ~(mask() << shift) | (part & mask()) << shift;
        }

        private long mask() {
            return bits == Long.SIZE ? -1 : (1L << bits) - 1;
        }
    }

    private static void add(final String name, final CpuRegister register, final int bits, final int shift) {
        PARTS.put(name, new Part(register, bits, shift));
    }

    /**
     * {@return what a name stands for, with or without a dollar in front}
     *
     * @param name in any case
     */
    public static Optional<Part> named(final String name) {
        final String plain = name.startsWith("$") ? name.substring(1) : name;
        return Optional.ofNullable(PARTS.get("sp".equals(plain) && name.startsWith("$") ? "rsp"
            : plain.toLowerCase(Locale.ROOT)));
    }

    /** {@return the names of whole registers, as they are printed} */
    public static List<String> names() {
        return Arrays.stream(CpuRegister.values()).map(register -> register.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** {@return every name, sorted} */
    public static Stream<String> all() {
        return PARTS.keySet().stream().sorted();
    }

    /**
     * {@return the flags that are set, by the manual's short names, lower case}
     *
     * @param flags RFLAGS
     */
    public static String flags(final long flags) {
        final String[] names = {"cf", "", "pf", "", "af", "", "zf", "sf", "tf", "if", "df", "of", "", "", "nt", "",
            "rf", "vm", "ac", "vif", "vip", "id"};
        final StringBuilder text = new StringBuilder("iopl=" + (flags >> 12 & 3));
        for (int bit = names.length - 1; bit >= 0; bit--) {
            if ((flags >> bit & 1) != 0 && !names[bit].isEmpty()) {
                text.append(' ').append(names[bit]);
            }
        }
        return text.toString();
    }
}
