package ringside.toolchain.asm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ringside.toolchain.image.LineRow;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.image.ObjectSection;
import ringside.toolchain.image.ObjectSymbol;
import ringside.toolchain.image.Relocation;

/** Turns a laid out unit into object code: fills holes, leaves the rest to the linker, lists symbols and lines. */
final class ObjectWriter {
    private final Unit unit;
    private final Map<SectionBuilder, Label> starts = new LinkedHashMap<>();

    ObjectWriter(final Unit unit) {
        this.unit = unit;
    }

    ObjectCode write(final String name) {
        final List<ObjectSection> sections = new ArrayList<>();
        for (final SectionBuilder section : unit.sections().values()) {
            sections.add(new SectionWriter(section).write());
        }
        return new ObjectCode(name, sections, symbols());
    }

    private List<ObjectSymbol> symbols() {
        final List<ObjectSymbol> symbols = new ArrayList<>();
        unit.globals().forEach((name, line) -> {
            if (unit.label(name) == null && unit.constant(name).isEmpty()) {
                throw line.refuse("'" + name + "' is declared global and not defined");
            }
        });
        for (final Label label : unit.labels().values()) {
            if (label.visible()) {
                symbols.add(symbol(label));
            }
        }
        for (final Label start : starts.values()) {
            symbols.add(symbol(start));
        }
        for (final Label probe : unit.probes()) {
            symbols.add(new ObjectSymbol(probe.name(), probe.section().name(), probe.offset(),
                    ObjectSymbol.Scope.LOCAL, ObjectSymbol.Kind.PROBE));
        }
        unit.globals().forEach((name, line) -> unit.constant(name).ifPresent(expr -> unit.at(line,
                () -> symbols.add(new ObjectSymbol(name, null, unit.evaluator().number(expr),
                        ObjectSymbol.Scope.GLOBAL, ObjectSymbol.Kind.CONSTANT)))));
        return symbols;
    }

    private ObjectSymbol symbol(final Label label) {
        final boolean global = unit.globals().containsKey(label.name());
        final ObjectSymbol.Kind kind;
        if (!global) {
            kind = ObjectSymbol.Kind.LABEL;
        } else {
            kind = label.section().isCode() ? ObjectSymbol.Kind.FUNCTION : ObjectSymbol.Kind.OBJECT;
        }
        return new ObjectSymbol(label.name(), label.section().name(), label.offset(),
                global ? ObjectSymbol.Scope.GLOBAL : ObjectSymbol.Scope.LOCAL, kind);
    }

    /** Writes one section. */
    private final class SectionWriter {
        private final SectionBuilder section;
        private final byte[] bytes;
        private final List<Relocation> relocations = new ArrayList<>();
        private final List<LineRow> lines = new ArrayList<>();

        SectionWriter(final SectionBuilder section) {
            this.section = section;
            this.bytes = new byte[section.hasContent() ? (int) section.size() : 0];
        }

        ObjectSection write() {
            if (!section.hasContent()) {
                return new ObjectSection(section.name(), section.align(), bytes, section.size(), List.of(), List.of());
            }
            for (int i = 0; i < section.items().size(); i++) {
                final Item item = section.items().get(i);
                final int at = (int) section.offset(i);
                if (item.size() > 0) {
                    row(at, item.line);
                    unit.at(item.line, () -> item(item, at));
                }
            }
            return new ObjectSection(section.name(), section.align(), bytes, 0, relocations, lines,
                    section.isCode() ? new Frames(unit, section).rows() : List.of());
        }

        private void row(final int at, final Line line) {
            if (lines.isEmpty() || !lines.getLast().source().equals(line.source())) {
                lines.add(new LineRow(at, line.source()));
            }
        }

        private void item(final Item item, final int at) {
            switch (item) {
                case Item.Data data -> bytes(data.bytes, data.holes, at);
                case Item.Code code -> bytes(code.bytes, code.holes, at);
                case Item.Branch branch -> branch(branch, at);
                case Item.Align align -> align(align, at);
                case Item.Zero zero -> Arrays.fill(bytes, at, at + (int) zero.size(), (byte) 0);
            }
        }

