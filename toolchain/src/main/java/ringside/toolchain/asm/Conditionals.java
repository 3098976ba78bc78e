package ringside.toolchain.asm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** The conditionals that are open at a line of one text, and whether its lines count. */
final class Conditionals {
    private final Deque<Frame> frames = new ArrayDeque<>();

    /** One {@code %if} up to its {@code %endif}. */
    private static final class Frame {
        private final Line open;
        private final boolean reachable;
        private boolean taken;
        private boolean active;
        private boolean last;

        Frame(final Line open, final boolean reachable) {
            this.open = open;
            this.reachable = reachable;
        }
    }

    boolean active() {
        return frames.isEmpty() || frames.peek().active;
    }

    /** Opens one; the condition is asked only where it matters. */
    void open(final Line line, final BooleanSupplier condition) {
        final Frame frame = new Frame(line, active());
        frames.push(frame);
        if (frames.size() > Limits.MACRO_DEPTH) {
            throw new Refusal("conditionals nest more than " + Limits.MACRO_DEPTH + " deep");
        }
        choose(frame, condition);
    }

    void otherwiseIf(final BooleanSupplier condition) {
        choose(branch("%elif"), condition);
    }

    void otherwise() {
        final Frame frame = branch("%else");
        frame.last = true;
        choose(frame, () -> true);
    }

    private Frame branch(final String word) {
        if (frames.isEmpty() || frames.peek().last) {
            throw new Refusal(word + " without its %if");
        }
        return frames.peek();
    }

    private static void choose(final Frame frame, final BooleanSupplier condition) {
        frame.active = frame.reachable && !frame.taken && condition.getAsBoolean();
        frame.taken |= frame.active;
    }

    void close() {
        if (frames.poll() == null) {
            throw new Refusal("%endif without its %if");
        }
    }

    void requireClosed() {
        if (!frames.isEmpty()) {
            throw frames.peek().open.refuse("this conditional has no %endif");
        }
    }
}
