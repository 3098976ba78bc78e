package ringside.toolchain.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.Relocation;
import ringside.toolchain.image.SourceLine;

/** What every instruction needs: sections that grow, names, and the Java line that is speaking. */
abstract sealed class Emitter permits MoveInstructions {
    private static final int USUAL_DEPTH = 8;
    private static final StackWalker STACK =
            StackWalker.getInstance(Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE), USUAL_DEPTH);

    private final Map<String, CodeSection> sections = new LinkedHashMap<>();
    private final Map<String, Label> names = new HashMap<>();
    private final List<Definition> definitions = new ArrayList<>();
    private CodeSection current;
    private boolean lock;
    private int serial;

    Emitter() {
        enter(".text");
    }

    /** A symbol of the unit, in the order of definition. */
    private record Definition(Label label, ObjectSymbol.Scope scope, ObjectSymbol.Kind kind) {
    }

    final CodeSection current() {
        return current;
    }

    final void enter(final String section) {
        current = sections.computeIfAbsent(Objects.requireNonNull(section, "section"), CodeSection::new);
    }

    /** The next instruction gets a LOCK prefix. */
    final void lockNext() {
        lock = true;
    }

    final void emit(final Encoding encoding) {
        if (lock) {
            lock = false;
            encoding.lock();
        }
        markLine();
        encoding.writeTo(current, this::labelOf);
    }

    /** Notes the caller's line for what is emitted next; data outside code has no lines. */
    final void markLine() {
        if (lock) {
            lock = false;
            throw new IllegalStateException("lock is followed by the instruction that it locks");
        }
        if (current.isCode()) {
            final SourceLine source = STACK.walk(Emitter::speaker);
            if (source != null) {
                current.row(source);
            }
        }
    }

    private static SourceLine speaker(final Stream<StackWalker.StackFrame> frames) {
        for (final Iterator<StackWalker.StackFrame> all = frames.iterator(); all.hasNext();) {
            final StackWalker.StackFrame frame = all.next();
            if (speaks(frame)) {
                return lineOf(frame);
            }
        }
        return null;
    }

    /** Neither this builder nor a loop of the standard library that runs on somebody's behalf. */
    private static boolean speaks(final StackWalker.StackFrame frame) {
        return !frame.getDeclaringClass().isAssignableFrom(CodeBuilder.class)
                && frame.getDeclaringClass().getModule() != Object.class.getModule();
    }

    private static SourceLine lineOf(final StackWalker.StackFrame frame) {
        final String file = frame.getFileName();
        final int line = frame.getLineNumber();
        if (file == null || line < 1) {
            return null;
        }
        final String folder = frame.getDeclaringClass().getPackageName().replace('.', '/');
        return new SourceLine(folder.isEmpty() ? file : folder + '/' + file, line);
    }

    /** Finds the label of a target; a symbol gets one when it is first named. */
    final Label labelOf(final Target target) {
        if (target instanceof Label label) {
            if (!label.belongsTo(this)) {
                throw new IllegalArgumentException("a label belongs to one builder: label=" + label);
            }
            return label;
        }
        return labelOf(target.toString());
    }

    final Label labelOf(final String symbol) {
        Objects.requireNonNull(symbol, "symbol");
        Label label = names.get(symbol);
        if (label == null) {
            label = new Label(this, symbol, true);
            names.put(symbol, label);
        }
        return label;
    }

    /** Binds a label here; a name goes to the symbol table and answers to references by that name. */
    final void define(
            final Label label, final String name, final ObjectSymbol.Scope scope, final ObjectSymbol.Kind kind) {
        if (name != null) {
            final Label byName = labelOf(name);
            if (byName.bound()) {
                throw new IllegalStateException("a symbol is defined once: name=" + name);
            }
            if (byName != label) {
                byName.bind(current, current.here());
            }
            label.rename(name);
            definitions.add(new Definition(byName, scope, kind));
        }
        label.bind(current, current.here());
    }

    /** The unit so far, for the linker. */
    final ObjectCode object(final String unit) {
        final Map<CodeSection, SectionLayout> layouts = new LinkedHashMap<>();
        nameTargets();
        for (final CodeSection section : sections.values()) {
            layouts.put(section, new SectionLayout(section));
        }
        final List<ObjectSymbol> symbols = new ArrayList<>();
        for (final Definition definition : definitions) {
            final Label label = definition.label();
            final long offset = layouts.get(label.section()).offset(label.place());
            symbols.add(new ObjectSymbol(
                    label.name(), label.section().name(), offset, definition.scope(), definition.kind()));
        }
        final List<ObjectSection> finished = new ArrayList<>();
        for (final Map.Entry<CodeSection, SectionLayout> entry : layouts.entrySet()) {
            if (defines(entry.getKey()) || entry.getValue().size() > 0) {
                finished.add(entry.getValue().finish());
            }
        }
        return new ObjectCode(unit, finished, symbols);
    }

    private boolean defines(final CodeSection section) {
        for (final Definition definition : definitions) {
            if (definition.label().section() == section) {
                return true;
            }
        }
        return false;
    }

    /** Refuses what was never bound, and names labels that the linker must find. */
    private void nameTargets() {
        if (lock) {
            throw new IllegalStateException("lock is followed by the instruction that it locks");
        }
        for (final CodeSection section : sections.values()) {
            for (final CodeSection.Elastic elastic : section.elastics()) {
                if (elastic instanceof CodeSection.Jump jump) {
                    nameTarget(jump.target(), jump.target().section() != section);
                }
            }
            for (final CodeSection.Fixup fixup : section.fixups()) {
                final boolean near = fixup.kind() == Relocation.Kind.PC32 && fixup.target().section() == section;
                nameTarget(fixup.target(), !near);
            }
        }
    }

    private void nameTarget(final Label target, final boolean linked) {
        if (!target.bound() && !target.symbolic()) {
            throw new IllegalStateException("a label that is used is bound: label=" + target);
        }
        if (linked && target.name() == null) {
            String name;
            do {
                name = ".L" + ++serial;
            } while (names.containsKey(name));
            names.put(name, target);
            target.rename(name);
            definitions.add(new Definition(target, ObjectSymbol.Scope.LOCAL, ObjectSymbol.Kind.LABEL));
        }
    }
}
