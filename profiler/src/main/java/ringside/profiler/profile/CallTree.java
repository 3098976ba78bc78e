package ringside.profiler.profile;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import ringside.profiler.model.Cause;

/**
 * Every chain of calls that was seen, as a tree with the costs of the routines at its nodes.
 *
 * <p>Guests may make any number of chains: what is more than fits counts under one node of the root.
 */
final class CallTree {
    /** The node that all others hang on. */
    static final int ROOT = 0;

    /** So that a node, a place of a call and a name fit into one key. */
    private static final int MOST_NODES = 1 << 20;
    private static final int MOST_PLACES = 1 << 22;
    private static final int NAME_BITS = 22;

    private final int most;
    private final Long2IntOpenHashMap children = new Long2IntOpenHashMap();
    private final Long2IntOpenHashMap places = new Long2IntOpenHashMap();
    private final CauseSums causes = new CauseSums();
    private final int full;
    private int size;
    private int[] parent = new int[256];
    private long[] site = new long[256];
    private int[] name = new int[256];
    private long[] calls = new long[256];
    private long[] instructions = new long[256];
    private long[] cycles = new long[256];

    CallTree(final int most) {
        this.most = Math.min(most, MOST_NODES);
        children.defaultReturnValue(-1);
        add(ROOT, 0, Names.BOOT);
        full = add(ROOT, 0, Names.TOO_MANY);
    }

    /** {@return the node of a name called from a place under another node} */
    int child(final int of, final long from, final int called) {
        if (of == full) {
            return full;
        }
        int place = places.get(from);
        if (place == 0) {
            place = places.size() + 1;
            if (place >= MOST_PLACES) {
                return full;
            }
            places.put(from, place);
        }
        final long key = ((long) of << NAME_BITS | place) << NAME_BITS | called;
        int found = children.get(key);
        if (found < 0) {
            if (size == most || called >= 1 << NAME_BITS) {
                return full;
            }
            found = add(of, from, called);
            children.put(key, found);
        }
        return found;
    }

    private int add(final int of, final long from, final int called) {
        if (size == parent.length) {
            final int more = size * 2;
            parent = Arrays.copyOf(parent, more);
            site = Arrays.copyOf(site, more);
            name = Arrays.copyOf(name, more);
            calls = Arrays.copyOf(calls, more);
            instructions = Arrays.copyOf(instructions, more);
            cycles = Arrays.copyOf(cycles, more);
        }
        parent[size] = of;
        site[size] = from;
        name[size] = called;
        return size++;
    }

    int name(final int node) {
        return name[node];
    }

    void enter(final int node) {
        calls[node]++;
    }

    void execute(final int node, final long cost, final Cause cause) {
        instructions[node]++;
        charge(node, cost, cause);
    }

    /** Adds cycles; their cause is {@code null} where none is known. */
    void charge(final int node, final long cost, final Cause cause) {
        cycles[node] += cost;
        if (cause != null) {
            causes.add(node, cause, cost);
        }
    }

    /** {@return all of it as values, children by falling cost, then by name and place} */
    CallNode result(final Names names) {
        final List<List<CallNode>> below = new ArrayList<>(size);
        for (int node = 0; node < size; node++) {
            below.add(new ArrayList<>());
        }
        // A parent is older than its children.
        for (int node = size - 1; node > ROOT; node--) {
            final CallNode made = node(node, names.name(name[node]), below.get(node));
            below.set(node, null);
            if (made.totalCycles() > 0 || made.calls() > 0) {
                below.get(parent[node]).add(made);
            }
        }
        return node(ROOT, "[all]", below.getFirst());
    }

    private CallNode node(final int node, final String called, final List<CallNode> below) {
        below.sort(Comparator.comparingLong(CallNode::totalCycles).reversed().thenComparing(CallNode::name)
            .thenComparingLong(CallNode::site));
        long allInstructions = instructions[node];
        long allCycles = cycles[node];
        for (final CallNode child : below) {
            allInstructions += child.totalInstructions();
            allCycles += child.totalCycles();
        }
        return new CallNode(called, site[node], calls[node], instructions[node], cycles[node], allInstructions,
            allCycles, causes.of(node), below);
    }
}
