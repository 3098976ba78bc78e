package ringside.profiler.calibrate;

import java.util.Arrays;
import java.util.HexFormat;
import ringside.toolchain.codegen.Reg64;

/**
 * What a snippet leaves, and what two CPUs must agree in: its sixteen general registers and its data.
 *
 * @param registers in the order of their numbers
 * @param data      all of it
 */
public record Outcome(long[] registers, byte[] data) {
    /**
     * {@return the first difference in words, or an empty text}
     *
     * @param other of the same snippet
     */
    public String difference(final Outcome other) {
        final int register = Arrays.mismatch(registers, other.registers);
        if (register >= 0) {
            return Reg64.of(register).text() + ": " + hex(registers[register]) + " and "
                    + hex(other.registers[register]);
        }
        final int at = Arrays.mismatch(data, other.data);
        return at < 0 ? "" : "data + 0x" + Integer.toHexString(at) + ": " + hex(data[at] & 0xff) + " and "
                + hex(other.data[at] & 0xff);
    }

    private static String hex(final long value) {
        return "0x" + HexFormat.of().withUpperCase().toHexDigits(value).replaceFirst("^0+(?=.)", "");
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Outcome outcome && Arrays.equals(registers, outcome.registers)
                && Arrays.equals(data, outcome.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(registers) * 31 + Arrays.hashCode(data);
    }
}
