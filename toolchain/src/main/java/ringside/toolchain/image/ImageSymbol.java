package ringside.toolchain.image;

import java.util.Objects;

/**
 * A symbol of a linked image.
 *
 * @param name    as in {@code .symtab}
 * @param address virtual, or the value of a constant
 * @param size    bytes, 0 where unknown
 * @param kind    what it names
 */
public record ImageSymbol(String name, long address, long size, ObjectSymbol.Kind kind) {
    /** Refuses a symbol without a name. */
    public ImageSymbol {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
    }
}
