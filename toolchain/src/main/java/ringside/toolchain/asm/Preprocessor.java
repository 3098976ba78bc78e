package ringside.toolchain.asm;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import ringside.toolchain.image.SourceLine;

/**
 * Walks through a source and what it includes and expands, and hands on the lines that count, in order.
 *
 * <p>A file is taken once a unit: a second include of it adds nothing.
 */
final class Preprocessor {
    private static final Map<String, String> BLOCKS = Map.of("macro", "endmacro", "rep", "endrep");

    private final SourceTree tree;
    private final Unit unit;
    private final Statements statements;
    private final Map<String, Macro> macros = new HashMap<>();
    private final Set<String> files = new LinkedHashSet<>();
    private final Deque<String> open = new ArrayDeque<>();
    private int depth;
    private int lines;
    private int expansions;

    Preprocessor(final SourceTree tree, final Unit unit) {
        this.tree = tree;
        this.unit = unit;
        this.statements = new Statements(unit);
    }

    /** Takes a file; {@code from} is the line that includes it, or a stand-in for the first one. */
    void file(final String path, final Line from) {
        final String text = read(path).orElseThrow(() -> new Refusal("no such file: " + path));
        if (!files.add(path)) {
            return;
        }
        if (files.size() > Limits.FILES || open.size() >= Limits.INCLUDE_DEPTH) {
            throw new Refusal("more than " + Limits.FILES + " files, or includes nest more than "
                    + Limits.INCLUDE_DEPTH + " deep");
        }
        open.addLast(path);
        final List<Line> content = new ArrayList<>();
        int number = 0;
        for (final String line : text.split("\r?\n", -1)) {
            number++;
            content.add(new Line(new SourceLine(path, number), line, from));
        }
        block(content);
        open.removeLast();
    }

    private Optional<String> read(final String path) {
        try {
            return tree.read(path);
        } catch (final UncheckedIOException e) {
            throw new Refusal("cannot read " + path + ": " + e.getCause().getMessage());
        }
    }

    private void block(final List<Line> content) {
        final Conditionals conditionals = new Conditionals();
        int at = 0;
        while (at < content.size()) {
            final Line line = content.get(at);
            try {
                at = step(content, at, conditionals);
            } catch (final Refusal e) {
                throw line.refuse(e.getMessage());
            }
        }
        conditionals.requireClosed();
    }

    /** Takes the line at {@code at}, or the block that starts there. {@return the index after it} */
    private int step(final List<Line> content, final int at, final Conditionals conditionals) {
        final Line line = content.get(at);
        if (++lines > Limits.LINES) {
            throw new Refusal("more than " + Limits.LINES + " lines, those of macros included");
        }
        if (line.text().length() > Limits.LINE_CHARS) {
            throw new Refusal("the line is longer than " + Limits.LINE_CHARS + " characters");
        }
        final String text = Lexer.withoutComment(line.text()).strip();
        final String word = text.startsWith("%") ? word(text, 1) : "";
        if (!word.isEmpty() && condition(word, text.substring(1 + word.length()), line, conditionals)) {
            return at + 1;
        }
        if (text.isEmpty() || !conditionals.active()) {
            return at + 1;
        }
        if (BLOCKS.containsKey(word)) {
            final int end = endOf(content, at, word);
            final List<Line> body = content.subList(at + 1, end);
            if (word.equals("macro")) {
                define(text.substring("%macro".length()).strip(), body);
            } else {
                repeat(text.substring("%rep".length()), body, line);
            }
            return end + 1;
        }
        if (word.isEmpty()) {
            statement(line, text);
        } else {
            directive(word, text.substring(1 + word.length()), line);
        }
        return at + 1;
    }

    private static String word(final String text, final int from) {
        int end = from;
        while (end < text.length() && Macro.isWord(text.charAt(end))) {
            end++;
        }
        return text.substring(from, end);
    }

