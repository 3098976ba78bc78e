package ringside.fastpath.view;

import java.util.List;

/**
 * An endpoint with who waits there.
 *
 * @param address   of it
 * @param senders   threads that wait to send or call, the first first
 * @param receivers threads that wait to receive, the next one to get a message first
 * @param open      whether a handle is left that may receive
 */
public record EndpointView(long address, List<Long> senders, List<Long> receivers, boolean open) {
    /** Copies the lists. */
    public EndpointView {
        senders = List.copyOf(senders);
        receivers = List.copyOf(receivers);
    }
}
