package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import ringside.toolchain.image.FrameRule;

/** What one source file and its includes have said so far: names, sections and the place of the next byte. */
final class Unit implements Evaluator.Scope, ExprParser.Names {
    private final Map<String, SectionBuilder> sections = new LinkedHashMap<>();
    private final Map<String, Label> labels = new LinkedHashMap<>();
    private final Map<String, Expr> constants = new HashMap<>();
    private final Map<String, Line> globals = new LinkedHashMap<>();
    private final Map<String, Line> externs = new HashMap<>();
    private final List<Label> probes = new ArrayList<>();
    private final Map<SectionBuilder, Map<Integer, FrameRule>> frames = new HashMap<>();
    private final List<Item.Code> instructions = new ArrayList<>();
    private final List<Deferred> open = new ArrayList<>();
    private final Evaluator evaluator = new Evaluator(this);
    private SectionBuilder section;
    private String scope = "";
    private int bits = Long.SIZE;
    private int places;

    private record Deferred(Line line, Runnable check) {
    }

    Unit(final Map<String, Long> given) {
        given.forEach((name, value) -> constants.put(name, new Expr.Num(value)));
    }

    Evaluator evaluator() {
        return evaluator;
    }

    Map<String, SectionBuilder> sections() {
        return sections;
    }

    Map<String, Label> labels() {
        return labels;
    }

    Map<String, Line> globals() {
        return globals;
    }

    List<Label> probes() {
        return probes;
    }

    /** {@return the instructions for Keystone, in the order of their lines} */
    List<Item.Code> instructions() {
        return instructions;
    }

    void add(final Item item) {
        section().add(item);
        if (item instanceof Item.Code code) {
            instructions.add(code);
        }
    }

    int bits() {
        return bits;
    }

    void bits(final int width) {
        bits = width;
    }

    /** Does something that concerns a line: a refusal becomes an error at that line. */
    void at(final Line line, final Runnable action) {
        try {
            action.run();
        } catch (final Refusal e) {
            throw line.refuse(e.getMessage());
        }
    }

    /** {@return the section at hand; {@code .text} where none was named} */
    SectionBuilder section() {
        if (section == null) {
            enter(".text");
        }
        return section;
    }

    void enter(final String name) {
        section = sections.computeIfAbsent(name, SectionBuilder::new);
        if (sections.size() > Limits.SECTIONS) {
            throw new Refusal("more than " + Limits.SECTIONS + " sections");
        }
    }

    /** {@return a label by its full name, or {@code null}} */
    Label label(final String name) {
        return labels.get(name);
    }

    void define(final String written) {
        requireFree(written);
        final boolean inMacro = written.startsWith("..");
        final boolean local = written.startsWith(".");
        final String name = qualify(written);
        if (labels.containsKey(name) || constants.containsKey(name)) {
            throw new Refusal("'" + name + "' is defined twice");
        }
        if (!local) {
            scope = name;
        }
        labels.put(name, new Label(name, section(), section().items().size(), !inMacro));
    }

    void constant(final String name, final Expr expr, final Line line) {
        requireFree(name);
        if (name.startsWith(".")) {
            throw new Refusal("a constant has no scope: " + name);
        }
        if (constants.containsKey(name) || labels.containsKey(name)) {
            throw new Refusal("'" + name + "' is defined twice");
        }
        constants.put(name, expr);
        try {
            constants.put(name, new Expr.Num(evaluator.number(expr)));
        } catch (final Refusal e) {
            open.add(new Deferred(line, () -> evaluator.value(expr)));
        }
    }

    /** Puts off a check until addresses are known. */
    void later(final Line line, final Runnable check) {
        open.add(new Deferred(line, check));
    }

    /** Does the checks that were put off. */
    void checkDeferred() {
        for (final Deferred deferred : open) {
            at(deferred.line(), deferred.check());
        }
    }

    private void requireFree(final String name) {
        if (Register.named(name).isPresent()) {
            throw new Refusal("'" + name + "' is a register");
        }
        if (externs.containsKey(name)) {
            throw new Refusal("'" + name + "' is declared extern and defined here");
        }
    }

    boolean isDefined(final String name) {
        return constants.containsKey(name);
    }

    void global(final String name, final Line line) {
        globals.putIfAbsent(name, line);
    }

    void extern(final String name, final Line line) {
        if (labels.containsKey(name) || constants.containsKey(name)) {
            throw new Refusal("'" + name + "' is declared extern and defined here");
        }
        externs.putIfAbsent(name, line);
    }

    void probe(final String kindAndRegisters) {
        final String name = "probe$" + kindAndRegisters + "$" + (probes.size() + 1);
        probes.add(new Label(name, section(), section().items().size(), true));
    }

    /** From the next item of this section on a rule holds, whatever went before. */
    void frame(final FrameRule rule) {
        frames.computeIfAbsent(section(), key -> new TreeMap<>()).put(section().items().size(), rule);
    }

    /** {@return the rule that was given for the next item; one that is of no use where none was} */
    FrameRule frame() {
        return frames(section()).getOrDefault(section().items().size(), FrameRule.UNKNOWN);
    }

    /** {@return the rules that were given for a section, by the item before which they begin} */
    Map<Integer, FrameRule> frames(final SectionBuilder of) {
        return frames.getOrDefault(of, Map.of());
    }

    @Override
    public String qualify(final String name) {
        if (!name.startsWith(".") || name.startsWith("..")) {
            return name;
        }
        if (scope.isEmpty()) {
            throw new Refusal("local label '" + name + "' comes before any label that it could belong to");
        }
        return scope + name;
    }

    @Override
    public String here() {
        places++;
        final String name = "$" + places;
        labels.put(name, new Label(name, section(), section().items().size(), false));
        return name;
    }

    @Override
    public Optional<Expr> constant(final String name) {
        return Optional.ofNullable(constants.get(name));
    }

    @Override
    public OptionalLong distance(final String from, final String to) {
        final Label start = labels.get(from);
        final Label end = labels.get(to);
        if (start == null || end == null || start.section() != end.section()) {
            return OptionalLong.empty();
        }
        return start.section().distance(start.item(), end.item());
    }

    @Override
    public boolean isLabel(final String name) {
        return labels.containsKey(name) || externs.containsKey(name);
    }
}
