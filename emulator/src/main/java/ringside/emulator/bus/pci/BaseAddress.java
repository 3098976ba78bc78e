package ringside.emulator.bus.pci;

import ringside.emulator.bus.BusDevice;

/**
 * What a base address register asks for (PCI Local Bus Specification 3.0, 6.2.5.1).
 *
 * @param kind   which space, and how wide the register is
 * @param size   addresses, a power of two, at least 16
 * @param device answers there
 */
public record BaseAddress(Kind kind, long size, BusDevice device) {
    private static final long LEAST = 16;

    /** The kinds of base address registers. */
    public enum Kind {
        /** Ports. */
        PORTS(1),
        /** Memory in the first 4 GiB. */
        MEMORY(0),
        /** Memory anywhere, prefetchable; takes two registers. */
        MEMORY_64(0xC);

        private final int bits;

        Kind(final int bits) {
            this.bits = bits;
        }

        /** {@return the low bits of the register, which say the kind} */
        int bits() {
            return bits;
        }

        int registers() {
            return this == MEMORY_64 ? 2 : 1;
        }
    }

    /** Refuses sizes that no register can say. */
    public BaseAddress {
        if (Long.bitCount(size) != 1 || size < LEAST || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a window is a power of two from 16 on: size=" + size);
        }
    }

    /** {@return the window, or {@code null} where the register's value is no place for one} */
    PciWindow at(final long register) {
        final long base = register & -size;
        final long end = kind == Kind.PORTS ? 1L << Short.SIZE : kind == Kind.MEMORY ? 1L << Integer.SIZE : 1L << 52;
        return base <= 0 || base >= end - size ? null : new PciWindow(kind == Kind.PORTS, base, size, device);
    }
}
