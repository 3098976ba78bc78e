package ringside.console.repl.past;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What happened at an endpoint or a notification: who waited there, for whom it was over, and messages. */
public final class EndpointStory implements Story {
    private static final String MESSAGE = "ipc_message";
    private static final String SENT = "senders_dequeue";
    private static final String RECEIVED = "receivers_dequeue";
    private static final Set<String> KINDS = Set.of("senders_enqueue", SENT, "receivers_enqueue", RECEIVED,
        "waiters_enqueue", "waiters_dequeue", "signals_message", "interrupt_signal", "fault_send", MESSAGE);

    private final OptionalLong wanted;
    /** Of each CPU who left a queue since its last switch: a message for him, or of him, is one of that endpoint. */
    private final Map<Integer, Told> left = new HashMap<>();

    /**
     * Tells of one, or of all.
     *
     * @param wanted its address
     */
    public EndpointStory(final OptionalLong wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean hears(final String kind) {
        return KINDS.contains(kind) || Running.SWITCH.equals(kind);
    }

    @Override
    public Optional<Telling> of(final Told told) {
        if (MESSAGE.equals(told.kind())) {
            return message(told);
        }
        if (Running.SWITCH.equals(told.kind())) {
            left.remove(told.cpu());
            return Optional.empty();
        }
        final boolean threadFirst = "signals_message".equals(told.kind()) || "fault_send".equals(told.kind());
        final boolean interrupt = "interrupt_signal".equals(told.kind());
        final long object = threadFirst || interrupt ? told.second() : told.first();
        final long thread = threadFirst ? told.first() : told.second();
        if (SENT.equals(told.kind()) || RECEIVED.equals(told.kind())) {
            left.put(told.cpu(), told);
        }
        if (wanted.isPresent() && wanted.getAsLong() != object) {
            return Optional.empty();
        }
        return Optional.of(names -> at(object, names) + switch (told.kind()) {
            case "senders_enqueue" -> names.thread(thread) + " waits to send";
            case "receivers_enqueue" -> names.thread(thread) + " waits to receive";
            case "waiters_enqueue" -> names.thread(thread) + " waits";
            case SENT -> names.thread(thread) + " waits to send no more";
            case RECEIVED -> names.thread(thread) + " waits to receive no more";
            case "signals_message" -> "its signal goes to " + names.thread(thread) + ", which receives";
            case "interrupt_signal" -> "an interrupt signals";
            case "fault_send" -> "a fault of " + names.thread(thread) + " is sent";
            default -> names.thread(thread) + " waits no more";
        });
    }

    private Optional<Telling> message(final Told told) {
        final Told before = left.get(told.cpu());
        if (before == null || before.second() != (SENT.equals(before.kind()) ? told.first() : told.second())
                || wanted.isPresent() && wanted.getAsLong() != before.first()) {
            return Optional.empty();
        }
        left.remove(told.cpu());
        return Optional.of(names -> at(before.first(), names) + "message, " + names.thread(told.first()) + " to "
            + names.thread(told.second()));
    }

    private String at(final long object, final Names names) {
        return wanted.isPresent() ? "" : names.number(object) + ": ";
    }
}
