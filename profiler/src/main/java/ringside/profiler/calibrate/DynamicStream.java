package ringside.profiler.calibrate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;

/** The addresses of the instructions that whole iterations of a snippet executed, in order: the first ones measured. */
final class DynamicStream implements MachineObserver {
    private static final int MOST_ITERATIONS = 16;

    private final Snippet snippet;
    private final int most;
    private final List<Long> addresses = new ArrayList<>();
    private int wholeAt;
    private int iterations;
    private int arrivals;
    private boolean full;

    private DynamicStream(final Snippet snippet, final int most) {
        this.snippet = snippet;
        this.most = most;
    }

    /**
     * {@return the stream of up to 16 iterations}
     *
     * @param snippet to run
     * @param most    instructions, unless one iteration has more
     */
    static DynamicStream of(final Snippet snippet, final int most) {
        final DynamicStream stream = new DynamicStream(snippet, most);
        SnippetRun.observe(snippet, stream, MOST_ITERATIONS, MOST_ITERATIONS + 2);
        return stream;
    }

    @Override
    public Set<EventKind> interests() {
        return EnumSet.of(EventKind.INSTRUCTION);
    }

    @Override
    public void instruction(final long cycle, final int cpu, final long address, final int length, final int level) {
        if (full) {
            return;
        }
        if (address == snippet.loopStart()) {
            if (arrivals++ > 0) {
                whole();
            }
        }
        if (arrivals > 0) {
            addresses.add(address);
        }
    }

    private void whole() {
        if (iterations == MOST_ITERATIONS || iterations > 0 && addresses.size() > most) {
            full = true;
        } else {
            iterations++;
            wholeAt = addresses.size();
        }
    }

    /** {@return how many iterations} */
    int iterations() {
        return iterations;
    }

    /** {@return the addresses} */
    List<Long> addresses() {
        return addresses.subList(0, wholeAt);
    }
}
