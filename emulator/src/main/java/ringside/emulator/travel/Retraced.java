package ringside.emulator.travel;

/**
 * A piece of a history that was gone through once more. It begins and ends between two blocks, as a machine does.
 *
 * @param from  steps before its first event
 * @param to    steps behind its last
 * @param whole whether nobody asked to stop
 */
public record Retraced(long from, long to, boolean whole) {
}
