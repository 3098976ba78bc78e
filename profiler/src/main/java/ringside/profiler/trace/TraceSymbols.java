package ringside.profiler.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Names of addresses and of probes, as the image had them that was recorded. */
public final class TraceSymbols {
    /** No names. */
    public static final TraceSymbols NONE = new TraceSymbols(List.of(), List.of());

    private final List<Symbol> all;
    private final List<String> probes;

    /**
     * A name.
     *
     * @param name    of code or data
     * @param address virtual
     * @param size    bytes, 0 where it reaches to the next one
     */
    public record Symbol(String name, long address, long size) {
        /** Refuses a symbol without a name. */
        public Symbol {
            Objects.requireNonNull(name, "name");
        }

        private boolean holds(final long place) {
            return size == 0 || Long.compareUnsigned(place - address, size) < 0;
        }
    }

    /**
     * Makes the table; of symbols at one address the first counts.
     *
     * @param symbols in any order
     * @param probes  names of the image's probes, by number
     */
    public TraceSymbols(final List<Symbol> symbols, final List<String> probes) {
        final List<Symbol> sorted = new ArrayList<>(symbols);
        sorted.sort(Comparator.comparing(Symbol::address, Long::compareUnsigned));
        final List<Symbol> distinct = new ArrayList<>();
        for (final Symbol symbol : sorted) {
            if (distinct.isEmpty() || distinct.getLast().address() != symbol.address()) {
                distinct.add(symbol);
            }
        }
        all = List.copyOf(distinct);
        this.probes = List.copyOf(probes);
    }

    /** {@return the symbols by rising address, unsigned} */
    public List<Symbol> all() {
        return all;
    }

    /** {@return names of probes by number} */
    public List<String> probes() {
        return probes;
    }

    /**
     * {@return a probe's name}
     *
     * @param number of the probe
     */
    public String probe(final long number) {
        return number >= 0 && number < probes.size() ? probes.get((int) number) : "probe " + number;
    }

    /**
     * {@return the name of what an address belongs to, or the empty text}
     *
     * @param address virtual
     */
    public String name(final long address) {
        final Symbol symbol = at(address);
        return symbol == null ? "" : symbol.name;
    }

    /**
     * {@return an address for people: {@code name+0x12}, or in hex}
     *
     * @param address virtual
     */
    public String format(final long address) {
        final Symbol symbol = at(address);
        if (symbol == null) {
            return "0x" + Long.toHexString(address);
        }
        final long offset = address - symbol.address;
        return offset == 0 ? symbol.name : symbol.name + "+0x" + Long.toHexString(offset);
    }

    private Symbol at(final long address) {
        int low = 0;
        int high = all.size();
        while (low < high) {
            final int middle = low + high >>> 1;
            if (Long.compareUnsigned(all.get(middle).address, address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 || !all.get(low - 1).holds(address) ? null : all.get(low - 1);
    }
}
