package ringside.emulator.travel;

import java.util.Objects;
import ringside.emulator.snapshot.Snapshot;

/**
 * Where a machine can go back to at once.
 *
 * @param snapshot of the machine between two blocks
 * @param said     bytes that its first serial port had sent before
 * @param heard    bytes that it had heard before, since the machine booted
 */
record Place(Snapshot snapshot, int said, long heard) {
    Place {
        Objects.requireNonNull(snapshot, "snapshot");
    }

    long steps() {
        return snapshot.steps();
    }
}
