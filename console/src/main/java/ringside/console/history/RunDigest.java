package ringside.console.history;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A run's hash, which is kept beside it: a database whose numbers are others than were appended is damaged. */
final class RunDigest {
    private final MessageDigest hash;

    private RunDigest() {
        try {
            hash = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /**
     * {@return the hash, 64 digits}
     *
     * @param run      all of it but its number
     * @param number   that it has
     * @param previous hash of the run before it, empty for the first
     */
    static String of(final PastRun run, final long number, final String previous) {
        final RunDigest digest = new RunDigest();
        digest.add(previous, String.valueOf(number), run.gate(), run.title(), run.revision(), run.time(),
            run.program(), String.valueOf(run.shut()));
        run.models().forEach((name, id) -> digest.add("model", name, id));
        run.subjects().forEach(one ->
            digest.add("subject", one.kind(), one.name(), one.sha256(), one.parameters()));
        run.numbers().forEach((series, value) ->
            digest.add("number", series.path(), series.metric(), String.valueOf(value)));
        return HexFormat.of().formatHex(digest.hash.digest());
    }

    private void add(final String... texts) {
        for (final String text : texts) {
            final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            hash.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            hash.update(bytes);
        }
    }
}
