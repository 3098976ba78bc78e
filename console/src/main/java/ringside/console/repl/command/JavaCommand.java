package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Summary;
import ringside.console.repl.snippet.SnippetException;
import ringside.console.verify.SmallFile;

/** {@code java}. */
@Command(name = "java", aliases = "jshell",
    header = "Run Java, with the machine in scope.",
    customSynopsis = "java SNIPPET | FILE.java",
    description = {"",
        "A snippet is what the JDK's JShell takes: an expression, a statement, a declaration that later "
            + "snippets know; a file has as many as you like, and is relative to the script that names it. In "
            + "scope are machine (registers and memory, to look at), timeline (moves, conditions, edits) and "
            + "console: console.run(\"stepi\") does a command and returns what it says, console.value(\"rdi+8\") "
            + "and console.symbol(ADDRESS). What is printed and what is thrown is shown; an exception fails a "
            + "script. What ends a process ends the snippet alone, ^C stops it; one that hangs in "
            + "code that does not hear of it is left alone after two seconds, and its declarations are forgotten. It "
            + "is your own code, with all that you may do on this computer."},
    footer = {"", "Examples:",
        "  java machine.instructions()",
        "  java long sum = 0;",
        "  java for (int i = 0; i < 9; i++) { console.run(\"stepi\"); sum += console.value(\"rax\"); }",
        "  java sum",
        "  jshell walk.java"})
final class JavaCommand extends DeskCommand {
    private static final int MOST_BYTES = 1 << 20;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        desk().requireHost("Java of one's own is");
        final String text = rest();
        if (text.isEmpty()) {
            throw new RefusedException("java what? 'help java' tells");
        }
        final boolean isFile = text.endsWith(".java") && text.indexOf(' ') < 0;
        final String source = isFile
            ? SmallFile.read(desk().interpreter().beside(desk().file(unquoted(text))), MOST_BYTES) : text;
        final long step = guest().machine().steps();
        final long known = guest().timeline().farthest();
        try {
            desk().snippets().run(source, desk()::takeInterrupt);
        } catch (final SnippetException failed) {
            if (failed.ran()) {
                throw new FailedExpectationException(failed.getMessage());
            }
            throw new RefusedException(failed.getMessage());
        } finally {
            // It may have changed what comes behind another place than this, and gone there.
            desk().rings().forget();
            if (guest().timeline().farthest() < known) {
                desk().edited();
            }
            if (guest().machine().steps() != step) {
                guest().select(guest().timeline().nextCpu());
                desk().out().print(Summary.news(guest()) + desk().summary());
            }
        }
    }
}
