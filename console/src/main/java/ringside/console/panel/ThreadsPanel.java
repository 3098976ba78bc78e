package ringside.console.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a kernel's CPUs run and have to run, and what its threads do.
 *
 * @param queues  a line a CPU
 * @param threads all of them, in the kernel's order
 * @param remark  why there are none, or what is to be known of them; may be empty
 */
public record ThreadsPanel(List<String> queues, List<Thread> threads, String remark) implements Panel {
    /** Copies the lists. */
    public ThreadsPanel {
        queues = List.copyOf(queues);
        threads = List.copyOf(threads);
        Objects.requireNonNull(remark, "remark");
    }

    /**
     * A thread.
     *
     * @param name     of it
     * @param state    what it does
     * @param priority at which it runs
     * @param waits    at what it waits; may be empty
     * @param runs     whether a CPU runs it
     */
    public record Thread(String name, String state, int priority, String waits, boolean runs) {
    }

    @Override
    public String title() {
        return threads.isEmpty() ? "threads" : "threads: " + threads.size();
    }

    @Override
    public List<Line> lines(final int width, final int height) {
        final List<Line> lines = new ArrayList<>();
        queues.forEach(queue -> lines.add(Line.of(Line.columns(queue), Tone.HERE)));
        final int names = widest(threads.stream().map(Thread::name));
        final int states = widest(threads.stream().map(Thread::state));
        for (final Thread one : threads) {
            lines.add(Line.of(String.format("%-" + names + "s %-" + states + "s p%-3d %s", Line.columns(one.name()),
                one.state(), one.priority(), one.waits()), one.runs() ? Tone.HERE : Tone.PLAIN));
        }
        if (!remark.isEmpty() && (lines.isEmpty() || lines.size() < height)) {
            lines.addAll(wrapped(remark, width));
        }
        if (lines.size() > height) {
            final int left = lines.size() - height + 1;
            lines.subList(height - 1, lines.size()).clear();
            lines.add(Line.of("... and " + left + " more: 'threads'", Tone.FAINT));
        }
        return Line.fit(lines, width, height);
    }

    private static int widest(final Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(0) + 1;
    }

    private static List<Line> wrapped(final String text, final int width) {
        final List<Line> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (final String word : Line.columns(text).split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(Line.of(line.toString(), Tone.FAINT));
                line = new StringBuilder();
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(Line.of(line.toString(), Tone.FAINT));
        return lines;
    }
}
