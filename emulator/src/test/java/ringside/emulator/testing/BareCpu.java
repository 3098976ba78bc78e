package ringside.emulator.testing;

import java.util.Arrays;
import java.util.function.Consumer;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.EngineCallbacks;
import ringside.emulator.engine.EngineConfig;
import ringside.emulator.engine.EngineExit;
import ringside.emulator.engine.EngineProvider;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.timing.UnitModel;
import ringside.toolchain.codegen.CodeBuilder;

/**
 * A CPU without a machine, in 64-bit mode over page tables that map the first GiB to itself in 2 MiB pages. It runs in
 * slices; an exception ends the run.
 */
public final class BareCpu implements EngineCallbacks, AutoCloseable {
    /** RAM that holds the tables and leaves room. */
    public static final long RAM = 8 << 20;
    /** The page-table root; the tables end two pages further. */
    public static final long TABLES = 0x1000;
    /** A page that nothing uses, for programs. */
    public static final long CODE = 0x10_0000;
    /** A page that nothing uses, for data. */
    public static final long DATA = 0x28_0000;
    private static final int LARGE_PRESENT_WRITABLE = 0x83;
    private static final int ENTRIES = 512;
    private static final int LARGE_PAGE_SHIFT = 21;

    private final GuestRam ram;
    private final CpuEngine engine;
    private int fault = -1;
    private Runnable device = () -> { };

    private BareCpu(final GuestRam ram, final int number) {
        this.ram = ram;
        engine = EngineProvider.find().open(new EngineConfig(ram, UnitModel.INSTANCE, this, number, true));
    }

    /** {@return a CPU at an entry} */
    public static BareCpu at(final GuestRam ram, final int number, final long entry) {
        final BareCpu cpu = new BareCpu(ram, number);
        cpu.put(TABLES, TABLES + EngineConfig.PAGE | 3);
        cpu.put(TABLES + EngineConfig.PAGE, TABLES + 2 * EngineConfig.PAGE | 3);
        for (int i = 0; i < ENTRIES; i++) {
            cpu.put(TABLES + 2 * EngineConfig.PAGE + (long) i * Long.BYTES,
                    (long) i << LARGE_PAGE_SHIFT | LARGE_PRESENT_WRITABLE);
        }
        cpu.engine.enterLongMode(entry, TABLES);
        return cpu;
    }

    /** {@return the machine code of a program} */
    public static byte[] code(final Consumer<CodeBuilder> program) {
        final CodeBuilder builder = new CodeBuilder();
        program.accept(builder);
        return builder.bytes();
    }

    /** Writes 8 bytes as a device would. */
    public void put(final long physical, final long value) {
        final byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> i * Byte.SIZE);
        }
        put(physical, bytes);
    }

    /** Writes bytes as a device would. */
    public void put(final long physical, final byte[] bytes) {
        if (!ram.write(physical, bytes, 0, bytes.length)) {
            throw new IllegalArgumentException("no RAM: physical=" + physical);
        }
    }

    /** Writes a program as a device would. */
    public void put(final long physical, final Consumer<CodeBuilder> program) {
        put(physical, code(program));
    }

    /** Sets what every OUT sets going. */
    public void device(final Runnable action) {
        device = action;
    }

    /** {@return the engine} */
    public CpuEngine engine() {
        return engine;
    }

    /** {@return a register} */
    public long read(final CpuRegister register) {
        return engine.read(register);
    }

    /** Sets a register. */
    public void write(final CpuRegister register, final long value) {
        engine.write(register, value);
    }

    /** {@return the vector of the exception that ended the run, or -1} */
    public int fault() {
        return fault;
    }

    /** Goes on at an address, until HLT, an exception or the end of the slice. */
    public EngineExit run(final long rip, final long cycles) {
        engine.write(CpuRegister.RIP, rip);
        return slice(cycles);
    }

    /** Goes on until HLT, an exception or the end of the slice. */
    public EngineExit slice(final long cycles) {
        fault = -1;
        engine.setAttention(engine.cycles() + cycles);
        return engine.run();
    }

    @Override
    public int attention(final int acceptable) {
        return STOP;
    }

    @Override
    public boolean exception(final int vector, final long errorCode, final long rip) {
        fault = vector;
        return false;
    }

    @Override
    public long readPort(final int port, final int size) {
        return 0;
    }

    @Override
    public void writePort(final int port, final int size, final long value) {
        device.run();
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
        final int ebx = 1;
        final int ecx = 2;
        final int edx = 3;
        Arrays.fill(result, 0);
        switch (leaf) {
            case 1 -> {
                result[ecx] = 0x06DA_2203;
                result[edx] = 0x078B_A37D;
            }
            case 7 -> result[ebx] = 0x0018_0389;
            case 0x8000_0001 -> {
                result[ecx] = 0x121;
                result[edx] = 0x2C10_0800;
            }
            case 0xD -> result[0] = subleaf == 0 ? 3 : 0;
            default -> { }
        }
    }

    @Override
    public long timeStamp() {
        return engine.cycles();
    }

    @Override
    public void close() {
        engine.close();
    }
}
