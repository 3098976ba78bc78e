package ringside.emulator.machine;

import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;

/** What remains of a machine's time before its latest reset. */
final class BeforeReset implements Stateful {
    private long instructions;
    private long steps;

    long instructions() {
        return instructions;
    }

    long steps() {
        return steps;
    }

    void set(final long instructionsSoFar, final long stepsSoFar) {
        instructions = instructionsSoFar;
        steps = stepsSoFar;
    }

    @Override
    public void save(final StateWriter out) {
        out.section("history").i64(instructions).i64(steps);
    }

    @Override
    public void load(final StateReader in) {
        in.section("history");
        instructions = in.i64(0, StateReader.MOST_COUNT);
        steps = in.i64(0, StateReader.MOST_COUNT);
    }
}
