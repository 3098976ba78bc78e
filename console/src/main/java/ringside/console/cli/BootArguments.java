package ringside.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import ringside.console.repl.Session;
import ringside.fastpath.experiment.Variant;

/** Boots what options of {@code run} say, for programs that have no command line. */
public final class BootArguments {
    private BootArguments() {
    }

    /**
     * A guest that was booted.
     *
     * @param session with it; its owner closes it
     * @param image   the image's file; empty for one that Ringside builds
     * @param options by which the machine is made again
     */
    public record Booted(Session session, Optional<Path> image, List<String> options) {
        /** Copies the list. */
        public Booted {
            options = List.copyOf(options);
        }

        /**
         * Keeps the machine as it is in a snapshot file, and the way there in a trace. Files of another kind stay.
         *
         * @param directory where to; made where it is missing
         * @param name      of both files, without what tells their kinds
         * @return where they are and how to look at them, or why they are not there, line by line
         */
        public List<String> keep(final Path directory, final String name) {
            final KeptRun kept = new KeptRun(directory, new OutputFile(), image, options);
            try {
                kept.require("keep", List.of(name));
            } catch (final WrongUseException refused) {
                return List.of("at " + session.desk().guest().timeline().position() + "; nothing is kept: "
                    + refused.getMessage());
            }
            return kept.keep(session, name);
        }
    }

    /**
     * Boots a guest; nothing has happened yet.
     *
     * @param arguments as {@code run} takes them: an image, or none for Bantam, and options
     * @return a session; its owner closes it
     * @throws IllegalArgumentException when they are wrong, with the reason
     */
    public static Session session(final String... arguments) {
        return boot(arguments).session();
    }

    /**
     * Boots a guest that can be kept; nothing has happened yet.
     *
     * @param arguments as {@code run} takes them: an image, or none for Bantam, and options
     * @return the guest; its owner closes its session
     * @throws IllegalArgumentException when they are wrong, with the reason
     */
    public static Booted boot(final String... arguments) {
        final GuestOptions options = new GuestOptions();
        final CommandLine line = new CommandLine(new Bare(options));
        line.registerConverter(Variant.class, Bantam::variant);
        try {
            final CommandLine.ParseResult parsed = line.parseArgs(arguments);
            return new Booted(Session.open(options.config(), options.image(), options.sources()), options.file(),
                GuestLine.of(parsed));
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
