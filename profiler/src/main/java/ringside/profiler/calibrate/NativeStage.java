package ringside.profiler.calibrate;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import ringside.emulator.memory.HostCode;
import ringside.emulator.memory.HostMemory;
import ringside.emulator.memory.HostMemoryException;

/**
 * A snippet on the host's CPU, at its fixed addresses: one stage at a time in a process.
 *
 * <p>A snippet comes here only after it ran in the emulated machine with the same data for as many iterations, to its
 * end and within its own memory: {@link #of} sees to it, and a call has no other iterations. Each call begins with the
 * data as they were there, so it does the same here.
 */
final class NativeStage implements AutoCloseable {
    private final List<MemorySegment> mapped = new ArrayList<>();
    private final MemorySegment pristine;
    private final MemorySegment data;
    private final MemorySegment frame;
    private final HostCode timer;
    private final long proven;
    private final EmulatedRun emulated;

    private NativeStage(final Snippet snippet, final long iterations, final EmulatedRun emulated) {
        this.emulated = emulated;
        proven = iterations;
        pristine = MemorySegment.ofArray(snippet.data());
        try {
            final MemorySegment code = map(Stage.CODE, Stage.CODE_BYTES + Stage.TIMER_BYTES);
            MemorySegment.copy(snippet.code(), 0, code, ValueLayout.JAVA_BYTE, 0, snippet.code().length);
            final byte[] routine = TimerCode.bytes();
            MemorySegment.copy(routine, 0, code, ValueLayout.JAVA_BYTE, Stage.CODE_BYTES, routine.length);
            HostMemory.seal(code);
            map(Stage.STACK, Stage.STACK_BYTES);
            frame = map(Stage.FRAME, Stage.FRAME_BYTES);
            data = map(Stage.DATA, pages(pristine.byteSize()));
            timer = HostCode.at(code.asSlice(Stage.CODE_BYTES));
        } catch (final HostMemoryException e) {
            close();
            throw new CalibrationException("the host has no room for a snippet at its addresses: " + e.getMessage());
        }
    }

    private static long pages(final long bytes) {
        return bytes + Stage.FRAME_BYTES - 1 & -Stage.FRAME_BYTES;
    }

    private MemorySegment map(final long address, final long bytes) {
        final MemorySegment memory = HostMemory.mapAt(address, bytes);
        mapped.add(memory);
        return memory;
    }

    /**
     * {@return a stage for a snippet, once it has run in the emulated machine}
     *
     * @param snippet    to run
     * @param iterations the most that a call may have, of the warm-up and of the measured part each
     * @throws CalibrationException when it did not run there to a good end
     */
    static NativeStage of(final Snippet snippet, final long iterations) {
        return new NativeStage(snippet, iterations, SnippetRun.of(snippet, iterations, iterations));
    }

    /** {@return the same stage on other pages of the host} */
    static NativeStage again(final Snippet snippet, final NativeStage before) {
        return new NativeStage(snippet, before.proven, before.emulated);
    }

    /** {@return what it did in the emulated machine, with the iterations that were proven} */
    EmulatedRun emulated() {
        return emulated;
    }

    /** Puts the data back and calls the snippet twice, with the iterations that were proven. */
    Sample call() {
        MemorySegment.copy(pristine, 0, data, 0, pristine.byteSize());
        frame.set(ValueLayout.JAVA_LONG, Stage.WARM_UP, proven);
        frame.set(ValueLayout.JAVA_LONG, Stage.ITERATIONS, proven);
        timer.run();
        return new Sample(time(0), time(1), time(2), time(3), time(4));
    }

    private long time(final int index) {
        return frame.get(ValueLayout.JAVA_LONG, Stage.TIMES + (long) index * Long.BYTES);
    }

    /** {@return what the latest call left} */
    Outcome outcome() {
        final long[] registers = new long[16];
        MemorySegment.copy(frame, ValueLayout.JAVA_LONG, Stage.REGISTERS, registers, 0, registers.length);
        final byte[] left = new byte[(int) pristine.byteSize()];
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, left, 0, left.length);
        return new Outcome(registers, left);
    }

    @Override
    public void close() {
        mapped.forEach(HostMemory::unmap);
        mapped.clear();
    }
}
