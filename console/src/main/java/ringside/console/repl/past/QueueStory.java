package ringside.console.repl.past;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import ringside.fastpath.view.KernelView;

/** What CPUs ran, what got ready and what slept. */
public final class QueueStory implements Story {
    private static final Set<String> KINDS = Set.of("ready_enqueue", "ready_dequeue", Running.SWITCH, "timer_begin",
        "timer_end", "priority_change");

    private final KernelView view;
    private final int cpus;
    private final OptionalInt wanted;

    /**
     * Tells of one CPU, or of all.
     *
     * @param view   of the guest's memory
     * @param cpus   how many there are
     * @param wanted number of the one
     */
    public QueueStory(final KernelView view, final int cpus, final OptionalInt wanted) {
        this.view = view;
        this.cpus = cpus;
        this.wanted = wanted;
    }

    @Override
    public boolean hears(final String kind) {
        return KINDS.contains(kind);
    }

    @Override
    public Optional<Telling> of(final Told told) {
        final boolean queue = told.kind().startsWith("ready_");
        final int cpu = queue ? cpu(told.first()) : told.cpu();
        if (wanted.isPresent() && wanted.getAsInt() != cpu
                || Running.SWITCH.equals(told.kind()) && told.first() == told.thread()) {
            return Optional.empty();
        }
        return Optional.of(names -> "CPU " + cpu + ": " + switch (told.kind()) {
            case "ready_enqueue" -> names.thread(told.second()) + " is ready";
            case "ready_dequeue" -> names.thread(told.second()) + " is taken from the ready ones";
            case "timer_begin" -> names.thread(told.first()) + " has a timer for tick " + told.second();
            case "timer_end" -> names.thread(told.first()) + " has no timer any more";
            case "priority_change" -> names.thread(told.first()) + " gets priority " + told.second();
            default -> told.first() == 0 ? "idles" : "runs " + names.thread(told.first())
                + (told.thread() == 0 ? "" : ", no more " + names.thread(told.thread()));
        });
    }

    private int cpu(final long block) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (Running.block(view, cpu) == block) {
                return cpu;
            }
        }
        return -1;
    }
}
