package ringside.console.repl.past;

/**
 * What a mark in the guest's kernel told.
 *
 * @param kind   of the mark
 * @param cycle  the CPU's clock
 * @param cpu    where
 * @param thread that the CPU ran, 0 where it ran none
 * @param first  value of the first register that the mark has, else 0
 * @param second of the second
 * @param third  of the third
 */
public record Told(String kind, long cycle, int cpu, long thread, long first, long second, long third) {
}
