package ringside.profiler.profile;

/** Names of what is delivered through the interrupt table, in brackets: {@code [#PF]}, {@code [interrupt 32]}. */
public final class VectorNames {
    private static final String[] EXCEPTIONS = {"#DE", "#DB", "NMI", "#BP", "#OF", "#BR", "#UD", "#NM", "#DF", "",
        "#TS", "#NP", "#SS", "#GP", "#PF", "", "#MF", "#AC", "#MC", "#XM", "#VE", "#CP"};
    private static final int NMI = 2;

    private VectorNames() {
    }

    /**
     * {@return the name of an exception or software interrupt}
     *
     * @param vector 0 to 255
     */
    public static String exception(final int vector) {
        final String known = vector < EXCEPTIONS.length ? EXCEPTIONS[vector] : "";
        return "[" + (known.isEmpty() ? "exception " + vector : known) + "]";
    }

    /**
     * {@return the name of an external interrupt}
     *
     * @param vector 0 to 255
     */
    public static String interrupt(final int vector) {
        return vector == NMI ? "[NMI]" : "[interrupt " + vector + "]";
    }
}
