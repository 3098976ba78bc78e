package ringside.kernel.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import ringside.toolchain.codegen.Reg64;

/**
 * The contract of one system call, in words and in registers.
 *
 * <p>All calls that return give a status in {@code rax}; that is said once, in {@link KernelAbi}, and not in each row.
 * Texts are sentences for a reader of {@code docs/abi.md}, in Markdown.
 *
 * @param number     what {@code eax} holds
 * @param name       as in {@link KernelAbi}, without {@code SYS_}
 * @param sentence   what it does, in one sentence
 * @param in         what registers hold before; the order is that of arguments in assembly and in Java
 * @param out        what registers hold after it returned {@link KernelAbi#STATUS_OK}
 * @param errors     every other status that it can return, in the order in which they are looked for
 * @param rights     what handles it needs must allow
 * @param waiting    whether and how it waits, and what ends that
 * @param remarks    what else there is to know, a sentence each
 * @param returns    whether a caller can go on
 */
public record SystemCall(int number, String name, String sentence, List<Operand> in, List<Operand> out,
        List<Failure> errors, String rights, String waiting, List<String> remarks, boolean returns) {
    /** What {@link #waiting} says of a call that returns at once. */
    public static final String NEVER_WAITS = "It does not wait.";

    /** The name of the operand that is words 4-7. */
    static final String MORE = "more";

    private static final Map<Integer, String> STATUS_NAMES = KernelAbi.statuses().entries().stream()
            .collect(Collectors.toMap(entry -> (int) entry.value(), entry -> entry.name()));

    /** Copies the lists. */
    public SystemCall {
        in = List.copyOf(in);
        out = List.copyOf(out);
        errors = List.copyOf(errors);
        remarks = List.copyOf(remarks);
    }

    /**
     * What a register carries, or several in a row.
     *
     * @param registers one; or more, for words of one kind
     * @param name      a word, the argument's name in assembly and in Java
     * @param meaning   half a sentence
     */
    public record Operand(List<Reg64> registers, String name, String meaning) {
        /** Copies the list. */
        public Operand {
            registers = List.copyOf(registers);
        }

        String text() {
            return registerText() + " = " + name;
        }

        /** {@return the registers' names with spaces between} */
        public String registerText() {
            return registers.stream().map(Reg64::text).collect(Collectors.joining(" "));
        }
    }

    /**
     * A status and when it is returned.
     *
     * @param status one of {@link KernelAbi}
     * @param when   half a sentence
     */
    public record Failure(int status, String when) {
        /** {@return the status's name in {@link KernelAbi}} */
        public String name() {
            return statusName(status);
        }
    }

    /**
     * {@return what a status is called}
     *
     * @param status one of {@link KernelAbi}
     */
    public static String statusName(final int status) {
        return Objects.requireNonNull(STATUS_NAMES.get(status), () -> "no such status: status=" + status);
    }

    /** {@return the constant with its number, e.g. {@code SYS_HANDLE_COPY}} */
    public String constant() {
        return "SYS_" + name;
    }

    /**
     * {@return its operands in one line, for a comment: {@code rdi = handle, rsi = slot}; what comes back stands there
     * too unless it is a message}
     */
    public String registers() {
        final String before = in.stream()
                .filter(operand -> !operand.name().equals(MORE))
                .map(Operand::text)
                .collect(Collectors.joining(", "));
        if (out.isEmpty() || out.size() > 1 && !in.isEmpty()) {
            return before.isEmpty() ? "nothing" : before;
        }
        return (before.isEmpty() ? "" : before + "; ") + "out: "
                + out.stream().map(Operand::text).collect(Collectors.joining(", "));
    }

    static Builder of(final int number, final String name, final String sentence) {
        return new Builder(number, name, sentence);
    }

    /** Collects a row. */
    static final class Builder {
        private final int number;
        private final String name;
        private final String sentence;
        private final List<Operand> in = new ArrayList<>();
        private final List<Operand> out = new ArrayList<>();
        private final List<Failure> errors = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private String rights = "None.";
        private String waiting = NEVER_WAITS;
        private boolean returns = true;

        private Builder(final int number, final String name, final String sentence) {
            this.number = number;
            this.name = name;
            this.sentence = sentence;
        }

        Builder in(final Reg64 register, final String operand, final String meaning) {
            in.add(new Operand(List.of(register), operand, meaning));
            return this;
        }

        Builder in(final List<Reg64> registers, final String operand, final String meaning) {
            in.add(new Operand(registers, operand, meaning));
            return this;
        }

        Builder out(final Reg64 register, final String operand, final String meaning) {
            out.add(new Operand(List.of(register), operand, meaning));
            return this;
        }

        Builder out(final List<Reg64> registers, final String operand, final String meaning) {
            out.add(new Operand(registers, operand, meaning));
            return this;
        }

        Builder fails(final int status, final String when) {
            errors.add(new Failure(status, when));
            return this;
        }

        Builder takes(final String text) {
            rights = text;
            return this;
        }

        Builder waits(final String text) {
            waiting = text;
            return this;
        }

        Builder remark(final String text) {
            remarks.add(text);
            return this;
        }

        Builder neverReturns() {
            returns = false;
            return this;
        }

        SystemCall build() {
            return new SystemCall(number, name, sentence, in, out, errors, rights, waiting, remarks, returns);
        }
    }
}
