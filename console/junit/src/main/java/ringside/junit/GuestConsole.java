package ringside.junit;

import ringside.console.repl.CommandResult;
import ringside.console.repl.Session;

/** The console of a test's guest: commands as a person types them, {@code expect} among them. */
public final class GuestConsole {
    private final Session session;

    GuestConsole(final Session session) {
        this.session = session;
    }

    /**
     * Does what a line says.
     *
     * @param line a command
     * @return what it prints
     * @throws AssertionError when it is refused, or an expectation fails
     */
    public String execute(final String line) {
        final CommandResult result = session.execute(line);
        if (!result.ok()) {
            throw new AssertionError(line + ": " + result.problem());
        }
        return result.text();
    }
}
