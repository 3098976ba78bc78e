package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ringside.toolchain.asm.SourceTree;

/**
 * A bug that is planted in a source or in a routine that a generator emits, to see that it is found.
 *
 * @param name    of it
 * @param text    what is wrong, in words
 * @param emitted whether the place is a routine and its lines are instructions, as {@link EmittedCode} has them
 * @param file    path of the source, or of what a source includes; or the routine
 * @param replace lines that follow each other and occur once, in a source without comments, blanks as one
 * @param with    what stands there instead
 */
public record Mutant(String name, String text, boolean emitted, String file, List<String> replace,
        List<String> with) {
    /** Copies the lists. */
    public Mutant {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(file, "file");
        replace = List.copyOf(replace);
        with = List.copyOf(with);
    }

    /**
     * {@return sources with the bug in them}
     *
     * @param sources without it
     * @throws IllegalArgumentException where its place is not there, or more than once
     */
    SourceTree plant(final SourceTree sources) {
        final List<String> lines = sources.read(file).orElseThrow(
                () -> new IllegalArgumentException("no such file: " + file)).lines().toList();
        final List<String> wanted = replace.stream().map(Mutant::bare).toList();
        final List<String> there = lines.stream().map(Mutant::bare).toList();
        int place = -1;
        for (int i = 0; i + wanted.size() <= there.size(); i++) {
            if (there.subList(i, i + wanted.size()).equals(wanted)) {
                if (place >= 0) {
                    throw new IllegalArgumentException("these lines are there twice, in lines " + (place + 1) + " and "
                            + (i + 1) + " of " + file + ": take more of them");
                }
                place = i;
            }
        }
        if (place < 0) {
            throw new IllegalArgumentException("these lines are not in " + file);
        }
        final List<String> mutated = new ArrayList<>(lines.subList(0, place));
        mutated.addAll(with);
        mutated.addAll(lines.subList(place + wanted.size(), lines.size()));
        return SourceTree.of(Map.of(file, String.join("\n", mutated) + "\n")).over(sources);
    }

    /**
     * {@return whether a unit includes the file, by its path from the root}
     *
     * @param sources all of them
     * @param unit    path of the unit
     */
    boolean isIncluded(final SourceTree sources, final String unit) {
        return sources.read(unit).orElse("").lines().anyMatch(line -> bare(line).equals(include(file)));
    }

    /** {@return the line that includes a file} */
    static String include(final String path) {
        return "%include \"" + path + "\"";
    }

    /** {@return a line without its comment and with blanks as one} */
    private static String bare(final String line) {
        final int comment = line.indexOf(';');
        return (comment < 0 ? line : line.substring(0, comment)).strip().replaceAll("\\s+", " ");
    }
}
