package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every symbol with its final value and size: who defines what, and who may see it. */
final class LinkSymbols {
    private final List<Defined> locals = new ArrayList<>();
    private final List<Defined> globals = new ArrayList<>();
    private final List<Map<String, Defined>> localNames = new ArrayList<>();
    private final Map<String, Defined> globalNames = new HashMap<>();

    LinkSymbols(final Placement placement, final List<ObjectCode> objects) {
        for (int i = 0; i < objects.size(); i++) {
            final ObjectCode object = objects.get(i);
            localNames.add(new HashMap<>());
            final Map<ObjectSymbol, Long> sizes = sizes(object);
            for (final ObjectSymbol symbol : object.symbols()) {
                define(i, object, symbol, place(placement, i, object, symbol), sizes.getOrDefault(symbol, 0L));
            }
        }
        for (final Placement.Segment segment : placement.segments()) {
            final String name = segment.plan().name();
            mark(name + "_start", segment.virtual());
            mark(name + "_end", segment.virtual() + segment.memorySize());
            mark(name + "_load_start", segment.physical());
            mark(name + "_load_end", segment.physical() + segment.memorySize());
        }
    }

    /** A symbol in its final place; {@code place} and {@code object} are {@code null} where there is none. */
    record Defined(ObjectSymbol symbol, ObjectCode object, Placement.Placed place, long value, long size) {
    }

    /** In the order of the objects. */
    List<Defined> locals() {
        return locals;
    }

    /** In the order of the objects; the segments' own come last. */
    List<Defined> globals() {
        return globals;
    }

    /** Finds a symbol as an object sees it: its own before everybody's; {@code null} if nobody defines it. */
    Defined find(final int object, final String name) {
        final Defined own = localNames.get(object).get(name);
        return own != null ? own : globalNames.get(name);
    }

    Defined global(final String name) {
        return globalNames.get(name);
    }

    private static Placement.Placed place(
            final Placement placement, final int index, final ObjectCode object, final ObjectSymbol symbol) {
        if (symbol.section() == null) {
            return null;
        }
        final Placement.Placed place = placement.find(index, symbol.section());
        if (place == null || symbol.value() < 0 || symbol.value() > place.section().size()) {
            throw new LinkException(object.name() + ": " + symbol.section() + ": symbol " + symbol.name()
                    + " lies outside of its section: offset=" + symbol.value());
        }
        return place;
    }

    private void define(
            final int index, final ObjectCode object, final ObjectSymbol symbol, final Placement.Placed place,
            final long size) {
        final long value = place == null ? symbol.value() : place.address() + symbol.value();
        final Defined defined = new Defined(symbol, object, place, value, size);
        final boolean global = symbol.scope() == ObjectSymbol.Scope.GLOBAL;
        final Map<String, Defined> names = global ? globalNames : localNames.get(index);
        final Defined earlier = names.putIfAbsent(symbol.name(), defined);
        if (earlier != null) {
            throw new LinkException(where(defined) + ": symbol " + symbol.name() + " is defined already in "
                    + where(earlier));
        }
        (global ? globals : locals).add(defined);
    }

    private static String where(final Defined defined) {
        return defined.place() != null ? defined.place().toString()
                : defined.object() != null ? defined.object().name() : "the link plan";
    }

    private void mark(final String name, final long value) {
        final ObjectSymbol symbol = new ObjectSymbol(
                name, null, value, ObjectSymbol.Scope.GLOBAL, ObjectSymbol.Kind.CONSTANT);
        final Defined defined = new Defined(symbol, null, null, value, 0);
        final Defined earlier = globalNames.putIfAbsent(name, defined);
        if (earlier != null) {
            throw new LinkException(where(earlier) + ": symbol " + name + " is defined by its segment");
        }
        globals.add(defined);
    }

    /** Routines and data reach up to the next of their kind in the same section, or to the section's end. */
    private static Map<ObjectSymbol, Long> sizes(final ObjectCode object) {
        final Map<String, List<ObjectSymbol>> bySection = new HashMap<>();
        for (final ObjectSymbol symbol : object.symbols()) {
            if (symbol.kind() == ObjectSymbol.Kind.FUNCTION || symbol.kind() == ObjectSymbol.Kind.OBJECT) {
                bySection.computeIfAbsent(symbol.section(), name -> new ArrayList<>()).add(symbol);
            }
        }
        final Map<ObjectSymbol, Long> sizes = new HashMap<>();
        for (final ObjectSection section : object.sections()) {
            final List<ObjectSymbol> inside = bySection.getOrDefault(section.name(), List.of());
            if (!inside.isEmpty()) {
                inside.sort((a, b) -> Long.compare(a.value(), b.value()));
            }
            long next = section.size();
            long current = next;
            for (int i = inside.size() - 1; i >= 0; i--) {
                final ObjectSymbol symbol = inside.get(i);
                if (symbol.value() < current) {
                    next = current;
                    current = symbol.value();
                }
                sizes.put(symbol, Math.max(next - symbol.value(), 0));
            }
        }
        return sizes;
    }
}
