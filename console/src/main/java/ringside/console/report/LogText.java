package ringside.console.report;

import java.util.List;
import java.util.stream.Collectors;
import ringside.toolchain.image.PlainName;

/**
 * Text for terminals and logs of build services, which anybody's names are in. Services of the kind of GitHub Actions
 * take a line that begins with two colons for a command, and what stands behind {@code ##[} at any place of one.
 */
public final class LogText {
    private static final String COMMAND = "::";
    private static final String OLD_COMMAND = "##[";

    private LogText() {
    }

    /** {@return a line that is no command to whoever shows it, of the same width} */
    public static String line(final String text) {
        final String plain = PlainName.of(text).replace(OLD_COMMAND, "#?[");
        return plain.stripLeading().startsWith(COMMAND) ? plain.replaceFirst(COMMAND, "?:") : plain;
    }

    /** {@return lines that are no commands, each ending in a line feed} */
    public static String lines(final List<String> texts) {
        return texts.stream().map(text -> line(text).stripTrailing() + "\n").collect(Collectors.joining());
    }
}
