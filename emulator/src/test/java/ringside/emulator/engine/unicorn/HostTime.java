package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The host's time that a thread had a processor for, which other programs on a busy host do not add to. */
public final class HostTime {
    /** {@code CLOCK_THREAD_CPUTIME_ID} of Linux. */
    private static final int CLOCK = 3;
    private static final long NANOSECONDS_IN_SECOND = 1_000_000_000L;

    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MemorySegment TIME = Arena.global().allocate(JAVA_LONG, 2);

    private HostTime() {
    }

    /** {@return nanoseconds} */
    public static long ofThisThread() {
        try {
            final int status = (int) CLOCK_GETTIME.invokeExact(CLOCK, TIME);
            if (status != 0) {
                throw new IllegalStateException("no such clock: clock=" + CLOCK);
            }
            return TIME.getAtIndex(JAVA_LONG, 0) * NANOSECONDS_IN_SECOND + TIME.getAtIndex(JAVA_LONG, 1);
        } catch (final Throwable e) {
            throw Unicorn.rethrow("clock_gettime", e);
        }
    }
}
