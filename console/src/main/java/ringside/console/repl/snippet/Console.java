package ringside.console.repl.snippet;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Timeline;

/** What a snippet has in scope as {@code console}: the console's commands, its expressions, and the machine. */
public final class Console {
    private static final Map<Integer, Console> ALL = new ConcurrentHashMap<>();
    private static final AtomicInteger LAST = new AtomicInteger();

    private final Host host;
    private final Bridge bridge;
    private final int number = LAST.incrementAndGet();

    /** The console behind it. Its methods are called on the machine's thread. */
    public interface Host {
        /** {@return the machine's history} */
        Timeline timeline();

        /**
         * Does what a line says.
         *
         * @param line a command
         * @return what it said
         */
        String execute(String line);

        /**
         * {@return the value of an expression}
         *
         * @param expression as {@code print} takes it
         */
        long value(String expression);

        /**
         * {@return what an address belongs to, or the empty text}
         *
         * @param address virtual
         */
        String symbol(long address);

        /**
         * Says something.
         *
         * @param text piece of text
         */
        void say(String text);
    }

    Console(final Host host, final Bridge bridge) {
        this.host = Objects.requireNonNull(host, "host");
        this.bridge = bridge;
        ALL.put(number, this);
    }

    /**
     * {@return the console of a number: how a snippet finds its own}
     *
     * @param number it was given
     */
    public static Console of(final int number) {
        return ALL.get(number);
    }

    int number() {
        return number;
    }

    void forget() {
        ALL.remove(number);
    }

    /** {@return the machine, to be looked at} */
    public Machine machine() {
        return host.timeline().machine();
    }

    /** {@return the machine's history: moves, conditions, edits} */
    public Timeline timeline() {
        return host.timeline();
    }

    /**
     * Does what a line of the console says.
     *
     * @param line a command
     * @return what it said
     * @throws RuntimeException when it is refused, or is not as a line expects it
     */
    public String run(final String line) {
        return on(() -> host.execute(line));
    }

    /**
     * {@return the value of an expression, as {@code print} has it}
     *
     * @param expression of registers, symbols and memory
     */
    public long value(final String expression) {
        return on(() -> host.value(expression));
    }

    /**
     * {@return what an address belongs to: {@code name+0x2}, or the empty text}
     *
     * @param address virtual
     */
    public String symbol(final long address) {
        return on(() -> host.symbol(address));
    }

    /**
     * Does something on the machine's thread, while no one else is at the machine.
     *
     * @param work what to do
     * @param <T>  of its result
     * @return its result
     */
    public <T> T on(final Callable<T> work) {
        return bridge.on(work);
    }
}
