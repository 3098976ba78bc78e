package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A routine as it was called by one chain of calls.
 *
 * @param name              of the routine; in brackets what is none: a system call, an interrupt, idle time
 * @param site              address of the call in the routine above; 0 where there is none
 * @param calls             how often it was entered from there
 * @param instructions      retired in it
 * @param cycles            of those
 * @param totalInstructions retired in it and below it
 * @param totalCycles       of those
 * @param causes            of its own cycles
 * @param children          what it called, by falling cost
 */
public record CallNode(String name, long site, long calls, long instructions, long cycles, long totalInstructions,
                       long totalCycles, CauseCycles causes, List<CallNode> children) {
    /** Copies the list. */
    public CallNode {
        Objects.requireNonNull(name, "name");
        children = List.copyOf(children);
    }

    /** {@return the same tree with one node for all calls of a routine from another, wherever in it they are} */
    public CallNode merged() {
        return merge(List.of(this));
    }

    private static CallNode merge(final List<CallNode> same) {
        final Map<String, List<CallNode>> below = new LinkedHashMap<>();
        long calls = 0;
        long instructions = 0;
        long cycles = 0;
        long totalInstructions = 0;
        long totalCycles = 0;
        CauseCycles causes = CauseCycles.NONE;
        for (final CallNode node : same) {
            calls += node.calls;
            instructions += node.instructions;
            cycles += node.cycles;
            totalInstructions += node.totalInstructions;
            totalCycles += node.totalCycles;
            causes = causes.plus(node.causes);
            node.children.forEach(child -> below.computeIfAbsent(child.name, _ -> new ArrayList<>()).add(child));
        }
        return new CallNode(same.getFirst().name, 0, calls, instructions, cycles, totalInstructions, totalCycles,
            causes, below.values().stream().map(CallNode::merge)
                .sorted(Comparator.comparingLong(CallNode::totalCycles).reversed().thenComparing(CallNode::name))
                .toList());
    }
}
