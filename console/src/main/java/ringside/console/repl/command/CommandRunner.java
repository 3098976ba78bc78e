package ringside.console.repl.command;

import ringside.console.repl.guest.RefusedException;

/** Does what lines say, and keeps what they said. */
public final class CommandRunner {
    /** The longest line, characters. */
    public static final int LONGEST = 4000;
    private static final int DEEPEST = 16;

    private final Desk desk;
    private int depth;

    /**
     * Makes a runner.
     *
     * @param desk at which commands work
     */
    public CommandRunner(final Desk desk) {
        this.desk = desk;
    }

    /**
     * Does what a line says; an empty one what a step-like one before it said.
     *
     * @param line of a person or a script
     * @return the line that was done; empty where there was nothing to do
     * @throws ringside.console.repl.guest.RefusedException when it cannot be done
     * @throws FailedExpectationException when something is not as expected
     */
    public String line(final String line) {
        final String plain = line.strip();
        final String what = plain.isEmpty() ? desk.again() : plain;
        if (what.isEmpty() || what.startsWith("#")) {
            return "";
        }
        desk.again("");
        final int mark = desk.out().mark();
        final CommandTable.Nature nature = nested(what);
        if (nature.speaks()) {
            desk.lastOutput(desk.out().since(mark));
        }
        if (nature.repeats()) {
            desk.again(what.split("\\s+")[0]);
        }
        return what;
    }

    /**
     * Does what a command of a command says.
     *
     * @param line not blank
     */
    public void inner(final String line) {
        nested(line.strip());
    }

    private CommandTable.Nature nested(final String line) {
        if (line.length() > LONGEST) {
            throw new RefusedException("a line has at most " + LONGEST
                + " characters: length=" + line.length());
        }
        if (depth == DEEPEST) {
            throw new RefusedException("commands of commands are nested too deeply");
        }
        depth++;
        try {
            return CommandTable.perform(desk, line);
        } finally {
            depth--;
        }
    }
}