        private void align(final Item.Align align, final int at) {
            if (align.fill < 0) {
                Nops.fill(bytes, at, (int) align.padding);
            } else {
                Arrays.fill(bytes, at, at + (int) align.padding, (byte) align.fill);
            }
        }

        private void branch(final Item.Branch branch, final int at) {
            final long distance = branch.local == null ? 0
                    : branch.local.offset() + branch.addend - at - branch.length();
            put(branch.opcode.encode(branch.near, distance), at);
            if (branch.local == null) {
                final int hole = at + branch.length() - Integer.BYTES;
                relocate(new Hole(hole - at, Integer.BYTES, Hole.Form.DISTANCE, Integer.BYTES, branch.target), hole,
                        unit.evaluator().value(branch.target));
            }
        }

        private void bytes(final byte[] code, final List<Hole> holes, final int at) {
            put(code, at);
            for (final Hole hole : holes) {
                fill(hole, at + hole.offset());
            }
        }

        private void put(final byte[] code, final int at) {
            System.arraycopy(code, 0, bytes, at, code.length);
        }

        private void fill(final Hole hole, final int at) {
            final Value value = unit.evaluator().value(hole.expr());
            final Label label = value.plus() == null ? null : unit.label(value.plus());
            if (value.isNumber()) {
                number(hole, at, value.number());
            } else if (hole.form() == Hole.Form.DISTANCE && label != null && label.section() == section) {
                number(hole, at, label.offset() + value.number() - at - hole.tail());
            } else {
                relocate(hole, at, value);
            }
        }

        private void number(final Hole hole, final int at, final long value) {
            if (!hole.fits(value)) {
                throw new Refusal("the value does not fit into " + hole.width() * Byte.SIZE + " bits: " + value
                        + " (0x" + Long.toHexString(value) + ")");
            }
            for (int i = 0; i < hole.width(); i++) {
                bytes[at + i] = (byte) (value >> i * Byte.SIZE);
            }
        }

        private void relocate(final Hole hole, final int at, final Value value) {
            Arrays.fill(bytes, at, at + hole.width(), (byte) 0);
            final Relocation.Kind kind;
            long addend = value.number();
            if (value.minus() != null) {
                final Label minus = unit.label(value.minus());
                if (minus == null || minus.section() != section || value.plus() == null
                        || hole.width() != Integer.BYTES || hole.form() == Hole.Form.DISTANCE) {
                    throw new Refusal("an address can be subtracted only from one of its section, or in a dd");
                }
                kind = Relocation.Kind.PC32;
                addend += at - minus.offset();
            } else if (hole.form() == Hole.Form.DISTANCE) {
                kind = Relocation.Kind.PC32;
                addend -= hole.tail();
            } else {
                kind = absolute(hole);
            }
            final Label label = unit.label(value.plus());
            if (label == null || label.visible()) {
                requireKnownLocal(value.plus(), label);
                relocations.add(new Relocation(at, kind, value.plus(), addend));
            } else {
                final Label anchor = anchor(label);
                relocations.add(new Relocation(at, kind, anchor.name(), addend + label.offset() - anchor.offset()));
            }
        }

        private static void requireKnownLocal(final String name, final Label label) {
            if (label == null && name.indexOf('.') >= 0) {
                throw new Refusal("no such local label: " + name);
            }
        }

        private static Relocation.Kind absolute(final Hole hole) {
            return switch (hole.width()) {
                case Long.BYTES -> Relocation.Kind.ABS64;
                case Integer.BYTES -> hole.form() == Hole.Form.SIGNED ? Relocation.Kind.ABS32S
                        : Relocation.Kind.ABS32;
                default -> throw new Refusal("an address does not fit into " + hole.width() * Byte.SIZE + " bits");
            };
        }
    }

    /** {@return the nearest label with a symbol at or before a label without one; the section's start if need be} */
    private Label anchor(final Label label) {
        Label best = null;
        for (final Label candidate : unit.labels().values()) {
            if (candidate.visible() && candidate.section() == label.section() && candidate.item() <= label.item()
                    && (best == null || candidate.item() >= best.item())) {
                best = candidate;
            }
        }
        return best != null ? best : starts.computeIfAbsent(label.section(),
                section -> new Label(section.name() + "$start", section, 0, true));
    }
}
