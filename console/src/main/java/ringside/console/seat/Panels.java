package ringside.console.seat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ringside.console.panel.CodePanel;
import ringside.console.panel.Layout;
import ringside.console.panel.Panel;
import ringside.console.panel.RegistersPanel;
import ringside.console.panel.SpeechPanel;
import ringside.console.panel.StatusBar;
import ringside.console.panel.ThreadsPanel;
import ringside.console.panel.TimelinePanel;
import ringside.console.repl.command.Desk;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.Code;
import ringside.console.repl.guest.Guest;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Registers;
import ringside.console.repl.guest.Summary;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.travel.Timeline;
import ringside.fastpath.view.CpuQueues;
import ringside.fastpath.view.ThreadView;
import ringside.toolchain.image.ImageSymbol;

/** What panels show of a desk where its guest stands. */
final class Panels {
    /** The names of panels, as people write them. */
    static final List<String> NAMES = List.of("code", "registers", "history", "threads", "com1", "rings");
    /** Those that are shown where none are named: rings are looked for all through the history. */
    static final List<String> USUAL = NAMES.subList(0, 5);

    /** Other names of theirs. */
    static final Map<String, String> ALIASES = Map.of("timeline", "history", "console", "com1");

    private static final long FARTHEST_BEGIN = 1 << 12;
    /** The operand that a target is of. */
    private static final Pattern NUMBER = Pattern.compile("\\[rip [+-] \\w+\\]|\\b0x[0-9a-f]+$");
    private static final Pattern SIZED = Pattern.compile(
        "^((?:mov|add|sub|cmp|and|or|xor|test|xchg) (?:[re]?[a-d]x, |[re]?[sd]i, |[re]?[sb]p, |r\\d+[dwb]?, )?)"
            + "\\w+ ptr (\\S.*\\](?:, [re]?(?:[a-d][xhl]|[sd]il?|[sb]pl?)|, r\\d+[dwb]?)?)$");
    private static final int MOST_SPEECH = 1 << 14;
    private static final int AHEAD = 120;
    private static final int BEFORE = 60;
    private static final Set<CpuRegister> MORE = EnumSet.of(CpuRegister.CR0, CpuRegister.CR2, CpuRegister.CR3,
        CpuRegister.CR4);

    private final Desk desk;
    private final Guest guest;
    private final Rings rings;
    /** Values at the stop before this one, by vCPU. */
    private final Map<Integer, Map<CpuRegister, Long>> before = new HashMap<>();
    private Map<CpuRegister, Long> shown = Map.of();
    private long shownAt = -1;
    private int shownCpu = -1;

    Panels(final Desk desk) {
        this.desk = desk;
        guest = desk.guest();
        rings = new Rings(desk);
    }

    /** {@return the line at the bottom} */
    StatusBar bar(final double speed) {
        return new StatusBar(guest.timeline().position().toString(), guest.machine().cycles(guest.cpu()),
            "cpu " + guest.cpu(), Summary.mode(guest), guest.symbol(guest.register(CpuRegister.RIP)), speed, false);
    }

    /** {@return panels of those names} */
    Layout layout(final Set<String> names) {
        return new Layout(some(names, "code", this::code), some(names, "registers", this::registers),
            some(names, "history", this::timeline), some(names, "threads", this::threads),
            some(names, "com1", this::speech), some(names, "rings", rings::panel));
    }

    private static <T extends Panel> Optional<T> some(
            final Set<String> names, final String name, final Supplier<? extends T> maker) {
        return names.contains(name) ? Optional.of(maker.get()) : Optional.empty();
    }

    private CodePanel code() {
        final long rip = guest.register(CpuRegister.RIP);
        Optional<ImageSymbol> routine = guest.image().symbols().at(rip);
        final List<CodePanel.Instruction> lines = new ArrayList<>();
        for (final long address : before(routine, rip)) {
            guest.code().at(address).ifPresent(line -> lines.add(instruction(line)));
        }
        final int here = lines.size();
        long at = rip;
        for (int i = 0; i < AHEAD; i++) {
            final Optional<Code.Line> one = guest.code().at(at);
            if (one.isEmpty()) {
                break;
            }
            final Optional<ImageSymbol> of = guest.image().symbols().at(at);
            if (!of.equals(routine)) {
                if (of.isEmpty()) {
                    break;
                }
                lines.add(new CodePanel.Instruction("", of.get().name() + ":", ""));
                routine = of;
            }
            lines.add(instruction(one.get()));
            at += one.get().length();
        }
        final String place = guest.symbol(rip).isEmpty() ? "0x" + Long.toHexString(rip) : guest.symbol(rip);
        // The name of the file alone: there is no room for its folders.
        return new CodePanel(place + guest.code().line(rip).map(line -> "  "
            + line.toString().substring(line.toString().lastIndexOf('/') + 1)).orElse(""), lines,
            here < lines.size() ? here : -1);
    }

