package ringside.console.repl.command;

import java.util.Locale;
import java.util.Optional;
import ringside.console.repl.stop.EventType;
import ringside.emulator.event.EventKind;
import ringside.kernel.abi.SystemCall;
import ringside.kernel.abi.SystemCalls;

/** Bantam's system calls by name. */
final class BantamNames {
    private BantamNames() {
    }

    /** {@return the number of a system call, where an event is one and the text its name} */
    static Optional<Long> systemCall(final EventType type, final String text) {
        if (type.kind() != EventKind.SYSCALL) {
            return Optional.empty();
        }
        final String name = text.toUpperCase(Locale.ROOT).replace('-', '_').replaceFirst("^SYS_", "");
        return SystemCalls.all().stream().filter(call -> call.name().equals(name)).findFirst()
            .map(SystemCall::number).map(Long::valueOf);
    }
}
