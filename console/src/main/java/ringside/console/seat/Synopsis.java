package ringside.console.seat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a command's synopsis says may come at a place of its line: small words as they are, large ones for what they
 * stand for. {@code info break | symbol NAME} has {@code break} and {@code symbol} first, and NAME behind the latter.
 */
final class Synopsis {
    private final List<Form> forms = new ArrayList<>();

    /** A line: what may be written, one way or the other, and groups at the end in brackets, {@code [if EXPR]}. */
    private record Form(List<List<String>> ways, List<String> options) {
    }

    private Synopsis() {
    }

    /** {@return a synopsis as the command's help shows it, the command's name in front of each line} */
    static Synopsis of(final String text) {
        final Synopsis synopsis = new Synopsis();
        text.lines().forEach(line -> synopsis.forms.add(form(line)));
        return synopsis;
    }

    private static Form form(final String line) {
        final String name = line.contains(" ") ? line.substring(0, line.indexOf(' ')) : line;
        final Form form = new Form(new ArrayList<>(), new ArrayList<>());
        for (final String way : line.substring(name.length()).split("\\|")) {
            final List<String> words = new ArrayList<>();
            boolean isOption = false;
            for (final String word : way.strip().split("\\s+")) {
                isOption = word.matches("\\[[a-z].*") && !words.isEmpty() || isOption && !word.startsWith("[");
                (isOption ? form.options : words).addAll(plain(word));
            }
            // "snapshot save FILE | snapshot load FILE" says its name twice.
            if (!words.isEmpty() && words.getFirst().equals(name)) {
                words.removeFirst();
            }
            // In "thread THREAD blocks | wakes" it is the last word that may be another.
            final List<String> before = form.ways.isEmpty() ? List.of() : form.ways.getLast();
            if (words.size() == 1 && isSmall(words.getFirst()) && before.size() > 2 && isSmall(before.get(2))) {
                before.add(words.getFirst());
            } else {
                form.ways.add(words);
            }
        }
        return form;
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
            forms.forEach(form -> form.ways.forEach(way -> way.stream()
                .limit(way.isEmpty() || !way.getFirst().startsWith("-") ? 1 : 2).forEach(found::add)));
            return found;
        }
        for (final Form form : forms) {
            final Set<String> step = nextOf(form, given);
            if (!step.isEmpty()) {
                return step;
            }
        }
        for (final Form form : forms) {
            form.ways.stream().filter(way -> !way.isEmpty() && way.getFirst().equals(given.getFirst()))
                .forEach(way -> {
                    found.addAll(way.subList(1, way.size()));
                    found.addAll(options(form, given));
                });
        }
        if (found.isEmpty()) {
            forms.getFirst().ways.stream().filter(way -> !way.isEmpty() && !isSmall(way.getFirst()))
                .forEach(found::addAll);
        }
        found.addAll(options(forms.getFirst(), given));
        given.forEach(found::remove);
        return found;
    }

    /**
     * {@return what alone may come next where a way has one thing and then one of some words, as "thread THREAD
     * blocks | wakes"; empty where it is no such way, or past it}
     */
    private static Set<String> nextOf(final Form form, final List<String> given) {
        final Set<String> next = new LinkedHashSet<>();
        for (final List<String> way : form.ways) {
            final int at = given.size();
            if (at <= 2 && way.size() > 2 && way.getFirst().equals(given.getFirst()) && isSmall(way.getFirst())
                    && !isSmall(way.get(1)) && isSmall(way.get(2))) {
                next.addAll(at == 1 ? way.subList(1, 2) : way.subList(2, way.size()));
            }
        }
        return next;
    }

    /** Small words of groups, and what comes behind one that was given: {@code if} takes all that follows. */
    private static Set<String> options(final Form form, final List<String> given) {
        final Set<String> found = new LinkedHashSet<>();
        String group = "";
        for (final String word : form.options) {
            if (isSmall(word)) {
                group = word;
                found.add(word);
            } else if (given.getLast().equals(group) || "if".equals(group) && given.contains(group)) {
                found.add(word);
            }
        }
        return found;
    }

    /** {@return whether a word stands for itself} */
    static boolean isSmall(final String word) {
        return word.chars().noneMatch(Character::isUpperCase);
    }
}
