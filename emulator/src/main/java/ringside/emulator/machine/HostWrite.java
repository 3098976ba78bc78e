package ringside.emulator.machine;

import java.util.Objects;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.FloatingPointRegisters;

/** A change of a machine from outside, between two runs: done again on a machine in the same state it is the same. */
public sealed interface HostWrite {
    /** Bytes of host memory that one takes, beside the bytes that it writes, about. */
    int OWN_BYTES = 64;

    /**
     * Does it.
     *
     * @param machine is changed
     */
    void to(Machine machine);

    /** {@return bytes of host memory that it takes, about} */
    default long memory() {
        return OWN_BYTES;
    }

    /**
     * {@return whether it writes any of some bytes of RAM}
     *
     * @param physical the first one
     * @param bytes    how many
     */
    default boolean touches(final long physical, final long bytes) {
        return false;
    }

    /**
     * A register.
     *
     * @param cpu      number of the vCPU
     * @param register which
     * @param value    its new value
     */
    record OfRegister(int cpu, CpuRegister register, long value) implements HostWrite {
        @Override
        public void to(final Machine machine) {
            machine.write(cpu, register, value);
        }
    }

    /**
     * The x87 and SSE registers.
     *
     * @param cpu       number of the vCPU
     * @param registers their new values
     */
    record OfFloatingPoint(int cpu, FloatingPointRegisters registers) implements HostWrite {
        private static final int REGISTERS_BYTES = 2048;

        @Override
        public void to(final Machine machine) {
            machine.write(cpu, registers);
        }

        @Override
        public long memory() {
            return OWN_BYTES + REGISTERS_BYTES;
        }
    }

    /**
     * Bytes of RAM.
     *
     * @param physical first byte
     * @param bytes    what is written
     */
    record OfMemory(long physical, byte[] bytes) implements HostWrite {
        /** Copies the bytes. */
        public OfMemory {
            bytes = Objects.requireNonNull(bytes, "bytes").clone();
        }

        @Override
        public void to(final Machine machine) {
            machine.write(physical, bytes);
        }

        @Override
        public long memory() {
            return OWN_BYTES + bytes.length;
        }

        @Override
        public boolean touches(final long first, final long count) {
            return physical < first + count && first < physical + bytes.length;
        }

        @Override
        public String toString() {
            return bytes.length + " bytes at 0x" + Long.toHexString(physical);
        }

        /** {@return whether it writes all that an earlier one wrote} */
        boolean covers(final OfMemory earlier) {
            return physical <= earlier.physical
                    && physical + bytes.length >= earlier.physical + earlier.bytes.length;
        }
    }

    /**
     * {@return whether this makes an earlier one void, if nothing else was between them}
     *
     * @param earlier done before
     */
    default boolean voids(final HostWrite earlier) {
        return switch (this) {
            case OfRegister mine -> earlier instanceof OfRegister other && mine.cpu == other.cpu
                    && mine.register == other.register;
            case OfFloatingPoint mine -> earlier instanceof OfFloatingPoint other && mine.cpu == other.cpu;
            case OfMemory mine -> earlier instanceof OfMemory other && mine.covers(other);
        };
    }
}
