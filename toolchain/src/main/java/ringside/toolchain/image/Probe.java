package ringside.toolchain.image;

import java.util.List;
import java.util.Objects;

/**
 * A mark in guest code that emits no instruction: when the instruction at {@code address} is about to run, the
 * event {@code kind} happens with the values of {@code registers} as its arguments.
 *
 * <p>In the image it is a symbol {@code probe$kind$reg$reg$N}: registers by their 64-bit Intel names, N a serial
 * number that makes the name unique.
 *
 * @param kind      words joined by {@code _}, e.g. {@code context_switch}, {@code phase_entry}
 * @param address   virtual
 * @param registers 64-bit register names, lower case
 */
public record Probe(String kind, long address, List<String> registers) {
    /** Copies the list. */
    public Probe {
        Objects.requireNonNull(kind, "kind");
        registers = List.copyOf(registers);
    }
}
