package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.RegisterView;
import ringside.console.repl.guest.Registers;
import ringside.console.repl.stop.Breakpoint;
import ringside.console.repl.stop.CodeIn;
import ringside.console.repl.stop.CodeOn;
import ringside.console.repl.stop.RegisterWritten;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.travel.MemoryWritten;

/** Reads which memory is meant: {@code [-p] EXPR [SIZE]}, and what may stand behind it. */
final class WatchParser {
    private static final int MOST_BYTES = 4096;
    private static final Set<CpuRegister> ALWAYS = EnumSet.of(CpuRegister.RIP, CpuRegister.RFLAGS, CpuRegister.CPL);

    private final Desk desk;
    private final Guest guest;

    WatchParser(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
    }

    /**
     * Some memory.
     *
     * @param text     as it was named
     * @param physical first byte
     * @param bytes    how many
     */
    record Range(String text, long physical, int bytes) {
    }

    /** {@return the memory that words name} */
    Range range(final String command, final List<String> words) {
        final List<String> left = new ArrayList<>(words == null ? List.of() : words);
        final boolean physical = left.remove("-p");
        if (left.isEmpty()) {
            throw new RefusedException(command + " what? 'help " + command + "' tells");
        }
        long bytes = Long.BYTES;
        String text = String.join(" ", left);
        if (left.size() > 1 && left.getLast().matches("\\d{1,5}|0x[0-9a-f]{1,4}")
                && isExpression(String.join(" ", left.subList(0, left.size() - 1)))) {
            bytes = guest.value(left.removeLast());
            text = String.join(" ", left);
        }
        if (bytes < 1 || bytes > MOST_BYTES) {
            throw new RefusedException("from 1 to " + MOST_BYTES + " bytes: " + bytes);
        }
        final long address = guest.value(text);
        final long first = physical ? address : guest.translate(address);
        if (!physical && bytes > 1 && guest.translate(address + bytes - 1) != first + bytes - 1) {
            throw new RefusedException("these bytes are in pages that do not lie side by side in RAM: name one page");
        }
        if (first < 0 || first > guest.memory().size() - bytes) {
            throw new RefusedException("not in RAM: 0x" + Long.toHexString(first));
        }
        final String name = guest.symbol(address);
        return new Range(physical ? "physical 0x" + Long.toHexString(first)
            : name.isEmpty() || name.equals(text) ? text : text + " <" + name + ">", first, (int) bytes);
    }

    private static boolean isExpression(final String text) {
        try {
            Expression.of(text);
            return true;
        } catch (final ExpressionException none) {
            return false;
        }
    }

    /** Adds a watchpoint on accesses of some kinds, or without any on execution, and says so. */
    void add(final String command, final List<String> words, final Set<EventKind> kinds) {
        final List<String> left = new ArrayList<>(words == null ? List.of() : words);
        Optional<Expression> filter = Optional.empty();
        final int at = left.indexOf("if");
        if (at >= 0) {
            filter = Optional.of(Expression.of(String.join(" ", left.subList(at + 1, left.size()))));
            left.subList(at, left.size()).clear();
        }
        int ignored = 0;
        if (left.size() > 2 && "ignore".equals(left.get(left.size() - 2))) {
            final long value = guest.value(left.removeLast());
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new RefusedException("ignore " + value + ": from 0 to " + Integer.MAX_VALUE);
            }
            ignored = (int) value;
            left.removeLast();
        }
        if (left.size() == 1 && left.getFirst().startsWith("$")) {
            final Optional<RegisterView> register = RegisterView.named(left.getFirst());
            if (register.isPresent()) {
                final Breakpoint added = desk.breakpoints().add(register(command, left.getFirst(), register.get(),
                    filter));
                added.ignore(ignored);
                desk.out().println(BreakText.added(guest, added));
                return;
            }
        }
        final Range range = range(command, left);
        final Breakpoint added = desk.breakpoints().add(new Breakpoint.Spec(
            kinds.isEmpty() ? Breakpoint.Kind.CODE : Breakpoint.Kind.WATCH,
            ("watch".equals(command) ? "" : command + " ") + range.text(),
            kinds.isEmpty() ? new CodeIn(guest.machine(), range.physical(), range.bytes(), CodeOn.ANY)
                : new MemoryWritten(range.physical(), range.bytes(), kinds), filter, OptionalLong.empty(),
            Optional.of(new Breakpoint.Watched(range.physical(), range.bytes())), false));
        added.ignore(ignored);
        desk.out().println(BreakText.added(guest, added));
    }

    private Breakpoint.Spec register(final String command, final String name, final RegisterView register,
            final Optional<Expression> filter) {
        if (!"watch".equals(command)) {
            throw new RefusedException("that a register is read is not seen: 'watch " + name + "' stops where it "
                + "changes, '" + command + " " + name.substring(1) + "' where the memory at its value is read");
        }
        if (Registers.named(name).map(Registers.Part::register).filter(ALWAYS::contains).isPresent()) {
            throw new RefusedException(name + " is another at nearly every instruction: 'stepi', or 'break ... if'");
        }
        return new Breakpoint.Spec(Breakpoint.Kind.WATCH, name + (guest.cpus() > 1 ? " of cpu " + guest.cpu() : ""),
            new RegisterWritten(guest.machine(), guest.cpu(), register), filter, OptionalLong.empty(), Optional.empty(),
            false);
    }
}
