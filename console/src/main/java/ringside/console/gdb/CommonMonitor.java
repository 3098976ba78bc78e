package ringside.console.gdb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.GuestPaging;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Position;
import ringside.emulator.travel.Stop;
import ringside.toolchain.image.GuestImage;

/** The monitor's own commands: what gdb has no packets for. Others go on to the console, if there is one. */
final class CommonMonitor implements Monitor {
    private static final int MOST_BYTES = 4096;
    private static final String HELP = """
            position                 where the machine stands, STEP:CPU, and what ended the run, if it is over
            goto STEP                go there, forward or back; then gdb needs: maint flush register-cache
            cycles                   steps, instructions and cycles so far, of each CPU
            who-wrote ADDR [BYTES]   the instruction that wrote memory last; the machine stays where it is
            break ADDR [in CR3]      break in every address space, or in one; breaks lists these
            delete ADDR [in CR3]     forget such a breakpoint
            type TEXT                type a line into COM1
            ADDR is a symbol or a number, with p: before it a physical one.
            All else is as at the console. Its other breakpoints stop gdb's ways as well as its own, and say so.
            """;

    private final Target target;
    private final Monitor further;

    CommonMonitor(final Target target, final Monitor further) {
        this.target = target;
        this.further = further;
    }

    @Override
    public String run(final String line) {
        final String[] words = line.strip().split("\\s+");
        return switch (words[0]) {
            case "", "help" -> HELP + further.run("help");
            case "position" -> target.position() + "\n" + ended();
            case "goto" -> words.length == 2 ? go(words[1]) : "goto STEP\n";
            case "cycles" -> cycles();
            case "who-wrote" -> words.length == 2 || words.length == 3 ? whoWrote(words) : "who-wrote ADDR [BYTES]\n";
            case "break", "delete" -> spaced(words, line);
            case "breaks" -> breaks();
            case "type" -> type(line.strip().substring(words[0].length()).strip());
            default -> further.run(line);
        };
    }

    @Override
    public void interrupt() {
        further.interrupt();
    }

    @Override
    public List<Condition> conditions() {
        return further.conditions();
    }

    @Override
    public Optional<Met> met(final Stop stop, final boolean forward) {
        return further.met(stop, forward);
    }

    private String go(final String text) {
        final Position position;
        try {
            position = Position.of(text);
        } catch (final IllegalArgumentException e) {
            return e.getMessage() + "\n";
        }
        return target.timeline().go(position.step()).position() + "\n" + ended();
    }

    /** {@return what ended the guest's run, if it is over here} */
    private String ended() {
        return target.timeline().ended().map(ended -> ended.describe() + "\n").orElse("");
    }

    private String cycles() {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
                "%d steps, %d instructions, %d cycles\n", target.machine().steps(), target.machine().instructions(),
                target.machine().cycles()));
        for (int cpu = 0; cpu < target.cpus(); cpu++) {
            text.append(String.format(Locale.ROOT, "cpu %d: %d steps, %d cycles\n", cpu, target.machine().steps(cpu),
                    target.machine().cycles(cpu)));
        }
        return text.toString();
    }

    private String whoWrote(final String[] words) {
        final Optional<Long> place = physical(words[1]);
        if (place.isEmpty()) {
            return "no memory: " + words[1] + "\n";
        }
        final Optional<Long> bytes = words.length == 2 ? Optional.of(8L) : number(words[2]);
        if (bytes.isEmpty() || bytes.get() < 1 || bytes.get() > MOST_BYTES) {
            return "1 to " + MOST_BYTES + " bytes: " + words[2] + "\n";
        }
        final long here = target.position().step();
        final Stop stop = target.timeline().lastWriter(place.get(), bytes.get().intValue());
        final String found = stop.edit().isPresent() ? "changed by the user at step " + stop.edit().getAsLong() + "\n"
                : switch (stop.reason()) {
            case CONDITION -> stop.position() + " " + source(stop.position().cpu()) + "\n";
            case INTERRUPTED -> "interrupted\n";
            default -> "nobody since the start: it was loaded\n";
        };
        target.timeline().go(here);
        return found;
    }

    private String source(final int cpu) {
        final GuestImage image = target.machine().image();
        final long rip = target.machine().cpu(cpu).read(CpuRegister.RIP);
        return "0x" + Long.toHexString(rip) + " " + image.symbols().format(rip)
                + image.lines().at(rip).map(line -> " (" + line + ")").orElse("");
    }

    private String spaced(final String[] words, final String line) {
        final boolean named = words.length == 4 && words[2].equals("in");
        final Optional<Long> address = words.length == 2 || named ? number(words[1]) : Optional.empty();
        final boolean breaks = words[0].equals("break");
        if (address.isEmpty()) {
            return further.run(line);
        }
        OptionalLong space = OptionalLong.empty();
        if (named) {
            final Optional<Long> root = number(words[3]);
            if (root.isEmpty()) {
                return words[0] + " ADDR [in CR3]\n";
            }
            space = OptionalLong.of(root.get());
        }
        if (breaks) {
            target.points().addIn(address.get(), space);
            return "";
        }
        if (target.points().removeIn(address.get(), space)) {
            return "";
        }
        return words.length == 2 && words[1].matches("\\d{1,4}") ? further.run(line)
                : "no such breakpoint: see breaks\n";
    }

    private String breaks() {
        final StringBuilder text = new StringBuilder();
        for (final Points.Spaced each : target.points().inSpaces()) {
            text.append(each.text(target.machine()) + "\n");
        }
        return text.isEmpty() ? "none\n" : text.toString();
    }

    private String type(final String text) {
        try {
            target.timeline().type((text + "\n").getBytes(StandardCharsets.UTF_8));
            return "";
        } catch (final IllegalArgumentException full) {
            return full.getMessage() + "\n";
        }
    }

    private Optional<Long> physical(final String text) {
        final boolean isPhysical = text.startsWith("p:");
        return number(isPhysical ? text.substring(2) : text)
                .map(new GuestBytes(target.machine().cpu(target.general()), isPhysical)::locate)
                .filter(place -> place != GuestPaging.UNMAPPED);
    }

    /** {@return what a symbol or a number stands for} */
    private Optional<Long> number(final String text) {
        try {
            return Optional.of(text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseUnsignedLong(text));
        } catch (final NumberFormatException e) {
            return target.machine().image().symbols().byName(text).map(symbol -> symbol.address());
        }
    }
}
