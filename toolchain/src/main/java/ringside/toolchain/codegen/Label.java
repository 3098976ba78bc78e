package ringside.toolchain.codegen;

/** A place in the code of one {@link CodeBuilder}, named or not; it may be referred to before it is bound. */
public final class Label implements Target {
    private final Object owner;
    private final boolean symbolic;
    private String name;
    private CodeSection section;
    private CodeSection.Place place;

    /**
     * Makes an unbound label.
     *
     * @param owner    its builder
     * @param name     what the symbol table calls it, or {@code null}
     * @param symbolic whether another unit may define it
     */
    Label(final Object owner, final String name, final boolean symbolic) {
        this.owner = owner;
        this.name = name;
        this.symbolic = symbolic;
    }

    void bind(final CodeSection boundSection, final CodeSection.Place boundPlace) {
        if (place != null) {
            throw new IllegalStateException("a label is bound once: label=" + this);
        }
        section = boundSection;
        place = boundPlace;
    }

    void rename(final String newName) {
        name = newName;
    }

    boolean belongsTo(final Object builder) {
        return owner == builder;
    }

    boolean symbolic() {
        return symbolic;
    }

    boolean bound() {
        return place != null;
    }

    /** The name, or {@code null}. */
    String name() {
        return name;
    }

    /** The section it is bound in, or {@code null}. */
    CodeSection section() {
        return section;
    }

    /** Where in its section, or {@code null}. */
    CodeSection.Place place() {
        return place;
    }

    @Override
    public String toString() {
        return name == null ? "(unnamed)" : name;
    }
}
