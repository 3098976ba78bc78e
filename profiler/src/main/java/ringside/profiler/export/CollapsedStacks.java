package ringside.profiler.export;

import java.util.Map;
import java.util.TreeMap;
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

    private static void chain(final CallNode node, final String above, final Map<String, Long> chains) {
        final String chain = above + ProfiledGuest.plain(node.name()).replace(';', ':');
        if (node.cycles() > 0) {
            chains.merge(chain, node.cycles(), Long::sum);
        }
        node.children().forEach(child -> chain(child, chain + ";", chains));
    }
}