    private boolean condition(final String word, final String rest, final Line line, final Conditionals conditionals) {
        switch (word) {
            case "if" -> conditionals.open(line, () -> number(rest) != 0);
            case "ifdef" -> conditionals.open(line, () -> isDefined(rest));
            case "ifndef" -> conditionals.open(line, () -> !isDefined(rest));
            case "elif" -> conditionals.otherwiseIf(() -> number(rest) != 0);
            case "else" -> conditionals.otherwise();
            case "endif" -> conditionals.close();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isDefined(final String rest) {
        final Tokens tokens = new Tokens(rest);
        final String name = tokens.expectName("a name");
        tokens.expectEnd();
        return unit.isDefined(name) || macros.containsKey(name);
    }

    private long number(final String rest) {
        final Tokens tokens = new Tokens(rest);
        final Expr expr = new ExprParser(tokens, unit).parse();
        tokens.expectEnd();
        return unit.evaluator().number(expr);
    }

    private static int endOf(final List<Line> content, final int at, final String word) {
        int nested = 0;
        for (int i = at + 1; i < content.size(); i++) {
            final String text = content.get(i).text().strip();
            final String other = text.startsWith("%") ? word(text, 1) : "";
            if (other.equals("macro") && word.equals("macro")) {
                throw content.get(i).refuse("a macro is not defined inside another");
            }
            if (other.equals(word)) {
                nested++;
            } else if (other.equals(BLOCKS.get(word)) && nested-- == 0) {
                return i;
            }
        }
        throw new Refusal("this %" + word + " has no %" + BLOCKS.get(word));
    }

    private void define(final String head, final List<Line> body) {
        final int end = Lexer.endOfName(head, 0);
        final String name = head.substring(0, end);
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new Refusal("%macro needs a name without a dot");
        }
        final List<String> parameters = Macro.arguments(head.substring(end));
        final Set<String> distinct = new LinkedHashSet<>(parameters);
        for (final String parameter : parameters) {
            if (parameter.isEmpty() || !word(parameter, 0).equals(parameter)
                    || !Lexer.startsName(parameter.charAt(0))) {
                throw new Refusal("not a parameter's name: '" + parameter + "'");
            }
        }
        if (distinct.size() != parameters.size()) {
            throw new Refusal("two parameters have one name");
        }
        if (macros.size() >= Limits.MACROS) {
            throw new Refusal("more than " + Limits.MACROS + " macros");
        }
        if (macros.putIfAbsent(name, new Macro(name, parameters, body)) != null) {
            throw new Refusal("macro " + name + " is defined twice");
        }
    }

    private void repeat(final String head, final List<Line> body, final Line line) {
        final List<String> parts = Macro.arguments(head);
        if (parts.isEmpty() || parts.size() > 2) {
            throw new Refusal("%rep takes a count, and if wanted a name for the number of the round");
        }
        final long count = number(parts.getFirst());
        if (count < 0 || count > Limits.LINES) {
            throw new Refusal("a count from 0 to " + Limits.LINES + " is needed, not " + count);
        }
        final Macro macro = new Macro("%rep", parts.subList(1, parts.size()), body);
        for (long round = 0; round < count; round++) {
            final List<String> arguments = parts.size() == 1 ? List.of() : List.of(Long.toString(round));
            nested(() -> macro.expand(arguments, line.cause(), 0));
        }
    }

    private void nested(final Supplier<List<Line>> expansion) {
        if (depth >= Limits.MACRO_DEPTH) {
            throw new Refusal("macros nest more than " + Limits.MACRO_DEPTH + " deep");
        }
        if (++expansions > Limits.LINES) {
            throw new Refusal("more than " + Limits.LINES + " expansions");
        }
        depth++;
        block(expansion.get());
        depth--;
    }

    private void statement(final Line line, final String whole) {
        String text = whole;
        int end = Lexer.endOfName(text, 0);
        while (end > 0 && text.substring(end).stripLeading().startsWith(":")) {
            unit.define(text.substring(0, end));
            text = text.substring(text.indexOf(':', end) + 1).strip();
            end = Lexer.endOfName(text, 0);
        }
        final Macro macro = macros.get(text.substring(0, end));
        if (macro != null) {
            final List<String> arguments = Macro.arguments(text.substring(end));
            nested(() -> macro.expand(arguments, line, expansions));
        } else if (!text.isEmpty()) {
            statements.accept(line, text);
        }
    }

    private void directive(final String word, final String rest, final Line line) {
        final Tokens tokens = new Tokens(rest);
        switch (word) {
            case "include" -> {
                include(tokens.expectString("a path"), line);
                tokens.expectEnd();
            }
            case "error" -> throw new Refusal(tokens.expectString("a text"));
            case "assert" -> {
                final Expr condition = new ExprParser(tokens, unit).parse();
                final String text = tokens.take(",") ? tokens.expectString("a text") : "the assertion does not hold";
                tokens.expectEnd();
                unit.later(line, () -> {
                    if (unit.evaluator().number(condition) == 0) {
                        throw new Refusal(text);
                    }
                });
            }
            default -> throw new Refusal("no such directive: %" + word);
        }
    }

    private void include(final String path, final Line line) {
        final String here = open.getLast();
        final Optional<String> fromRoot = SourceFiles.normal(path);
        final Optional<String> fromHere = SourceFiles.normal(here.substring(0, here.lastIndexOf('/') + 1) + path);
        final String found = fromRoot.filter(p -> read(p).isPresent())
                .or(() -> fromHere.filter(p -> read(p).isPresent()))
                .orElseThrow(() -> new Refusal("no such file: " + path));
        if (open.contains(found)) {
            throw new Refusal("include cycle: " + String.join(" -> ", open) + " -> " + found);
        }
        file(found, line);
    }
}
