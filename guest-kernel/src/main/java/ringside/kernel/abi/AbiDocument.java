package ringside.kernel.abi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.layout.Constants;

/** The document of the contract between Bantam and user programs, {@code docs/abi.md}, from the declarations. */
public final class AbiDocument {
    private static final Set<Integer> FAST =
            Set.of(KernelAbi.SYS_CALL, KernelAbi.SYS_REPLY_RECV, KernelAbi.SYS_SIGNAL);

    private static final String HEAD = """
            # Bantam's contract with user programs

            <!-- Generated from ringside.kernel.abi by AbiDocumentTest with -Dringside.regenerate=true: do not edit. -->

            ## A system call

            A system call is `SYSCALL` with its number in `eax`. It returns a status in `rax`: 0 when it did what it is
            for, a negative number otherwise. A call that fails has changed nothing but what every call loses.

            | Register | Before | After |
            |---|---|---|
            | `rax` | number, in its low half | status |
            | `rdi` | first argument, often a handle | a message's badge |
            | `rsi` | second argument, or a message's tag | a message's tag |
            | `rdx r8 r9 r10` | arguments, or words 0-3 | results, or words 0-3 |
            | `r12 r13 r14 r15` | words 4-7 | words 4-7 where they were accepted, else as before |
            | `rcx r11` | anything | the thread's own `rip` and flags |

            The kernel runs with interrupts off and is not left half-way: a call is done, or waits, or never was. A
            thread that waits in a call is not restarted. It gets its status when the call ends: by what it waits for,
            by the end of that, or not at all when it is killed itself. A call that meets another thread whose buffer is
            gone begins again at its `SYSCALL`, so that interrupts wait for one message at most.

            All things are named by handles: small numbers that mean something in one process only.
            """;

    private static final String LIBRARIES = """
            ## Writing programs

            In assembly, `abi/calls.inc` has all numbers of this document and `abi/user.inc` a macro a call,
            `CALL_HANDLE_COPY handle, slot, rights, badge, process` and so on; the words of a message are put into their
            registers before. `user/say.inc` sends text to the console server.

            In Java, `ringside.kernel.user.UserCode` has a method a call and emits programs by the code builder;
            `ringside.kernel.build.TaskPlan` starts them beside the standard tasks or instead of them.
            """;

    private AbiDocument() {
    }

    /** {@return the whole document} */
    public static String text() {
        final StringBuilder text = new StringBuilder(HEAD);
        preserved(text);
        statuses(text);
        constants(text, "Rights", "RIGHT_", "A handle has rights, and there is a right for each thing that can be done "
                + "with a kind of object: a handle of another kind lacks the right.");
        constants(text, "Tags", "TAG_", "A tag's low byte counts words.");
        limits(text);
        text.append("\n## The calls\n\n| Number | Call | Takes |\n|---|---|---|\n");
        for (final SystemCall call : SystemCalls.all()) {
            text.append("| ").append(call.number()).append(" | [`").append(call.constant()).append("`](#")
                    .append(anchor(call)).append(") | ").append(call.registers()).append(" |\n");
        }
        SystemCalls.all().forEach(call -> section(text, call));
        fastPaths(text);
        return text.append('\n').append(LIBRARIES).toString();
    }

    private static String anchor(final SystemCall call) {
        return call.constant().toLowerCase(Locale.ROOT);
    }

    private static String names(final Collection<Reg64> registers) {
        return registers.stream().map(Reg64::text).collect(Collectors.joining(" ", "`", "`"));
    }

    private static void preserved(final StringBuilder text) {
        final String kept = names(PreservedRegisters.SYSTEM_CALL);
        final String lost = names(PreservedRegisters.LOST);
        text.append("""

                ## What is preserved

                | Way through the kernel | Holds what it held | May have changed |
                |---|---|---|
                """);
        for (final String way : List.of("fast path of `SYS_CALL`", "fast path of `SYS_REPLY_RECV`")) {
            text.append("| ").append(way).append(" | ").append(kept).append(" | ").append(lost).append(" |\n");
        }
        text.append("| fast path of `SYS_SIGNAL` | ").append(names(PreservedRegisters.SIGNAL)).append(" | ")
                .append(names(EnumSet.complementOf(EnumSet.copyOf(PreservedRegisters.SIGNAL)))).append(" |\n");
        text.append("| general path of all calls | ").append(kept).append("; of those `r12 r13 r14 r15` only as far "
                + "as no words 4-7 came | ").append(lost).append(" |\n");
        text.append("| `SYS_NULL` and `SYS_TICKS` | ").append(names(PreservedRegisters.LEAF)).append(" | ")
                .append(names(EnumSet.complementOf(EnumSet.copyOf(PreservedRegisters.LEAF)))).append(" |\n");
        text.append("| interrupt | all registers and flags | nothing |\n");
        text.append("| fault | all registers and flags, if its handler lets it go on; without a handler the process "
                + "ends | nothing |\n");
        text.append("""

                What has changed are results, zeros, or values of the thread's own: no register ever shows another
                thread's but for the words that it sent. Flags are the thread's own constant ones after a call: the
                arithmetic flags, DF, TF, NT and AC are clear. Segment registers and their bases are constant. A
                thread that has floating-point registers (`SYS_THREAD_FLOAT`) keeps all of them, MXCSR too, on every
                way; in any other thread instructions that use them fault. Nothing of XSAVE is there: AVX faults in
                all threads. `PreservedRegistersTest` and the user program `float` hold all of this on every way, in
                every variant.
                """);
    }

