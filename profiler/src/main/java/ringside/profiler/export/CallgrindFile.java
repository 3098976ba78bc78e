package ringside.profiler.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ringside.emulator.state.OwnFile;
import ringside.profiler.model.Cause;
import ringside.profiler.profile.CallNode;
import ringside.profiler.profile.CauseCycles;
import ringside.profiler.profile.CodeProfile;
import ringside.profiler.profile.InstructionCost;
import ringside.profiler.profile.Share;
import ringside.toolchain.image.SourceLine;

/**
 * Callgrind's format, version 1: for callgrind_annotate and KCachegrind. Costs by instruction and source line, calls
 * with what they cost inclusively. Where the model knows why cycles pass, each cause is an event of its own.
 *
 * <p>What is no routine, such as a system call or idle time, is a function whose name is in brackets.
 */
public final class CallgrindFile {
    private static final String NO_FILE = "???";
    private static final String BEGIN = "# callgrind format\nversion: 1\ncreator: ringside ";

    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> functions = new HashMap<>();
    private final Map<String, Integer> files = new HashMap<>();
    private final ProfiledGuest guest;
    private List<Cause> causes = List.of();

    private CallgrindFile(final ProfiledGuest guest) {
        this.guest = guest;
    }

    /** A sum under way. */
    private static final class Sum {
        private long calls;
        private long instructions;
        private long cycles;
        private CauseCycles causes = CauseCycles.NONE;

        void add(final long executions, final long some, final CauseCycles by) {
            instructions += executions;
            cycles += some;
            causes = causes.plus(by);
        }
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

    /**
     * {@return whether bytes are the first ones of such a file, or all}
     *
     * @param head of any file
     */
    public static boolean isOne(final byte[] head) {
        return OwnFile.text(head).startsWith(BEGIN);
    }

    private String write(final CodeProfile profile) {
        final CauseCycles all = profile.causes();
        causes = List.copyOf(all.cycles().keySet());
        text.append(BEGIN).append(guest.version())
            .append("\ncmd: ").append(guest.title())
            .append("\ndesc: Instructions: retired, exact\ndesc: Cycles: of the cycle model ").append(profile.model())
            .append('\n');
        causes.forEach(cause -> text.append("desc: ").append(event(cause)).append(": of those cycles, by cause: ")
            .append(cause.title()).append('\n'));
        text.append("positions: instr line\nevents: Instructions Cycles");
        causes.forEach(cause -> text.append(' ').append(event(cause)));
        text.append("\nsummary: ");
        costs(profile.totalInstructions(), profile.totalCycles(), all);
        final Map<String, List<InstructionCost>> routines = new TreeMap<>();
        profile.addresses().forEach(cost -> routines.computeIfAbsent(cost.routine(), _ -> new ArrayList<>()).add(cost));
        final Map<String, Map<Call, Sum>> calls = new TreeMap<>();
        profile.tree().ifPresent(root -> root.children().forEach(node -> collect(node, calls)));
        final Map<String, Sum> others = new TreeMap<>();
        for (final Share delivery : profile.tables().deliveries()) {
            others.computeIfAbsent(delivery.name(), _ -> new Sum()).add(0, delivery.cycles(), delivery.causes());
        }
        if (profile.idleCycles() > 0) {
            others.computeIfAbsent("[idle]", _ -> new Sum()).add(0, profile.idleCycles(), profile.idleCauses());
        }
        calls.keySet().stream().filter(name -> !routines.containsKey(name))
            .forEach(name -> others.putIfAbsent(name, new Sum()));
        final Map<String, InstructionCost> first = new HashMap<>();
        routines.forEach((name, costs) -> first.put(name, costs.getFirst()));
        routines.forEach((name, costs) -> {
            function(name, line(costs.getFirst().address()));
            String file = file(line(costs.getFirst().address()));
            for (final InstructionCost cost : costs) {
                file = change(file, line(cost.address()));
                position(cost.address());
                text.append(' ');
                costs(cost.executions(), cost.cycles(), cost.causes());
            }
            calls(calls.getOrDefault(name, Map.of()), first, file);
        });
        others.forEach((name, sum) -> {
            function(name, Optional.empty());
            text.append("0x0 0 ");
            costs(0, sum.cycles, sum.causes);
            calls(calls.getOrDefault(name, Map.of()), first, NO_FILE);
        });
        text.append("\ntotals: ");
        costs(profile.totalInstructions(), profile.totalCycles(), all);
        return text.toString();
    }

    /** {@return a cause's name in one word: {@code CodeMiss}} */
    static String event(final Cause cause) {
        final StringBuilder name = new StringBuilder();
        for (final String word : cause.title().split(" ")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private void costs(final long instructions, final long cycles, final CauseCycles by) {
        text.append(instructions).append(' ').append(cycles);
        causes.forEach(cause -> text.append(' ').append(by.of(cause)));
        text.append('\n');
    }

    /** {@return all that a node's cycles and those below it are due to} */
    private static CauseCycles collect(final CallNode node, final Map<String, Map<Call, Sum>> calls) {
        CauseCycles all = node.causes();
        for (final CallNode child : node.children()) {
            final CauseCycles below = collect(child, calls);
            final Sum sum = calls.computeIfAbsent(node.name(), _ -> new TreeMap<>())
                .computeIfAbsent(new Call(child.site(), child.name()), _ -> new Sum());
            sum.calls += child.calls();
            sum.add(child.totalInstructions(), child.totalCycles(), below);
            all = all.plus(below);
        }
        return all;
    }

    private void calls(final Map<Call, Sum> calls, final Map<String, InstructionCost> first, final String in) {
        String file = in;
        for (final Map.Entry<Call, Sum> call : calls.entrySet()) {
            final long site = call.getKey().site();
            final InstructionCost target = first.get(call.getKey().callee());
            file = change(file, line(site));
            text.append("cfi=").append(name(file(target == null ? Optional.empty() : line(target.address())), files))
                .append("\ncfn=").append(name(call.getKey().callee(), functions)).append("\ncalls=")
                .append(call.getValue().calls).append(' ');
            position(target == null ? 0 : target.address());
            text.append('\n');
            position(site);
            text.append(' ');
            costs(call.getValue().instructions, call.getValue().cycles, call.getValue().causes);
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
