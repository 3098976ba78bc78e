package ringside.console.repl.command;

import java.util.Optional;
import ringside.console.repl.guest.Code;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.Places;
import ringside.console.repl.guest.RefusedException;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.SourceLine;

/** A stretch of a guest's code with the source lines above the instructions that they made. */
final class CodeListing {
    private static final int MOST_BYTES = 1 << 16;
    private static final int OTHERWISE = 64;

    private final Desk desk;
    private final Guest guest;

    CodeListing(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
    }

    /** Shows what a text names. */
    void show(final String what) {
        final int dots = what.indexOf("..");
        final Places places = new Places(guest);
        if (dots >= 0) {
            final long from = places.of(what.substring(0, dots)).addresses().getFirst();
            show(from, places.of(what.substring(dots + 2)).addresses().getFirst());
            return;
        }
        final long place = what.isEmpty() ? guest.pc()
            : places.of(what).addresses().getFirst();
        final Optional<ImageSymbol> routine = guest.image().symbols().at(place).filter(symbol -> symbol.size() > 0);
        if (routine.isPresent()) {
            desk.out().println(routine.get().name() + ":");
            show(routine.get().address(), routine.get().address() + routine.get().size());
        } else {
            show(place, place + OTHERWISE);
        }
    }

    private void show(final long from, final long to) {
        if (to - from <= 0 || to - from > MOST_BYTES) {
            throw new RefusedException("a range goes upwards and holds at most " + MOST_BYTES + " bytes");
        }
        final long rip = guest.pc();
        Optional<SourceLine> above = Optional.empty();
        long at = from;
        while (at - to < 0) {
            final Optional<Code.Line> code = guest.code().at(at);
            if (code.isEmpty()) {
                if (at == from) {
                    throw new RefusedException("nothing is mapped at 0x" + Long.toHexString(at));
                }
                desk.out().println("  " + Long.toHexString(at) + "  (nothing is mapped here)");
                return;
            }
            final Optional<SourceLine> line = guest.code().line(at);
            if (line.isPresent() && !line.equals(above)) {
                desk.out().println("; " + line.get() + guest.texts().text(line.get()).map(text -> "  "
                    + text.replaceAll("\\s+", " ")).orElse(""));
            }
            above = line;
            desk.out().println((at == rip ? "=>" : "  ") + Long.toHexString(at) + "  " + code.get().whole());
            at += code.get().length();
        }
    }
}
