package ringside.console.repl.stop;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import ringside.console.repl.expression.Expression;
import ringside.emulator.travel.Condition;

/** Something that a guest stops at, under a number. */
public final class Breakpoint {
    private final int number;
    private Spec spec;
    private Supplier<Optional<Spec>> meaning;
    private boolean enabled = true;
    private int ignored;
    private long hits;
    private List<String> actions = List.of();

    /** What is stopped at. */
    public enum Kind {
        /** An instruction. */
        CODE("breakpoint"),
        /** Memory that is accessed. */
        WATCH("watchpoint"),
        /** An event. */
        EVENT("event"),
        /** A text of the guest's. */
        CONSOLE("console"),
        /** A number of instructions or a time. */
        COUNT("count");

        private final String word;

        Kind(final String word) {
            this.word = word;
        }

        /** {@return the kind for people, a word that {@code expect stop} knows} */
        public String word() {
            return word;
        }
    }

    /**
     * Memory that is watched.
     *
     * @param physical first byte
     * @param bytes    how many
     */
    public record Watched(long physical, int bytes) {
    }

    /**
     * What is stopped at and when it counts.
     *
     * @param kind      what it is
     * @param text      as it was named
     * @param condition finds it in a history
     * @param filter    must not be 0 there
     * @param space     the page-table root that must be in force there
     * @param watched   memory, of {@link Kind#WATCH}
     * @param temporary whether it goes when it was stopped at
     */
    public record Spec(Kind kind, String text, Condition condition, Optional<Expression> filter, OptionalLong space,
                       Optional<Watched> watched, boolean temporary) {
        /** Refuses what is missing. */
        public Spec {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(condition, "condition");
        }
    }

    Breakpoint(final int number, final Spec spec) {
        this.number = number;
        this.spec = spec;
    }

    /**
     * Says that its words have no meaning yet: until they have, its condition finds where they may have one.
     *
     * @param later gives what they mean, where they do
     */
    public void waitFor(final Supplier<Optional<Spec>> later) {
        meaning = later;
    }

    /** {@return whether it waits for its words to mean something, and is not stopped at} */
    public boolean isPending() {
        return meaning != null;
    }

    /** {@return whether its words mean something from here on, which they did not before} */
    boolean resolve() {
        final Optional<Spec> found = meaning.get();
        found.ifPresent(meant -> {
            spec = meant;
            meaning = null;
        });
        return found.isPresent();
    }

    /** {@return its number, from 1} */
    public int number() {
        return number;
    }

    /** {@return what is stopped at} */
    public Spec spec() {
        return spec;
    }

    /** {@return whether it is stopped at at all} */
    public boolean enabled() {
        return enabled;
    }

    /**
     * Switches it on or off.
     *
     * @param on whether it is stopped at
     */
    public void enable(final boolean on) {
        enabled = on;
    }

    /** {@return how often it will be passed by before it is stopped at} */
    public int ignored() {
        return ignored;
    }

    /**
     * Sets how often it will be passed by.
     *
     * @param times not negative
     */
    public void ignore(final int times) {
        ignored = times;
    }

    /** {@return how often it was met, passed by or not} */
    public long hits() {
        return hits;
    }

    /** {@return commands that are executed when it was stopped at} */
    public List<String> actions() {
        return actions;
    }

    /**
     * Sets what is done when it was stopped at.
     *
     * @param lines commands
     */
    public void actions(final List<String> lines) {
        actions = List.copyOf(lines);
    }

    /** It was met and passed by, so often as it was to be at most. */
    void pass(final int times) {
        hits += times;
        ignored -= times;
    }

    /** {@return whether to stop, now that it was met} */
    boolean meet() {
        hits++;
        if (ignored > 0) {
            ignored--;
            return false;
        }
        return true;
    }
}
