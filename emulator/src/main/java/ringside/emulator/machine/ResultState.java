package ringside.emulator.machine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;

/** Why a run ended, as state: a machine that is taken up again after its end stays ended. */
final class ResultState {
    private static final int NOT_YET = 0;
    private static final int EXITED = 1;
    private static final int HALTED = 2;
    private static final int TRIPLE_FAULT = 3;
    private static final int RESET = 4;
    private static final int POWERED_OFF = 5;
    private static final int NOTHING_TO_EXECUTE = 6;
    private static final int EPT_VIOLATION = 7;
    private static final int LONGEST_CAUSE = 256;
    private static final int MOST_FAULTS = 64;

    private ResultState() {
    }

    /** Writes a result down; {@code null} for a run that has not ended. */
    static void save(final StateWriter out, final RunResult result) {
        out.section("result");
        switch (result) {
            case null -> out.u8(NOT_YET);
            case RunResult.BudgetSpent _ -> out.u8(NOT_YET);
            case RunResult.Exited exited -> out.u8(EXITED).i32(exited.code());
            case RunResult.Halted halted -> out.u8(HALTED).i64(halted.rip());
            case RunResult.Reset reset -> out.u8(RESET).bytes(reset.cause().getBytes(StandardCharsets.UTF_8));
            case RunResult.PoweredOff _ -> out.u8(POWERED_OFF);
            case RunResult.NothingToExecute lost -> out.u8(NOTHING_TO_EXECUTE).i64(lost.rip());
            case RunResult.EptViolation left -> out.u8(EPT_VIOLATION).u8(left.cpu()).i64(left.guestPhysical())
                    .u8(left.right()).i64(left.rip());
            case RunResult.TripleFault fault -> {
                out.u8(TRIPLE_FAULT).u8(fault.cpu()).i64(fault.rip()).u8(fault.chain().size());
                for (final GuestFault link : fault.chain()) {
                    out.u8(link.vector()).i64(link.errorCode()).i64(link.address());
                }
            }
        }
    }

    /** {@return a result that was written down} */
    static RunResult load(final StateReader in) {
        in.section("result");
        return switch (in.u8()) {
            case NOT_YET -> null;
            case EXITED -> new RunResult.Exited(in.i32());
            case HALTED -> new RunResult.Halted(in.i64());
            case TRIPLE_FAULT -> {
                final int cpu = in.u8();
                final long rip = in.i64();
                final int length = in.u8();
                if (length == 0 || length > MOST_FAULTS) {
                    throw in.refused("a triple fault has 1 to " + MOST_FAULTS + " causes: causes=" + length);
                }
                final List<GuestFault> chain = new ArrayList<>();
                for (int i = 0; i < length; i++) {
                    chain.add(new GuestFault(in.u8(), in.i64(), in.i64()));
                }
                yield new RunResult.TripleFault(cpu, List.copyOf(chain), rip);
            }
            case RESET -> new RunResult.Reset(new String(in.bytes(LONGEST_CAUSE), StandardCharsets.UTF_8));
            case POWERED_OFF -> new RunResult.PoweredOff();
            case NOTHING_TO_EXECUTE -> new RunResult.NothingToExecute(in.i64());
            case EPT_VIOLATION -> new RunResult.EptViolation(in.u8(), in.i64(), in.u8(), in.i64());
            default -> throw in.refused("no such end of a run");
        };
    }
}
