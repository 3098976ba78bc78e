package ringside.emulator.engine.unicorn;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.engine.EngineException;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.timing.UnitModel;

/**
 * Runs two instructions and a faulting store once in a process's life, and refuses the library unless vector, error
 * code, address and count are the expected ones: what {@link Env#check} cannot reach through the public interface.
 */
final class SelfCheck implements EngineCallbacks {
    private static final int RAM = 0x10000;
    private static final long TABLES = 0x1000;
    private static final int LEVELS = 4;
    private static final int PRESENT_WRITABLE = 3;
    private static final long CODE = 0x8000;
    private static final long NOWHERE = 0x40_0000_0000L;
    /** mov rax, imm64; nop; mov dword [rax], 0. */
    private static final int[] PROGRAM = {0x48, 0xB8, 0, 0, 0, 0, 0x40, 0, 0, 0, 0x90, 0xC7, 0x00, 0, 0, 0, 0};
    private static final long STORE = CODE + 11;
    private static final String EXPECTED = fault(14, 2, STORE) + " cr2=0x" + Long.toHexString(NOWHERE)
            + " instructions=2";

    private String found = "no exception";

    private static boolean passed;

    private SelfCheck() {
    }

    /** Checks unless an earlier check passed. */
    static synchronized void once() {
        if (!passed) {
            new SelfCheck().run();
            passed = true;
        }
    }

    private void run() {
        try (GuestRam memory = GuestRam.allocate(RAM);
                UnicornEngine engine = new UnicornEngine(
                        new EngineConfig(memory, UnitModel.INSTANCE, this, 0, true))) {
            final MemorySegment ram = engine.ram();
            for (int level = 0; level < LEVELS - 1; level++) {
                final long table = TABLES + (long) level * EngineConfig.PAGE;
                ram.set(JAVA_LONG, table, table + EngineConfig.PAGE | PRESENT_WRITABLE);
            }
            final long last = TABLES + (LEVELS - 1L) * EngineConfig.PAGE;
            for (int page = 0; page < RAM / EngineConfig.PAGE; page++) {
                ram.set(JAVA_LONG, last + (long) page * Long.BYTES,
                        (long) page * EngineConfig.PAGE | PRESENT_WRITABLE);
            }
            for (int i = 0; i < PROGRAM.length; i++) {
                ram.set(JAVA_BYTE, CODE + i, (byte) PROGRAM[i]);
            }
            engine.enterLongMode(CODE, TABLES);
            engine.run();
            final String outcome = found + " cr2=0x" + Long.toHexString(engine.read(CpuRegister.CR2))
                    + " instructions=" + engine.instructions();
            if (!outcome.equals(EXPECTED) || !engine.findsShared()) {
                throw new EngineException("self-check of a faulting store", "expected " + EXPECTED + " and found "
                        + outcome + ": this library is not the tested build; " + Unicorn.identity(), CODE);
            }
        }
    }

    private static String fault(final int vector, final long errorCode, final long rip) {
        return "vector=" + vector + " error=" + errorCode + " rip=0x" + Long.toHexString(rip);
    }

    @Override
    public int attention(final int acceptable) {
        return STOP;
    }

    @Override
    public boolean exception(final int vector, final long errorCode, final long rip) {
        found = fault(vector, errorCode, rip);
        return false;
    }

    @Override
    public long readPort(final int port, final int size) {
        return 0;
    }

    @Override
    public void writePort(final int port, final int size, final long value) {
    }

    @Override
    public long readDevice(final long address, final int size) {
        return 0;
    }

    @Override
    public void writeDevice(final long address, final int size, final long value) {
    }

    @Override
    public void cpuid(final int leaf, final int subleaf, final int[] result) {
    }

    @Override
    public long timeStamp() {
        return 0;
    }
}
