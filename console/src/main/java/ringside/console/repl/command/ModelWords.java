package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Words of a line, and which cycle model it names.
 *
 * @param rest  what stands before {@code model NAME}
 * @param model the name; empty where none is named
 */
record ModelWords(String rest, String model) {
    /** {@return words taken apart} */
    static ModelWords of(final List<String> words) {
        final List<String> left = new ArrayList<>(words == null ? List.of() : words);
        String model = "";
        if (left.size() > 1 && "model".equals(left.get(left.size() - 2))) {
            model = left.removeLast();
            left.removeLast();
        }
        return new ModelWords(String.join(" ", left), model);
    }
}