    private CodePanel.Instruction instruction(final Code.Line line) {
        final String place = guest.image().symbols().at(line.address())
            .map(symbol -> "+" + Long.toHexString(line.address() - symbol.address()))
            .orElse(Long.toHexString(line.address()));
        final String source = guest.code().source(line.address()).map(text -> text.strip().replaceAll("\\s+", " "))
            .orElse("");
        return new CodePanel.Instruction(place, shortened(line), source);
    }

    /** The last instructions of a routine before a place; none where decoding from its beginning misses the place. */
    private List<Long> before(final Optional<ImageSymbol> routine, final long rip) {
        final List<Long> addresses = new ArrayList<>();
        long at = routine.map(ImageSymbol::address).filter(begin -> rip - begin < FARTHEST_BEGIN).orElse(rip);
        while (at - rip < 0) {
            final Optional<Code.Line> one = guest.code().at(at);
            if (one.isEmpty()) {
                return List.of();
            }
            addresses.add(at);
            at += one.get().length();
        }
        return at == rip ? addresses.subList(Math.max(0, addresses.size() - BEFORE), addresses.size()) : List.of();
    }

    /** An instruction with the name of its target in place of the number, and without a size that a register says. */
    private static String shortened(final Code.Line line) {
        final String text = SIZED.matcher(line.text()).replaceFirst("$1$2");
        return line.target().isEmpty() ? text : NUMBER.matcher(text).replaceFirst(
            Matcher.quoteReplacement(text.contains("[") ? "[" + line.target() + "]" : line.target()));
    }

    private RegistersPanel registers() {
        final Map<CpuRegister, Long> values = new HashMap<>();
        for (final CpuRegister register : CpuRegister.values()) {
            values.put(register, guest.register(register));
        }
        final long here = guest.machine().steps();
        if (here != shownAt || guest.cpu() != shownCpu) {
            if (shownCpu >= 0) {
                before.put(shownCpu, shown);
            }
            shownAt = here;
            shownCpu = guest.cpu();
        }
        shown = values;
        final Map<CpuRegister, Long> old = before.getOrDefault(guest.cpu(), values);
        final List<RegistersPanel.Register> registers = new ArrayList<>();
        for (final CpuRegister register : EnumSet.range(CpuRegister.RAX, CpuRegister.RIP)) {
            registers.add(register(register, values, old));
        }
        MORE.forEach(register -> registers.add(register(register, values, old)));
        return new RegistersPanel("cpu " + guest.cpu(), Registers.flags(guest.register(CpuRegister.RFLAGS)),
            registers);
    }

    private static RegistersPanel.Register register(final CpuRegister register, final Map<CpuRegister, Long> values,
                                                    final Map<CpuRegister, Long> old) {
        return new RegistersPanel.Register(register.name().toLowerCase(Locale.ROOT), values.get(register),
            !values.get(register).equals(old.get(register)));
    }

    private SpeechPanel speech() {
        final Timeline timeline = guest.timeline();
        return new SpeechPanel(new String(timeline.said(Math.max(0, timeline.said() - MOST_SPEECH)),
            StandardCharsets.UTF_8));
    }

    private TimelinePanel timeline() {
        final Timeline timeline = guest.timeline();
        return new TimelinePanel(timeline.position().toString(), guest.machine().steps(), timeline.farthest(),
            timeline.snapshots(), desk.bookmarks());
    }

    private ThreadsPanel threads() {
        final Bantam bantam;
        try {
            bantam = Bantam.of(guest);
        } catch (final RefusedException none) {
            return new ThreadsPanel(List.of(), List.of(), none.getMessage());
        }
        final List<String> queues = new ArrayList<>();
        final Set<Long> running = new HashSet<>();
        for (final CpuQueues cpu : bantam.state().cpus()) {
            cpu.running().ifPresent(running::add);
            final StringBuilder text = new StringBuilder("cpu " + cpu.index() + ": "
                + (cpu.running().isPresent() ? bantam.thread(cpu.running()) : "idle"));
            cpu.ready().forEach((priority, threads) ->
                text.append("; ready p").append(priority).append(": ").append(bantam.threads(threads)));
            queues.add(text.toString());
        }
        final List<ThreadsPanel.Thread> threads = new ArrayList<>();
        for (final ThreadView one : bantam.state().threads()) {
            final boolean runs = running.contains(one.address());
            threads.add(new ThreadsPanel.Thread(bantam.thread(one.address()),
                runs ? "running" : one.state().name().toLowerCase(Locale.ROOT).replace('_', ' '), one.priority(),
                one.waitsOn().isPresent() ? "at " + Long.toHexString(one.waitsOn().getAsLong())
                    : one.caller().isPresent() ? "for " + bantam.thread(one.caller()) : "", runs));
        }
        return new ThreadsPanel(queues, threads, bantam.remark().orElse(""));
    }
}
