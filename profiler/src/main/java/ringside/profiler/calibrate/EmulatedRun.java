package ringside.profiler.calibrate;

/**
 * What a snippet did in the emulated machine.
 *
 * @param outcome      what it left
 * @param instructions of the second call, its RET included
 * @param perIteration instructions of an iteration, on average over all but the last one: what stands before the loop
 *                     and behind it is not in it
 */
public record EmulatedRun(Outcome outcome, long instructions, double perIteration) {
}
