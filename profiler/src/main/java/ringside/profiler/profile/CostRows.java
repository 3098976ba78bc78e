package ringside.profiler.profile;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import ringside.profiler.model.Cause;

/**
 * Executions and cycles of each instruction, by the CPU, the address space and the level that it ran in.
 *
 * <p>An instruction that another followed before is found without hashing: each row remembers its latest successor.
 * Allocates only when it grows. Guests may execute any number of addresses; what is more than {@link #MOST_ROWS} counts
 * under the row of its table that has no address, so that sums stay exact.
 */
final class CostRows {
    /** Rows at most: some 200 MB. */
    static final int MOST_ROWS = 1 << 22;
    private static final int NO_ROW = -1;

    private final GuestCode code;
    private final Names names;
    private final int most;
    private Long2IntOpenHashMap[] tables = new Long2IntOpenHashMap[16];
    private int[] rest = new int[16];
    private final CauseSums causes = new CauseSums();
    private int size;
    private long[] address = new long[1024];
    private int[] table = new int[1024];
    private int[] routine = new int[1024];
    private int[] successor = new int[1024];
    private byte[] flow = new byte[1024];
    private long[] executions = new long[1024];
    private long[] cycles = new long[1024];

    CostRows(final GuestCode code, final Names names, final int most) {
        this.code = code;
        this.names = names;
        this.most = most;
    }

    /** {@return the row of an instruction that follows that of another row, or -1} */
    int find(final int inTable, final long at, final int previous) {
        if (previous >= 0) {
            final int guess = successor[previous];
            if (address[guess] == at && table[guess] == inTable && at != 0) {
                return guess;
            }
        }
        final int row = look(inTable, at);
        if (previous >= 0) {
            successor[previous] = row;
        }
        return row;
    }

    private int look(final int inTable, final long at) {
        if (inTable >= tables.length) {
            final int old = tables.length;
            tables = Arrays.copyOf(tables, Math.max(old * 2, inTable + 1));
            rest = Arrays.copyOf(rest, tables.length);
        }
        if (tables[inTable] == null) {
            tables[inTable] = new Long2IntOpenHashMap();
            tables[inTable].defaultReturnValue(NO_ROW);
            rest[inTable] = NO_ROW;
        }
        final int found = tables[inTable].get(at);
        if (found != NO_ROW) {
            return found;
        }
        if (size < most) {
            final String name = code.routine(at);
            final int row = add(inTable, at, name.isEmpty() ? Names.UNKNOWN : names.of(name), code.flow(at));
            tables[inTable].put(at, row);
            return row;
        }
        if (rest[inTable] == NO_ROW) {
            rest[inTable] = add(inTable, 0, Names.TOO_MANY, Flow.NONE);
        }
        return rest[inTable];
    }

    private int add(final int inTable, final long at, final int name, final Flow does) {
        if (size == address.length) {
            final int more = size * 2;
            address = Arrays.copyOf(address, more);
            table = Arrays.copyOf(table, more);
            routine = Arrays.copyOf(routine, more);
            successor = Arrays.copyOf(successor, more);
            flow = Arrays.copyOf(flow, more);
            executions = Arrays.copyOf(executions, more);
            cycles = Arrays.copyOf(cycles, more);
        }
        address[size] = at;
        table[size] = inTable;
        routine[size] = name;
        successor[size] = size;
        flow[size] = (byte) does.ordinal();
        return size++;
    }

    void execute(final int row, final long cost, final Cause cause) {
        executions[row]++;
        charge(row, cost, cause);
    }

    /** Adds cycles of an instruction that is counted already; their cause is {@code null} where none is known. */
    void charge(final int row, final long cost, final Cause cause) {
        cycles[row] += cost;
        if (cause != null) {
            causes.add(row, cause, cost);
        }
    }

    int size() {
        return size;
    }

    long address(final int row) {
        return address[row];
    }

    int table(final int row) {
        return table[row];
    }

    int routine(final int row) {
        return routine[row];
    }

    int flow(final int row) {
        return flow[row];
    }

    long executions(final int row) {
        return executions[row];
    }

    long cycles(final int row) {
        return cycles[row];
    }

    CauseCycles causes(final int row) {
        return causes.of(row);
    }
}
