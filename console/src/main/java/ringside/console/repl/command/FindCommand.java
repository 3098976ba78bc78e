package ringside.console.repl.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ringside.console.repl.guest.RefusedException;

/** {@code find}. */
@Command(name = "find",
    header = "Search memory.",
    customSynopsis = "find [-p] FROM LENGTH VALUE | \"TEXT\" | hex BYTES",
    description = {"",
        "FROM and LENGTH are words without blanks. VALUE is looked for as 8 bytes, TEXT as it is "
            + "written, BYTES as pairs of hexadecimal digits. With -p the addresses are physical. Shows the "
            + "first 100 places."},
    footer = {"", "Examples:",
        "  find 0x400000 0x10000 \"hello\"",
        "  find -p 0 64*1024*1024 hex 0f05",
        "  find rsp 256 0x401000"})
final class FindCommand extends DeskCommand {
    private static final int PIECE = 4096;
    private static final int MOST_PLACES = 100;
    private static final long MOST_BYTES = 2L << 30;

    @Parameters(arity = "0..*", paramLabel = "WORD", hidden = true)
    private List<String> words;

    @Override
    public void run() {
        final List<String> left = new ArrayList<>(words == null ? List.of() : words);
        final boolean physical = left.remove("-p");
        if (left.size() < 3) {
            throw new RefusedException("find FROM LENGTH WHAT: 'help find' tells");
        }
        final long from = guest().value(left.removeFirst());
        final long length = guest().value(left.removeFirst());
        if (length < 1 || length > MOST_BYTES) {
            throw new RefusedException("from 1 to " + MOST_BYTES + " bytes: " + length);
        }
        final byte[] wanted = wanted(left);
        int found = 0;
        long at = from;
        while (at - from < length && found < MOST_PLACES) {
            final int piece = (int) Math.min(PIECE + wanted.length - 1L, length - (at - from));
            final byte[] content = guest().memory().read(at, piece, physical);
            for (int i = 0; i + wanted.length <= content.length && i < PIECE && found < MOST_PLACES; i++) {
                if (Arrays.mismatch(content, i, i + wanted.length, wanted, 0, wanted.length) < 0) {
                    say(physical ? "0x" + Long.toHexString(at + i) : guest().named(at + i));
                    found++;
                }
            }
            at += content.length < piece ? Math.max(1, PIECE - Math.floorMod(at, PIECE)) : PIECE;
        }
        say(found == 0 ? "not found" : found == MOST_PLACES ? "the first " + found : found + " found");
    }

    private byte[] wanted(final List<String> left) {
        if ("hex".equals(left.getFirst())) {
            final String digits = String.join("", left.subList(1, left.size()));
            if (!digits.matches("([0-9a-fA-F]{2}){1,256}")) {
                throw new RefusedException("bytes are pairs of hexadecimal digits, at most 256: " + digits);
            }
            return HexFormat.of().parseHex(digits);
        }
        final String text = joined(left);
        if (text.startsWith("\"")) {
            final byte[] bytes = unquoted(text).getBytes(StandardCharsets.UTF_8);
            if (bytes.length == 0) {
                throw new RefusedException("an empty text is everywhere");
            }
            return bytes;
        }
        final long value = guest().value(text);
        final byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> Byte.SIZE * i);
        }
        return bytes;
    }
}
