package ringside.toolchain.image;

import java.util.IdentityHashMap;
import java.util.Map;

/** Fills the holes of sections that have their place. */
final class Relocator {
    private final LinkSymbols symbols;
    private final Map<Placement.Placed, byte[]> finished = new IdentityHashMap<>();

    Relocator(final LinkSymbols symbols) {
        this.symbols = symbols;
    }

    /** The content of a section without holes. */
    byte[] bytes(final Placement.Placed place) {
        return finished.get(place);
    }

    void relocate(final int object, final Placement.Placed place) {
        final ObjectSection section = place.section();
        if (section.relocations().isEmpty()) {
            finished.put(place, section.bytes());
            return;
        }
        final byte[] bytes = section.bytes().clone();
        for (final Relocation relocation : section.relocations()) {
            final LinkSymbols.Defined symbol = symbols.find(object, relocation.symbol());
            if (symbol == null) {
                throw new LinkException(where(place, relocation) + "is not defined");
            }
            if (relocation.offset() > bytes.length - relocation.kind().width()) {
                throw new LinkException(where(place, relocation) + "is wanted outside of the section's content");
            }
            store(bytes, relocation, value(place, relocation, symbol.value() + relocation.addend()));
        }
        finished.put(place, bytes);
    }

    private static long value(final Placement.Placed place, final Relocation relocation, final long address) {
        return switch (relocation.kind()) {
            case PC32 -> {
                final long distance = address - (place.address() + relocation.offset());
                require(distance == (int) distance, place, relocation, distance, "a 32-bit distance");
                yield distance;
            }
            case ABS32 -> {
                require(address >>> 32 == 0, place, relocation, address, "32 bits, zero-extended");
                yield address;
            }
            case ABS32S -> {
                require(address == (int) address, place, relocation, address, "32 bits, sign-extended");
                yield address;
            }
            case ABS64 -> address;
        };
    }

    private static void store(final byte[] bytes, final Relocation relocation, final long value) {
        for (int i = 0; i < relocation.kind().width(); i++) {
            bytes[relocation.offset() + i] = (byte) (value >> i * 8);
        }
    }

    private static void require(
            final boolean fits, final Placement.Placed place, final Relocation relocation, final long value,
            final String room) {
        if (!fits) {
            throw new LinkException(
                    where(place, relocation) + "does not fit " + room + ": value=0x" + Long.toHexString(value));
        }
    }

    private static String where(final Placement.Placed place, final Relocation relocation) {
        return place + "+0x" + Integer.toHexString(relocation.offset()) + lineOf(place, relocation) + ": symbol "
                + relocation.symbol() + " ";
    }

    private static String lineOf(final Placement.Placed place, final Relocation relocation) {
        String line = "";
        for (final LineRow row : place.section().lines()) {
            if (row.offset() <= relocation.offset()) {
                line = " (" + row.source() + ")";
            }
        }
        return line;
    }
}
