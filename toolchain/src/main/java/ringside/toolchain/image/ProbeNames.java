package ringside.toolchain.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The names of probes in the symbol table: {@code probe$kind$reg$reg$N}. */
final class ProbeNames {
    private static final String PREFIX = "probe$";
    private static final Set<String> REGISTERS = Set.of(
            "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
            "r15");

    private ProbeNames() {
    }

    static boolean isProbe(final String name) {
        return name.startsWith(PREFIX);
    }

    static Probe parse(final ImageSymbol symbol) {
        final String name = symbol.name();
        final int serial = name.lastIndexOf('$');
        int start = PREFIX.length();
        int end = name.indexOf('$', start);
        if (end <= start || !isNumber(name, serial + 1)) {
            throw new CorruptException("symbol table", "a probe is probe$kind$registers$number: name=" + name);
        }
        final String kind = name.substring(start, end);
        final List<String> registers = new ArrayList<>();
        while (end < serial) {
            start = end + 1;
            end = name.indexOf('$', start);
            final String register = name.substring(start, end);
            if (!REGISTERS.contains(register)) {
                throw new CorruptException("symbol table", "a probe names a register that there is not: name=" + name);
            }
            registers.add(register);
        }
        return new Probe(kind, symbol.address(), registers);
    }

    private static boolean isNumber(final String text, final int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length();
    }
}
