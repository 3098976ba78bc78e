package ringside.profiler.gate;

import java.util.Objects;

/**
 * One executed instruction of a path, in words that do not change when the code moves.
 *
 * @param routine that it is in, empty where no symbol is known
 * @param text    of it, without the addresses that the linker chose
 * @param file    of the source that made it, assembly or Java; empty where none is known
 * @param line    in that file, from 1 on; 0 where it is not known, as of all that a baseline keeps
 * @param cycles  it took in the round that is shown, by the gate's first model
 * @param cause   of these cycles, empty where no model says
 */
public record GateStep(String routine, String text, String file, int line, long cycles, String cause) {
    /** Refuses missing parts. */
    public GateStep {
        Objects.requireNonNull(routine, "routine");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(cause, "cause");
    }

    /** {@return what makes it the same instruction as one of another run} */
    String key() {
        return text;
    }

    /** {@return {@code file:line} as far as they are known} */
    public String place() {
        return line == 0 ? file : file + ":" + line;
    }
}
