package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The symbols of an image, by name and by address. */
public final class SymbolTable {
    private final List<ImageSymbol> all;
    private final Map<String, ImageSymbol> byName = new HashMap<>();
    /** All locals of a name that several have and no global. */
    private final Map<String, List<ImageSymbol>> namesakes = new HashMap<>();
    private final Index sized;
    private final Index open;
    private final List<ImageSegment> segments;

    /**
     * Makes the table.
     *
     * @param globals  seen by everybody; come first where a name is asked for
     * @param locals   names may repeat; the first wins
     * @param segments a symbol without a size does not reach beyond its segment
     */
    SymbolTable(
            final List<ImageSymbol> globals, final List<ImageSymbol> locals, final List<ImageSegment> segments) {
        final List<ImageSymbol> symbols = new ArrayList<>(globals);
        symbols.addAll(locals);
        all = List.copyOf(symbols);
        this.segments = segments;
        final List<ImageSymbol> withSize = new ArrayList<>();
        final List<ImageSymbol> withoutSize = new ArrayList<>();
        globals.forEach(symbol -> byName.putIfAbsent(symbol.name(), symbol));
        final Set<String> seen = new HashSet<>(byName.keySet());
        for (final ImageSymbol symbol : locals) {
            final ImageSymbol first = byName.putIfAbsent(symbol.name(), symbol);
            if (first != null && !seen.contains(symbol.name())) {
                namesakes.computeIfAbsent(symbol.name(), _ -> new ArrayList<>(List.of(first))).add(symbol);
            }
        }
        for (final ImageSymbol symbol : all) {
            final ObjectSymbol.Kind kind = symbol.kind();
            if (kind == ObjectSymbol.Kind.LABEL) {
                withoutSize.add(symbol);
            } else if (kind == ObjectSymbol.Kind.FUNCTION || kind == ObjectSymbol.Kind.OBJECT) {
                (symbol.size() == 0 ? withoutSize : withSize).add(symbol);
            }
        }
        sized = new Index(withSize);
        open = new Index(withoutSize);
    }

    /** Symbols by rising address, unsigned; of several at one address the first of the table. */
    private static final class Index {
        private final List<ImageSymbol> symbols = new ArrayList<>();

        Index(final List<ImageSymbol> unsorted) {
            unsorted.sort(Comparator.comparing(ImageSymbol::address, Long::compareUnsigned));
            for (final ImageSymbol symbol : unsorted) {
                if (symbols.isEmpty() || symbols.getLast().address() != symbol.address()) {
                    symbols.add(symbol);
                }
            }
        }

        /** The last symbol that does not start behind the address, or {@code null}. */
        ImageSymbol floor(final long address) {
            int low = 0;
            int high = symbols.size();
            while (low < high) {
                final int middle = low + high >>> 1;
                if (Long.compareUnsigned(symbols.get(middle).address(), address) <= 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low == 0 ? null : symbols.get(low - 1);
        }

        /** The symbol that starts at the address, or {@code null}. */
        ImageSymbol at(final long address) {
            final ImageSymbol floor = floor(address);
            return floor != null && floor.address() == address ? floor : null;
        }
    }

    /** {@return every symbol: globals, then locals, each in the order of the file} */
    public List<ImageSymbol> all() {
        return all;
    }

    /**
     * Finds a symbol.
     *
     * @param name exact
     * @return the global of that name, else the first local
     */
    public Optional<ImageSymbol> byName(final String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Finds all that a name may mean: locals of several units may have one name.
     *
     * @param name exact
     * @return the global of that name, else all locals of it, one for each address
     */
    public List<ImageSymbol> named(final String name) {
        final Set<Long> addresses = new HashSet<>();
        return namesakes.containsKey(name)
                ? namesakes.get(name).stream().filter(one -> addresses.add(one.address())).toList()
                : byName(name).stream().toList();
    }

    /**
     * Finds what an address belongs to: a routine or data whose size covers it, else the nearest label or unsized
     * symbol before it that no other symbol and no end of a segment separates from it.
     *
     * @param address virtual
     * @return the symbol; never a probe or a constant
     */
    public Optional<ImageSymbol> at(final long address) {
        final ImageSymbol inner = sized.floor(address);
        if (inner != null && Long.compareUnsigned(address - inner.address(), inner.size()) < 0) {
            return Optional.of(inner);
        }
        final ImageSymbol before = open.floor(address);
        final boolean separated = before == null
                || inner != null && Long.compareUnsigned(inner.address(), before.address()) > 0;
        if (separated) {
            return Optional.empty();
        }
        for (final ImageSegment segment : segments) {
            if (segment.contains(address)) {
                return segment.contains(before.address()) ? Optional.of(before) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /**
     * Writes an address for people.
     *
     * @param address virtual
     * @return {@code name}, a label on that very address, {@code name+0x12}, or the address in hex
     */
    public String format(final long address) {
        final ImageSymbol label = open.at(address);
        if (label != null && sized.at(address) == null) {
            return label.name();
        }
        final Optional<ImageSymbol> symbol = at(address);
        if (symbol.isEmpty()) {
            return "0x" + Long.toHexString(address);
        }
        final long offset = address - symbol.get().address();
        return offset == 0 ? symbol.get().name() : symbol.get().name() + "+0x" + Long.toHexString(offset);
    }
}
