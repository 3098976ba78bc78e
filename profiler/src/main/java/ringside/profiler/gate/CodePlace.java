package ringside.profiler.gate;

import java.util.Objects;

/**
 * Where a routine's code was.
 *
 * @param routine of a path, empty where no symbol is known
 * @param address of the first instruction that the path executes of it
 */
public record CodePlace(String routine, long address) {
    /** Names come out of images; a baseline keeps them like those of instructions. */
    public CodePlace {
        routine = BaselineWriter.plain(Objects.requireNonNull(routine, "routine"));
    }
}
