package ringside.console.repl.past;

/** What threads wait for, in words: marks {@code block_REASON}. */
final class Waits {
    /** How their kinds begin. */
    static final String PREFIX = "block_";

    private Waits() {
    }

    static String text(final Told told, final Names names) {
        final String at = names.number(told.second());
        return switch (told.kind()) {
            case "block_receive" -> "waits to receive at " + at;
            case "block_send" -> "waits to send to " + at;
            case "block_call" -> "waits to call " + at;
            case "block_reply" -> "waits for the answer of " + names.thread(told.second());
            case "block_signal" -> "waits for a signal at " + at;
            case "block_sleep" -> "sleeps until tick " + told.second();
            case "block_futex" -> "waits at a word, memory " + at + " +" + names.number(told.third());
            default -> "waits: " + told.kind().substring(PREFIX.length()) + " " + at;
        };
    }
}
