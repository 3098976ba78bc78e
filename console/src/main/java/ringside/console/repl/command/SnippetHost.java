package ringside.console.repl.command;

import ringside.console.repl.snippet.Console;
import ringside.emulator.travel.Timeline;

/** A desk as snippets of Java have it. */
final class SnippetHost implements Console.Host {
    private final Desk desk;

    SnippetHost(final Desk desk) {
        this.desk = desk;
    }

    @Override
    public Timeline timeline() {
        return desk.guest().timeline();
    }

    @Override
    public String execute(final String line) {
        return desk.out().aside(() -> desk.interpreter().execute(line));
    }

    @Override
    public long value(final String expression) {
        return desk.guest().value(expression);
    }

    @Override
    public String symbol(final long address) {
        return desk.guest().symbol(address);
    }

    @Override
    public void say(final String text) {
        desk.out().print(text);
    }
}
