package ringside.console.repl.command;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.ObjectSymbol;

/** Symbols for people. */
final class SymbolText {
    private static final int MOST = 50;

    private final Desk desk;
    private final Guest guest;

    SymbolText(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
    }

    /** Shows the symbol of a name, those whose names hold a text, or what an address belongs to. */
    void show(final String text) {
        final Optional<ImageSymbol> named = guest.image().symbols().byName(text);
        if (named.isPresent()) {
            desk.out().println(line(named.get()));
            return;
        }
        final String wanted = text.toLowerCase(Locale.ROOT);
        final List<ImageSymbol> similar = guest.image().symbols().all().stream()
            .filter(symbol -> symbol.kind() != ObjectSymbol.Kind.PROBE)
            .filter(symbol -> symbol.name().toLowerCase(Locale.ROOT).contains(wanted)).toList();
        if (!similar.isEmpty()) {
            similar.stream().limit(MOST).forEach(symbol -> desk.out().println(line(symbol)));
            if (similar.size() > MOST) {
                desk.out().println("... and " + (similar.size() - MOST) + " more");
            }
            return;
        }
        final long address = guest.value(text);
        final Optional<ImageSymbol> at = guest.image().symbols().at(address);
        if (at.isEmpty()) {
            throw new RefusedException("0x" + Long.toHexString(address) + " belongs to no symbol");
        }
        desk.out().println(guest.named(address) + ", of " + line(at.get()));
    }

    private static String line(final ImageSymbol symbol) {
        return String.format("0x%016x  %6d  %-8s %s", symbol.address(), symbol.size(),
            symbol.kind().name().toLowerCase(Locale.ROOT), symbol.name());
    }
}
