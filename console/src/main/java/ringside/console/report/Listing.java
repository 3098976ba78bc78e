package ringside.console.report;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import ringside.toolchain.image.SourceLine;

/**
 * A stretch of an image's code, instruction by instruction.
 *
 * @param name         of the routine, or the range as the user gave it
 * @param image        SHA-256 of the image that holds it
 * @param address      virtual address of the first byte
 * @param size         bytes
 * @param instructions in order, without gaps: a byte that starts no instruction is a {@code .byte}
 */
public record Listing(String name, String image, long address, long size, List<Line> instructions) {
    /** Copies the list. */
    public Listing {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(image, "image");
        instructions = List.copyOf(instructions);
    }

    /**
     * One instruction.
     *
     * @param address virtual
     * @param bytes   two hexadecimal digits each, without spaces
     * @param text    Intel syntax
     * @param label   the symbol at this very address, empty where there is none
     * @param target  what its address operand means, e.g. {@code ipc_slow_call+0x12}; empty where it has none
     * @param source  the line that made it
     */
    public record Line(long address, String bytes, String text, String label, String target,
                       Optional<SourceLine> source) {
        /** Refuses what cannot be printed. */
        public Line {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(label, "label");
            Objects.requireNonNull(target, "target");
            Objects.requireNonNull(source, "source");
        }

        /** {@return the bytes as people read them: {@code 0f 01 f8}} */
        String spacedBytes() {
            return HexFormat.ofDelimiter(" ").formatHex(HexFormat.of().parseHex(bytes));
        }
    }
}
