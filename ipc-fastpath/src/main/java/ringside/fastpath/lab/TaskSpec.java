package ringside.fastpath.lab;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A process of a workload on Bantam. When the first one exits, the run has ended, well with status 0.
 *
 * @param name    the process's
 * @param threads entries of its threads with their priorities, in the order in which they become ready
 * @param kernel  whether its threads run at level 0
 * @param handles to endpoints, which tasks share by name
 */
public record TaskSpec(String name, SequencedMap<String, Integer> threads, boolean kernel,
        List<EndpointHandle> handles) {
    /** Copies the collections. */
    public TaskSpec {
        Objects.requireNonNull(name, "name");
        threads = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(threads));
        handles = List.copyOf(handles);
    }

    /**
     * A handle to an endpoint.
     *
     * @param endpoint its name
     * @param slot     where the task has it
     * @param sends    whether it may send
     * @param receives whether it may receive
     */
    public record EndpointHandle(String endpoint, int slot, boolean sends, boolean receives) {
    }
}
