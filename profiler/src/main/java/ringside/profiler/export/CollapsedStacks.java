package ringside.profiler.export;

import java.util.Map;
import java.util.TreeMap;
import ringside.emulator.state.OwnFile;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CodeProfile;

/** One line a chain of calls: names, outermost first, joined by semicolons, then the chain's own cycles. */
public final class CollapsedStacks {
    private CollapsedStacks() {
    }

    /**
     * {@return the file's text}
     *
     * @param profile with calls
     */
    public static String of(final CodeProfile profile) {
        final Map<String, Long> chains = new TreeMap<>();
        profile.tree().orElseThrow().children().forEach(node -> chain(node, "", chains));
        final StringBuilder text = new StringBuilder();
        chains.forEach((chain, cycles) -> text.append(chain).append(' ').append(cycles).append('\n'));
        return text.toString();
    }

    /**
     * {@return whether bytes are the first ones of such a file, or all} The format has no place for who wrote it: lines
     * that are all a chain and a number, in the order in which they are written here, are one.
     *
     * @param head of any file
     */
    public static boolean isOne(final byte[] head) {
        final String text = OwnFile.text(head);
        final int end = text.lastIndexOf('\n');
        String before = "";
        for (final String line : text.substring(0, Math.max(0, end)).split("\n")) {
            final int space = line.lastIndexOf(' ');
            if (space <= 0 || line.substring(0, space).compareTo(before) <= 0
                    || !line.substring(space + 1).matches("[1-9][0-9]*")) {
                return false;
            }
            before = line.substring(0, space);
        }
        return end + 1 == text.length() || head.length == OwnFile.HEAD;
    }

    private static void chain(final CallNode node, final String above, final Map<String, Long> chains) {
        final String chain = above + ProfiledGuest.plain(node.name()).replace(';', ':');
        if (node.cycles() > 0) {
            chains.merge(chain, node.cycles(), Long::sum);
        }
        node.children().forEach(child -> chain(child, chain + ";", chains));
    }
}
