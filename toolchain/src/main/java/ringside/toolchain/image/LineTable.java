package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Which source line each address of an image comes from. */
public final class LineTable {
    private final List<Row> rows;
    private final String problem;

    private LineTable(final List<Row> rows, final String problem) {
        this.rows = rows;
        this.problem = problem;
    }

    /**
     * The addresses from {@code start} up to, not including, {@code end} come from {@code source}.
     *
     * @param start  virtual
     * @param end    virtual, above the start
     * @param source the line
     */
    public record Row(long start, long end, SourceLine source) {
        /** Refuses an empty range. */
        public Row {
            Objects.requireNonNull(source, "source");
            if (Long.compareUnsigned(start, end) >= 0) {
                throw new IllegalArgumentException("a row has addresses: start=0x" + Long.toHexString(start)
                        + ", end=0x" + Long.toHexString(end));
            }
        }
    }

    static LineTable of(final List<Row> rows) {
        final List<Row> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparing(Row::start, Long::compareUnsigned));
        return new LineTable(List.copyOf(sorted), null);
    }

    static LineTable none(final String problem) {
        return new LineTable(List.of(), problem);
    }

    /** {@return all rows by rising address} */
    public List<Row> rows() {
        return rows;
    }

    /** {@return why there are no lines, if the file has none or they cannot be read} */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /**
     * Finds the line of an address.
     *
     * @param address virtual
     * @return the line, if any row covers the address
     */
    public Optional<SourceLine> at(final long address) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            final int middle = low + high >>> 1;
            if (Long.compareUnsigned(rows.get(middle).start(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || Long.compareUnsigned(address, rows.get(low - 1).end()) >= 0) {
            return Optional.empty();
        }
        return Optional.of(rows.get(low - 1).source());
    }

    /**
     * Finds where the code of a line starts: the start of each run of its rows.
     *
     * @param source the line
     * @return addresses, rising; empty if the line made no code
     */
    public List<Long> addresses(final SourceLine source) {
        final List<Long> starts = new ArrayList<>();
        long end = 0;
        boolean inside = false;
        for (final Row row : rows) {
            final boolean same = row.source().equals(source);
            if (same && !(inside && row.start() == end)) {
                starts.add(row.start());
            }
            inside = same;
            end = row.end();
        }
        return starts;
    }
}
