package ringside.console.repl.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code expect}. */
@Command(name = "expect",
    header = "Fail unless something is so.",
    customSynopsis = {"expect [not] [console] \"TEXT\" | /REGEX/",
        "expect [not] stop REASON",
        "expect [not] EXPR"},
    description = {"",
        "\"TEXT\" and /REGEX/: what the last command said holds it. console: what the guest said on "
            + "COM1 before this place holds it. stop: why the last way ended: breakpoint, watchpoint, "
            + "event, console, count, until, finish, step, end, start or interrupt, or breakpoint N. EXPR: "
            + "it is not 0. With not in front the opposite. In a script a failure ends it, with exit code "
            + "1."},
    footer = {"", "Examples:",
        "  expect \"breakpoint 1\"",
        "  expect /rax +0x0*2a/",
        "  expect console \"hello\"",
        "  expect stop end",
        "  expect rax == 42",
        "  expect not console \"panic\""})
final class ExpectCommand extends DeskCommand {
    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        new Expectation(desk()).check(required("expect", words));
    }

    @Override
    boolean speaks() {
        return false;
    }
}
