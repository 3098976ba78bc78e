package ringside.fastpath.lab;

import java.util.List;
import java.util.stream.Stream;
import ringside.fastpath.experiment.GuestFailedException;
import ringside.profiler.profile.Trial;

/** What must not move: measuring costs nothing, and what is the same in all variants costs the same. */
final class Controls {
    private static final List<String> COUNTS = List.of(MetricName.INSTRUCTIONS, MetricName.KERNEL, MetricName.USER,
            MetricName.LINES, MetricName.READS, MetricName.WRITES, MetricName.CYCLES);

    private Controls() {
    }

    /** A trial at a combination of parameters. */
    private record Place(Point point, Trial trial) {
    }

    /** Refuses rows in which it moved. */
    static void require(final Declaration declaration, final List<LabRow> rows) {
        rows.stream().filter(row -> row.window().equals(Declaration.EMPTY)).forEach(Controls::requireNothing);
        for (final Place place : rows.stream().map(row -> new Place(row.point(), row.trial())).distinct().toList()) {
            final List<LabRow> at = rows.stream().filter(row -> row.point().equals(place.point)
                    && row.trial().equals(place.trial)).toList();
            final List<LabRow> controls = at.stream().filter(row -> row.window().equals(Declaration.CONTROL)).toList();
            if (controls.isEmpty()) {
                continue;
            }
            for (final LabRow other : at) {
                if (controls.stream().noneMatch(row -> row.variant().equals(other.variant()))) {
                    throw new GuestFailedException(other.variant() + " " + place.point
                            + ": the control arm is missing, and other variants have it");
                }
            }
            controls.forEach(row -> requireSame(controls.getFirst(), row));
        }
    }

    private static void requireNothing(final LabRow row) {
        row.metrics().forEach((name, spread) -> {
            if (!name.startsWith(MetricName.COUNTER) && spread.max() != 0) {
                throw new GuestFailedException(row.variant() + " " + row.point() + ": measuring costs "
                        + spread.max() + " " + name + " by itself");
            }
        });
    }

    private static void requireSame(final LabRow first, final LabRow row) {
        for (final String name : COUNTS) {
            final Spread was = first.metrics().get(name);
            final Spread now = row.metrics().get(name);
            if (Stream.of(was, now).anyMatch(one -> !one.isExact()) || was.max() != now.max()) {
                throw new GuestFailedException("the control arm moved: "
                        + (row.variant() + " " + row.point()).strip() + ": " + name + " " + now.min() + " to "
                        + now.max() + ", of " + first.variant() + " " + was.min() + " to " + was.max());
            }
        }
    }
}
