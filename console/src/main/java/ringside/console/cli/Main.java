package ringside.console.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import ringside.fastpath.experiment.Variant;

/** The process: arguments in, exit code out. */
public final class Main {
    private Main() {
    }

    /**
     * Runs a command and ends the process.
     *
     * @param arguments the command and its options
     */
    public static void main(final String[] arguments) {
        System.exit(run(Terminal.ofProcess(System.getProperties(), System.getenv()), arguments));
    }

    /**
     * Runs a command. Never throws: every failure becomes a message on the terminal's {@code err} and a code.
     *
     * @param terminal  where to write; flushed before the return
     * @param arguments the command and its options
     * @return an {@link ExitStatus} code
     */
    public static int run(final Terminal terminal, final String... arguments) {
        final CommandLine line = new CommandLine(new RingsideCommand(terminal));
        line.setOut(new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(terminal.err(), StandardCharsets.UTF_8), true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF));
        line.setExecutionStrategy(Main::execute);
        line.setParameterExceptionHandler((failure, ignored) -> refuse(terminal, failure));
        line.setExecutionExceptionHandler((failure, ignored, result) -> Failures.report(terminal, failure).code());
        line.registerConverter(Variant.class, Bantam::variant);
        final int code = line.execute(arguments);
        final boolean lost = terminal.out().checkError()
            && !(terminal.out() instanceof ResultStream results && results.isClosedByReader());
        if (lost) {
            terminal.err().println("ringside: standard output: not all of the result could be written");
        }
        terminal.err().flush();
        return lost && code == ExitStatus.FINE.code() ? ExitStatus.HOST_FAULT.code() : code;
    }

    /** A wish for help does not make a command of a word that is none. */
    private static int execute(final ParseResult words) {
        if (!words.unmatched().isEmpty()) {
            throw new UnmatchedArgumentException(words.commandSpec().commandLine(), words.unmatched());
        }
        return new CommandLine.RunLast().execute(words);
    }

    private static int refuse(final Terminal terminal, final ParameterException failure) {
        final CommandLine line = failure.getCommandLine();
        terminal.err().println("ringside: " + Failures.oneLine(failure.getMessage()).replaceFirst("^Error: ", ""));
        UnmatchedArgumentException.printSuggestions(failure, line.getErr());
        terminal.err().println("Try '" + line.getCommandSpec().qualifiedName(" ") + " --help'.");
        return ExitStatus.WRONG_USE.code();
    }
}