    private static void statuses(final StringBuilder text) {
        text.append("\n## Statuses\n\n| Value | Name | Returned by |\n|---|---|---|\n");
        for (final Constants.Entry entry : KernelAbi.statuses().entries()) {
            final int status = (int) entry.value();
            final String reason = SystemCalls.statusesOfNoCall().get(status);
            final String calls = SystemCalls.all().stream()
                    .filter(call -> call.errors().stream().anyMatch(failure -> failure.status() == status))
                    .map(call -> "`" + call.name() + "`")
                    .collect(Collectors.joining(" "));
            text.append("| ").append(status).append(" | `").append(entry.name()).append("` | ")
                    .append(entry.comment().isEmpty() ? "" : entry.comment() + ": ")
                    .append(reason == null ? calls : reason).append(" |\n");
        }
    }

    private static List<Constants.Entry> entries() {
        return Stream.of(KernelAbi.messages(), KernelAbi.limits())
                .flatMap(group -> group.entries().stream())
                .toList();
    }

    private static void constants(
            final StringBuilder text, final String title, final String prefix, final String sentence) {
        text.append("\n## ").append(title).append("\n\n").append(sentence).append("\n\n| Value | Name | Meaning |\n")
                .append("|---|---|---|\n");
        entries().stream().filter(entry -> entry.name().startsWith(prefix)).forEach(entry -> row(text, entry));
    }

    private static void limits(final StringBuilder text) {
        text.append("\n## Limits and other numbers\n\n| Value | Name | Meaning |\n|---|---|---|\n");
        entries().stream()
                .filter(entry -> !entry.name().startsWith("RIGHT_") && !entry.name().startsWith("TAG_"))
                .forEach(entry -> row(text, entry));
        KernelMemory.constants().entries().stream()
                .filter(entry -> entry.name().equals("USER_LIMIT"))
                .forEach(entry -> row(text, entry));
    }

    private static void row(final StringBuilder text, final Constants.Entry entry) {
        text.append("| ").append(entry.text()).append(" | `").append(entry.name()).append("` | ")
                .append(entry.comment()).append(" |\n");
    }

    private static void section(final StringBuilder text, final SystemCall call) {
        text.append("\n### ").append(call.constant()).append("\n\n").append(call.sentence()).append('\n');
        operands(text, "In", call.in());
        operands(text, "Out", call.out());
        final List<String> facts = new ArrayList<>();
        facts.add("**Rights.** " + call.rights());
        facts.add("**Waiting.** " + call.waiting());
        if (FAST.contains(call.number())) {
            facts.add("**Fast path.** Yes, [when all of this holds](#fast-paths).");
        }
        facts.addAll(call.remarks());
        text.append('\n').append(String.join("\n\n", facts)).append('\n');
        if (call.errors().isEmpty()) {
            return;
        }
        text.append("\n| Status | When |\n|---|---|\n");
        call.errors().forEach(failure -> text.append("| `").append(failure.name()).append("` | ")
                .append(failure.when()).append(" |\n"));
    }

    private static void operands(
            final StringBuilder text, final String title, final List<SystemCall.Operand> operands) {
        if (operands.isEmpty()) {
            return;
        }
        text.append("\n| ").append(title).append(" | Name | Meaning |\n|---|---|---|\n");
        operands.forEach(operand -> text.append("| ").append(names(operand.registers())).append(" | `")
                .append(operand.name()).append("` | ").append(operand.meaning()).append(" |\n"));
    }

    private static void fastPaths(final StringBuilder text) {
        text.append("""

                ## Fast paths

                `SYS_CALL`, `SYS_REPLY_RECV` and `SYS_SIGNAL` have a fast path each, in assembly and generated. It asks
                all of this before its first store, and when one thing is otherwise the general path does the whole
                call, with the same outcome. The first column is the list of seL4's fast paths on x86-64.
                """);
        checks(text, "SYS_CALL", FastPathChecks.CALL);
        checks(text, "SYS_REPLY_RECV", FastPathChecks.REPLY_RECV);
        checks(text, "SYS_SIGNAL", FastPathChecks.SIGNAL);
    }

    private static void checks(final StringBuilder text, final String call, final List<FastPathChecks.Check> checks) {
        text.append("\n| `").append(call).append("`: seL4 asks whether | Bantam asks whether | Why that is enough |\n")
                .append("|---|---|---|\n");
        checks.forEach(check -> text.append("| ").append(check.sel4()).append(" | ")
                .append(check.ours().isEmpty() ? "nothing" : check.ours()).append(" | ")
                .append(check.reason()).append(" |\n"));
    }
}
