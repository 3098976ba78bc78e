package ringside.emulator.machine;

import ringside.emulator.device.uart.Uart16550;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.emulator.timing.CycleClock;
import ringside.toolchain.platform.PcLayout;

/** What comes into one serial port: when its source is asked, and how much of it was taken. */
final class SerialFeed implements Stateful {
    private static final long INTERVAL = PcLayout.CYCLES_PER_SECOND / 10_000;

    private final Uart16550 port;
    private final InputSource source;
    private final boolean waits;
    private long taken;
    private long nextPoll;

    /** Makes a feed; one that waits asks its source for nothing until the guest raised DTR. */
    SerialFeed(final Uart16550 port, final InputSource source, final boolean waits) {
        this.waits = waits;
        this.port = port;
        this.source = source;
        nextPoll = source == InputSource.NONE ? CycleClock.NEVER : 0;
    }

    /** {@return when the source is asked next, if a CPU runs} */
    long nextPoll() {
        return nextPoll;
    }

    /** Looks for input; no event of the guest's. */
    void poll(final long cycle) {
        final int answer = takes() ? source.poll(cycle, false) : InputSource.NOTHING;
        receive(answer);
        nextPoll = answer == InputSource.END ? CycleClock.NEVER : cycle + INTERVAL;
    }

    /** {@return whether it makes sense to ask because nothing else is going to happen} */
    boolean mayWake() {
        return nextPoll != CycleClock.NEVER && isAwaited();
    }

    /** {@return whether the guest would be told of input by an interrupt, and there is room for it} */
    boolean isAwaited() {
        return takes() && port.tellsOfInput();
    }

    private boolean takes() {
        return port.room() > 0 && (!waits || port.isReady());
    }

    /** {@return whether something came, asked because nothing else is going to happen} */
    boolean pollIdle(final long cycle) {
        final int answer = source.poll(cycle, true);
        receive(answer);
        if (answer == InputSource.END) {
            nextPoll = CycleClock.NEVER;
        }
        return answer >= 0;
    }

    private void receive(final int answer) {
        if (answer >= 0) {
            taken++;
            port.receive(answer);
        }
    }

    /** Goes on where the port before a reset stopped, since the source knows of no reset. */
    void continueFrom(final SerialFeed before) {
        taken = before.taken;
        nextPoll = before.nextPoll;
    }

    @Override
    public void save(final StateWriter out) {
        out.i64(taken).i64(nextPoll);
    }

    @Override
    public void load(final StateReader in) {
        taken = in.i64(0, CycleClock.NEVER);
        final long planned = in.i64(0, CycleClock.NEVER);
        nextPoll = source == InputSource.NONE ? CycleClock.NEVER : planned == CycleClock.NEVER ? 0 : planned;
        source.resume(taken);
    }
}
