package ringside.fastpath.interleave;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;
import ringside.fastpath.interleave.BoundedList.Order;

/** What a structure is held against. */
public enum ModelKind {
    /** The oldest value is taken. */
    QUEUE,
    /** The newest value is taken. */
    STACK,
    /** A put takes a lock, a take gives it back. */
    LOCK,
    /** Nothing but that every operation returns. */
    NONE;

    /** {@return its name in declarations} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the state at the beginning of a scenario} */
    SequentialModel start(final Scenario scenario, final Set<Spurious> always) {
        final Set<Spurious> spurious = EnumSet.noneOf(Spurious.class);
        spurious.addAll(always);
        spurious.addAll(scenario.spurious());
        final List<Long> values = LongStream.rangeClosed(1, scenario.fill()).boxed().toList();
        return switch (this) {
            case QUEUE -> new BoundedList(Order.FIRST_IN_FIRST_OUT, scenario.capacity(), spurious, values);
            case STACK -> new BoundedList(Order.LAST_IN_FIRST_OUT, scenario.capacity(), spurious, values);
            case LOCK -> new MutualExclusion();
            case NONE -> new NoStuckActor();
        };
    }
}
