package ringside.console.cli;

import picocli.CommandLine;
import ringside.console.repl.Session;
import ringside.fastpath.experiment.Variant;

/** Boots what options of {@code run} say, for programs that have no command line. */
public final class BootArguments {
    private BootArguments() {
    }

    /**
     * Boots a guest; nothing has happened yet.
     *
     * @param arguments as {@code run} takes them: an image, or none for Bantam, and options
     * @return a session; its owner closes it
     * @throws IllegalArgumentException when they are wrong, with the reason
     */
    public static Session session(final String... arguments) {
        final GuestOptions options = new GuestOptions();
        final CommandLine line = new CommandLine(new Bare(options));
        line.registerConverter(Variant.class, Bantam::variant);
        try {
            line.parseArgs(arguments);
            return Session.open(options.config(), options.image(), options.sources());
        } catch (final CommandLine.ParameterException | WrongUseException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    /** A command of nothing but these options. */
    @CommandLine.Command
    private static final class Bare {
        @CommandLine.Mixin
        private final GuestOptions options;

        Bare(final GuestOptions options) {
            this.options = options;
        }
    }
}
