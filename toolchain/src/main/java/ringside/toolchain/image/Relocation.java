package ringside.toolchain.image;

import java.util.Objects;

/**
 * A hole in a section that the linker fills once addresses are known.
 *
 * @param offset where the hole starts, bytes from the start of its section
 * @param kind   how wide the hole is and what goes in
 * @param symbol the symbol whose address is wanted
 * @param addend added to the symbol's address (for {@link Kind#PC32}: already corrected for the distance
 *               between the hole and the end of the instruction, as in the System V ABI)
 */
public record Relocation(int offset, Kind kind, String symbol, long addend) {
    /** What a hole holds; S is the symbol's address, A the addend, P the address of the hole. */
    public enum Kind {
        /** S + A - P in 4 bytes, signed (R_X86_64_PC32). */
        PC32(4),
        /** S + A in 4 bytes, must survive zero extension (R_X86_64_32). */
        ABS32(4),
        /** S + A in 4 bytes, must survive sign extension (R_X86_64_32S). */
        ABS32S(4),
        /** S + A in 8 bytes (R_X86_64_64). */
        ABS64(8);

        private final int width;

        Kind(final int width) {
            this.width = width;
        }

        /** {@return the bytes the hole takes} */
        public int width() {
            return width;
        }
    }

    /** Refuses a hole before the section. */
    public Relocation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(symbol, "symbol");
        if (offset < 0) {
            throw new IllegalArgumentException("a relocation lies inside its section: offset=" + offset);
        }
    }
}
