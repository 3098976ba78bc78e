package ringside.profiler.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;
import ringside.toolchain.image.SourceLine;

/**
 * Callgrind's format, version 1: for callgrind_annotate and KCachegrind. Costs by instruction and source line, calls
 * with what they cost inclusively.
 *
 * <p>What is no routine, such as a system call or idle time, is a function whose name is in brackets.
 */
public final class CallgrindFile {
    private static final String NO_FILE = "???";

    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> functions = new HashMap<>();
    private final Map<String, Integer> files = new HashMap<>();
    private final ProfiledGuest guest;

    private CallgrindFile(final ProfiledGuest guest) {
        this.guest = guest;
    }

    /** One call: from where, of what. */
    private record Call(long site, String callee) implements Comparable<Call> {
        @Override
        public int compareTo(final Call other) {
            final int bySite = Long.compareUnsigned(site, other.site);
            return bySite != 0 ? bySite : callee.compareTo(other.callee);
        }
    }

    /**
     * {@return the file's text}
     *
     * @param profile with calls
     * @param guest   what ran
     */
    public static String of(final CodeProfile profile, final ProfiledGuest guest) {
        return new CallgrindFile(guest).write(profile);
    }

    private String write(final CodeProfile profile) {
        text.append("# callgrind format\nversion: 1\ncreator: ringside ").append(guest.version())
            .append("\ncmd: ").append(guest.title())
            .append("\ndesc: Instructions: retired, exact\ndesc: Cycles: of the cycle model ").append(profile.model())
            .append("\npositions: instr line\nevents: Instructions Cycles\nsummary: ")
            .append(profile.totalInstructions()).append(' ').append(profile.totalCycles()).append('\n');
        final Map<String, List<InstructionCost>> routines = new TreeMap<>();
        profile.addresses().forEach(cost -> routines.computeIfAbsent(cost.routine(), _ -> new ArrayList<>()).add(cost));
        final Map<String, Map<Call, long[]>> calls = new TreeMap<>();
        profile.tree().ifPresent(root -> root.children().forEach(node -> collect(node, calls)));
        final Map<String, Long> others = new TreeMap<>();
        for (final Share delivery : profile.tables().deliveries()) {
            others.merge(delivery.name(), delivery.cycles(), Long::sum);
        }
        if (profile.idleCycles() > 0) {
            others.put("[idle]", profile.idleCycles());
        }
        calls.keySet().stream().filter(name -> !routines.containsKey(name))
            .forEach(name -> others.putIfAbsent(name, 0L));
        final Map<String, InstructionCost> first = new HashMap<>();
        routines.forEach((name, costs) -> first.put(name, costs.getFirst()));
        routines.forEach((name, costs) -> {
            function(name, line(costs.getFirst().address()));
            String file = file(line(costs.getFirst().address()));
            for (final InstructionCost cost : costs) {
                file = change(file, line(cost.address()));
                position(cost.address());
                text.append(' ').append(cost.executions()).append(' ').append(cost.cycles()).append('\n');
            }
            calls(calls.getOrDefault(name, Map.of()), first, file);
        });
        others.forEach((name, cycles) -> {
            function(name, Optional.empty());
            text.append("0x0 0 0 ").append(cycles).append('\n');
            calls(calls.getOrDefault(name, Map.of()), first, NO_FILE);
        });
        return text.append("\ntotals: ").append(profile.totalInstructions()).append(' ').append(profile.totalCycles())
            .append('\n').toString();
    }

    private static void collect(final CallNode node, final Map<String, Map<Call, long[]>> calls) {
        for (final CallNode child : node.children()) {
            final long[] sum = calls.computeIfAbsent(node.name(), _ -> new TreeMap<>())
                .computeIfAbsent(new Call(child.site(), child.name()), _ -> new long[3]);
            sum[0] += child.calls();
            sum[1] += child.totalInstructions();
            sum[2] += child.totalCycles();
            collect(child, calls);
        }
    }

    private void calls(final Map<Call, long[]> calls, final Map<String, InstructionCost> first, final String in) {
        String file = in;
        for (final Map.Entry<Call, long[]> call : calls.entrySet()) {
            final long site = call.getKey().site();
            final InstructionCost target = first.get(call.getKey().callee());
            file = change(file, line(site));
            text.append("cfi=").append(name(file(target == null ? Optional.empty() : line(target.address())), files))
                .append("\ncfn=").append(name(call.getKey().callee(), functions)).append("\ncalls=")
                .append(call.getValue()[0]).append(' ');
            position(target == null ? 0 : target.address());
            text.append('\n');
            position(site);
            text.append(' ').append(call.getValue()[1]).append(' ').append(call.getValue()[2]).append('\n');
        }
    }

    private void function(final String name, final Optional<SourceLine> line) {
        text.append("\nfl=").append(name(file(line), files)).append("\nfn=").append(name(name, functions))
            .append('\n');
    }

    /** Code out of another file, as macros and included files make it. */
    private String change(final String from, final Optional<SourceLine> line) {
        final String file = file(line);
        if (!file.equals(from)) {
            text.append("fi=").append(name(file, files)).append('\n');
        }
        return file;
    }

    private void position(final long address) {
        text.append("0x").append(Long.toHexString(address)).append(' ')
            .append(line(address).map(SourceLine::line).orElse(0));
    }

    private Optional<SourceLine> line(final long address) {
        return guest.lines().apply(address);
    }

    private static String file(final Optional<SourceLine> line) {
        return line.map(SourceLine::file).orElse(NO_FILE);
    }

    /** A name in full the first time, then its number alone. */
    private static String name(final String name, final Map<String, Integer> known) {
        final Integer number = known.putIfAbsent(name, known.size() + 1);
        return number != null ? "(" + number + ")" : "(" + known.size() + ") " + ProfiledGuest.plain(name);
    }
}
