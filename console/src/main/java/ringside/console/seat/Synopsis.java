package ringside.console.seat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a command's synopsis says may come at a place of its line: small words as they are, large ones for what they
 * stand for. {@code info break | symbol NAME} has {@code break} and {@code symbol} first, and NAME behind the latter.
 */
final class Synopsis {
    private final List<List<String>> ways = new ArrayList<>();
    /** Words of groups at the end that may stand in any place behind the first word: {@code [if EXPR]}. */
    private final List<String> options = new ArrayList<>();

    private Synopsis() {
    }

    /** {@return a synopsis as the command's help shows it, the command's name in front} */
    static Synopsis of(final String text) {
        final Synopsis synopsis = new Synopsis();
        final String arguments = text.contains(" ") ? text.substring(text.indexOf(' ') + 1) : "";
        final String name = text.contains(" ") ? text.substring(0, text.indexOf(' ')) : text;
        for (final String way : arguments.split("\\s*[|\n]\\s*")) {
            final List<String> words = new ArrayList<>();
            boolean isOption = false;
            for (final String word : way.split("\\s+")) {
                isOption = word.startsWith("[") && word.length() > 1 && Character.isLowerCase(word.charAt(1))
                    && !words.isEmpty() || isOption && !word.startsWith("[");
                final List<String> plain = plain(word);
                (isOption ? synopsis.options : words).addAll(plain);
            }
            // "snapshot save FILE | snapshot load FILE" says its name twice.
            if (!words.isEmpty() && words.getFirst().equals(name)) {
                words.removeFirst();
            }
            synopsis.ways.add(words);
        }
        return synopsis;
    }

    private static List<String> plain(final String word) {
        return Arrays.stream(word.replaceAll("[\\[\\]\"/;]|\\.\\.+", " ").split("[\\s=]+"))
            .filter(part -> part.matches("-?[A-Za-z][A-Za-z0-9-]*")).toList();
    }

    /**
     * {@return what may come as a word}
     *
     * @param before words of the line behind the command
     */
    Set<String> at(final List<String> before) {
        final Set<String> found = new LinkedHashSet<>();
        final List<String> given = before.stream().filter(word -> !word.startsWith("-") && !word.startsWith("/"))
            .toList();
        if (given.isEmpty()) {
            ways.forEach(way -> way.stream().limit(way.isEmpty() || !way.getFirst().startsWith("-") ? 1 : 2)
                .forEach(found::add));
            return found;
        }
        final String first = given.getFirst();
        final List<List<String>> named = ways.stream()
            .filter(way -> !way.isEmpty() && isSmall(way.getFirst()) && way.getFirst().equals(first)).toList();
        final Stream<List<String>> taken = named.isEmpty()
            ? ways.stream().filter(way -> !way.isEmpty() && !isSmall(way.getFirst())) : named.stream();
        taken.forEach(way -> found.addAll(named.isEmpty() ? way : way.subList(1, way.size())));
        found.addAll(options);
        given.forEach(found::remove);
        return found;
    }

    /** {@return whether a word stands for itself} */
    static boolean isSmall(final String word) {
        return word.chars().noneMatch(Character::isUpperCase);
    }
}
