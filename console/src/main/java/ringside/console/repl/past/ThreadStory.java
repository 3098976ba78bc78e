package ringside.console.repl.past;

import java.util.Optional;
import java.util.Set;

/** What a thread did: on which CPU it ran, what it waited for, who woke it, and its messages. */
public final class ThreadStory implements Story {
    private static final Set<String> KINDS = Set.of("thread_create", "thread_kill", "thread_wake", Running.SWITCH,
        "ipc_message", "message_handle", "wait_timeout", "wait_revoked", "priority_change", "page_fault", "fault_send",
        "futex_wake", "call_restart");

    private final long thread;

    /**
     * Tells of a thread.
     *
     * @param thread address of its block
     */
    public ThreadStory(final long thread) {
        this.thread = thread;
    }

    @Override
    public boolean hears(final String kind) {
        return kind.startsWith(Waits.PREFIX) || KINDS.contains(kind);
    }

    @Override
    public Optional<Telling> of(final Told told) {
        if (Running.SWITCH.equals(told.kind())) {
            return switched(told);
        }
        if (told.first() != thread) {
            return told.second() == thread ? fromOthers(told) : Optional.empty();
        }
        if (told.kind().startsWith(Waits.PREFIX)) {
            return Optional.of(names -> Waits.text(told, names));
        }
        return switch (told.kind()) {
            case "thread_create" -> Optional.of(names -> "is made; begins at " + names.code(told.second()));
            case "thread_kill" -> Optional.of(names -> "is ended");
            case "thread_wake" -> Optional.of(names -> told.thread() == thread || told.thread() == 0
                ? "is woken" : "is woken by " + names.thread(told.thread()));
            case "ipc_message" -> Optional.of(names -> "its message goes to " + names.thread(told.second()));
            case "message_handle" -> Optional.of(names -> "a handle goes with it to " + names.thread(told.second()));
            case "wait_timeout" -> Optional.of(names -> "its time is over");
            case "wait_revoked" -> Optional.of(names -> "what it waits at is taken from it");
            case "priority_change" -> Optional.of(names -> "priority " + told.second());
            case "page_fault" -> Optional.of(names -> "page fault at " + names.number(told.second()) + ", error "
                + told.third());
            case "fault_send" -> Optional.of(names -> "its fault goes to the endpoint " + names.number(told.second()));
            case "call_restart" -> Optional.of(names -> "its system call is made again");
            default -> Optional.empty();
        };
    }

    private Optional<Telling> switched(final Told told) {
        if (told.first() == told.thread()) {
            return Optional.empty();
        }
        if (told.first() == thread) {
            return Optional.of(names -> "runs on CPU " + told.cpu()
                + (told.thread() == 0 ? "" : ", after " + names.thread(told.thread())));
        }
        return told.thread() == thread ? Optional.of(names -> "runs no more; CPU " + told.cpu()
            + (told.first() == 0 ? " idles" : " runs " + names.thread(told.first()))) : Optional.empty();
    }

    private static Optional<Telling> fromOthers(final Told told) {
        return switch (told.kind()) {
            case "ipc_message" -> Optional.of(names -> "gets a message from " + names.thread(told.first()));
            case "message_handle" -> Optional.of(names -> "gets a handle from " + names.thread(told.first()));
            default -> Optional.empty();
        };
    }
}
