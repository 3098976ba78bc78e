package ringside.console.repl.guest;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import ringside.console.repl.expression.ExpressionException;
import ringside.emulator.engine.GuestPaging;
import ringside.emulator.machine.Machine;

/** A guest's memory as one of its CPUs sees it, or as it lies in RAM. */
public final class GuestMemory {
    private static final long PAGE = 4096;

    private final Machine machine;
    private final int cpu;

    GuestMemory(final Machine machine, final int cpu) {
        this.machine = machine;
        this.cpu = cpu;
    }

    /**
     * {@return the physical address behind a virtual one, {@link GuestPaging#UNMAPPED} where there is none}
     *
     * @param virtual by the CPU's page tables
     */
    public long translate(final long virtual) {
        return machine.cpu(cpu).translate(virtual);
    }

    /**
     * {@return the physical address behind a virtual one}
     *
     * @param virtual by the CPU's page tables
     * @throws ExpressionException where nothing is mapped
     */
    public long physical(final long virtual) {
        final long physical = translate(virtual);
        if (physical == GuestPaging.UNMAPPED) {
            throw new ExpressionException("no memory at 0x" + Long.toHexString(virtual) + ": it is not mapped");
        }
        return physical;
    }

    /** {@return bytes of RAM} */
    public long size() {
        return machine.cpu(cpu).memory().byteSize();
    }

    /**
     * {@return as many bytes as are mapped, none to all}
     *
     * @param address  of the first one
     * @param length   how many at most
     * @param physical whether the address is a physical one
     */
    public byte[] read(final long address, final int length, final boolean physical) {
        final byte[] bytes = new byte[length];
        final MemorySegment ram = machine.cpu(cpu).memory();
        int done = 0;
        while (done < length) {
            final long virtual = address + done;
            final int part = (int) Math.min(length - done, PAGE - (virtual & PAGE - 1));
            final long from = physical ? virtual : translate(virtual);
            if (from < 0 || from > ram.byteSize() - part) {
                break;
            }
            MemorySegment.copy(ram, ValueLayout.JAVA_BYTE, from, bytes, done, part);
            done += part;
        }
        return done == length ? bytes : java.util.Arrays.copyOf(bytes, done);
    }

    /**
     * {@return a number}
     *
     * @param address  of its lowest byte
     * @param bytes    1 to 8
     * @param physical whether the address is a physical one
     * @throws ExpressionException where not all of it is mapped
     */
    public long number(final long address, final int bytes, final boolean physical) {
        final byte[] content = read(address, bytes, physical);
        if (content.length < bytes) {
            throw new ExpressionException("no " + (physical ? "physical " : "") + "memory at 0x"
                + Long.toHexString(address) + (physical ? ": it is not in RAM" : ": it is not mapped"));
        }
        return number(content, 0, bytes);
    }

    /**
     * {@return a number in bytes, little-endian}
     *
     * @param content  where it is
     * @param from     its lowest byte
     * @param bytes    how many
     */
    public static long number(final byte[] content, final int from, final int bytes) {
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << Byte.SIZE | content[from + i] & 0xFF;
        }
        return value;
    }

    /**
     * Writes, as a debugger does: read-only pages too.
     *
     * @param address  of the first byte
     * @param content  what to write
     * @param physical whether the address is a physical one
     * @throws ExpressionException where not all of it is mapped; nothing is written then
     */
    void write(final long address, final byte[] content, final boolean physical) {
        if (read(address, content.length, physical).length < content.length) {
            throw new ExpressionException("cannot write " + content.length + " bytes at 0x"
                + Long.toHexString(address) + ": not all of it is mapped");
        }
        int done = 0;
        while (done < content.length) {
            final long virtual = address + done;
            final int part = (int) Math.min(content.length - done, PAGE - (virtual & PAGE - 1));
            machine.write(physical ? virtual : translate(virtual),
                java.util.Arrays.copyOfRange(content, done, done + part));
            done += part;
        }
    }
}
