package ringside.fastpath.kernel.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import ringside.kernel.abi.KernelAbi;
import ringside.kernel.abi.SystemCall;
import ringside.kernel.abi.SystemCalls;

/** The system calls and what their registers mean, as {@link SystemCalls} declares them: a new call is here at once. */
final class Calls {
    private static final Set<String> MESSAGE = Set.of("words", "more");

    /** By number. */
    static final Map<Integer, Call> ALL = read();

    private static final Map<Long, String> STATUSES = statuses();

    private Calls() {
    }

    /**
     * A system call.
     *
     * @param name      e.g. {@code SYS_NULL}
     * @param number    of it
     * @param arguments register to meaning, e.g. {@code rdi} to {@code handle}
     */
    record Call(String name, int number, Map<String, String> arguments) {
    }

    private static Map<Integer, Call> read() {
        final Map<Integer, Call> calls = new TreeMap<>();
        for (final SystemCall call : SystemCalls.all()) {
            final Map<String, String> arguments = new TreeMap<>();
            call.in().stream().filter(operand -> !MESSAGE.contains(operand.name())).forEach(operand ->
                    operand.registers().forEach(register -> arguments.put(register.text(), operand.name())));
            calls.put(call.number(), new Call(call.constant(), call.number(), arguments));
        }
        return calls;
    }

    private static Map<Long, String> statuses() {
        final Map<Long, String> names = new TreeMap<>();
        KernelAbi.statuses().values().forEach((name, value) -> names.put(value, name));
        return names;
    }

    /** {@return the number of a call that this kernel may have} */
    static OptionalInt number(final String name) {
        return ALL.values().stream().filter(call -> call.name().equals(name)).mapToInt(Call::number).findFirst();
    }

    static String name(final int number) {
        return ALL.containsKey(number) ? ALL.get(number).name() : "call " + number;
    }

    static String status(final long status) {
        return STATUSES.getOrDefault(status, "0x" + Long.toHexString(status));
    }

    /** {@return an operation as a person reads it} */
    static String text(final Op op) {
        if (!op.isCall()) {
            final List<String> shown = new ArrayList<>();
            for (final long register : op.registers().subList(0, 3)) {
                shown.add(number(register));
            }
            return op.kind().name().toLowerCase(Locale.ROOT) + " " + String.join(" ", shown);
        }
        final StringBuilder text = new StringBuilder(name(op.number()));
        final Map<String, String> arguments =
                ALL.containsKey(op.number()) ? ALL.get(op.number()).arguments() : Map.of();
        for (int i = 0; i < op.registers().size(); i++) {
            final String register = Op.REGISTERS.get(i);
            if (arguments.containsKey(register)) {
                text.append(' ').append(arguments.get(register).replace(' ', '_')).append('=')
                        .append(number(op.registers().get(i)));
            }
        }
        return op.kind() == Op.Kind.FLAGS ? text + " with flags " + number(op.registers().get(8)) : text.toString();
    }

    private static String number(final long value) {
        if (value == KernelAbi.HANDLE_SELF) {
            return "self";
        }
        return value >= 0 && value < 10 ? Long.toString(value) : "0x" + Long.toHexString(value);
    }
}
