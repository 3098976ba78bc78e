package ringside.toolchain.image;

import java.util.Objects;

/**
 * A name in an {@link ObjectCode}: a label in one of its sections, or a constant.
 *
 * @param name    as it stands in the symbol table, e.g. {@code ipc_fast_call} or {@code probe$phase$entry$1}
 * @param section the section it is a label in, or {@code null} for a constant
 * @param value   bytes from the start of the section, or the constant
 * @param scope   who may refer to it
 * @param kind    what it names
 */
public record ObjectSymbol(String name, String section, long value, Scope scope, Kind kind) {
    /** Who may refer to a symbol. */
    public enum Scope {
        /** Every object of the link; at most one object defines it. */
        GLOBAL,
        /** Its own object only; other objects may use the same name. */
        LOCAL
    }

    /** What a symbol names. */
    public enum Kind {
        /** A routine: code that is called or jumped to from elsewhere. */
        FUNCTION,
        /** Data. */
        OBJECT,
        /** A label inside a routine, for people and debuggers. */
        LABEL,
        /** A mark that emits no instruction; its name carries kind and arguments. */
        PROBE,
        /** A number without a place. */
        CONSTANT
    }

    /** Refuses a place without a section and a constant with one. */
    public ObjectSymbol {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(kind, "kind");
        if ((section == null) != (kind == Kind.CONSTANT)) {
            throw new IllegalArgumentException("a label has a section and a constant has none: name=" + name);
        }
    }
}
