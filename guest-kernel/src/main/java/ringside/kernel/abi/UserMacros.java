package ringside.kernel.abi;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The include file with a macro a system call, for user programs in assembly. */
final class UserMacros {
    private static final String HEAD = """
            ; Generated from ringside.kernel.abi.SystemCalls - do not edit.
            ; One macro a system call. Arguments are numbers, registers or words in memory, and are moved in order: none
            ; may come from a register that an earlier one goes to. The words of a message are not arguments, they are
            ; put into their registers before. Needs abi/calls.inc; a call loses what KernelAbi does not preserve.
            """;

    private UserMacros() {
    }

    static String text() {
        return HEAD + SystemCalls.all().stream().map(UserMacros::macro).collect(Collectors.joining());
    }

    private static String macro(final SystemCall call) {
        final List<SystemCall.Operand> arguments = call.in().stream()
                .filter(operand -> operand.registers().size() == 1)
                .toList();
        final String names = arguments.stream().map(SystemCall.Operand::name).collect(Collectors.joining(", "));
        final String moves = IntStream.range(0, arguments.size())
                .mapToObj(i -> String.format(Locale.ROOT, "        mov     %s, %%%s\n",
                        arguments.get(i).registerText(), arguments.get(i).name()))
                .collect(Collectors.joining());
        return "\n; " + call.sentence().replace("`", "") + "\n%macro CALL_" + call.name()
                + (names.isEmpty() ? "" : " " + names) + "\n" + moves
                + "        mov     eax, " + call.constant() + "\n        syscall\n%endmacro\n";
    }
}
