package ringside.console.repl.guest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import ringside.console.repl.expression.Expression;
import ringside.console.repl.expression.ExpressionException;
import ringside.console.repl.expression.Scope;
import ringside.console.report.SourceTexts;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.SegmentName;
import ringside.emulator.engine.SystemRegisters;
import ringside.emulator.input.InputLog;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** A guest with its past, its image, its sources, and the vCPU that is looked at. */
public final class Guest implements Scope, AutoCloseable {
    private static final int MOST_VALUES = 10_000;
    private static final String TEXT_OF_ADDRESS = "0x";

    private final Timeline timeline;
    private final GuestImage image;
    private final SourceTree sources;
    private final SourceTexts texts;
    private final Code code;
    private final boolean owned;
    private final List<Long> values = new ArrayList<>();
    private int cpu;
    private int shown;

    private Guest(
            final Timeline timeline, final GuestImage image, final SourceTree sources, final boolean owned) {
        this.timeline = timeline;
        this.owned = owned;
        this.image = image;
        this.sources = sources;
        texts = new SourceTexts(sources);
        code = new Code(this);
    }

    /**
     * Boots a guest; nothing has happened yet.
     *
     * @param config  what the machine is made of; the ends of its first serial port are the guest's
     * @param image   what it boots
     * @param sources where the image's line table has its paths from, as far as they are known
     * @param input   what it will hear on its first serial port
     * @return the guest; its owner closes it
     */
    public static Guest boot(final MachineConfig config, final GuestImage image, final SourceTree sources,
            final InputLog input) {
        Objects.requireNonNull(sources, "sources");
        final Timeline timeline = Timeline.boot(config, image);
        timeline.foretell(input);
        return new Guest(timeline, image, sources, true);
    }

    /**
     * Looks at a guest that somebody else has.
     *
     * @param timeline its history; its owner closes it
     * @param sources  where the image's line table has its paths from, as far as they are known
     * @return the guest; its owner closes it before the history
     */
    public static Guest over(final Timeline timeline, final SourceTree sources) {
        Objects.requireNonNull(sources, "sources");
        return new Guest(timeline, timeline.machine().image(), sources, false);
    }

    /** {@return the machine's history; who moves in it directly loses nothing} */
    public Timeline timeline() {
        return timeline;
    }

    /** {@return the machine, to be looked at} */
    public Machine machine() {
        return timeline.machine();
    }

    /** {@return what was booted} */
    public GuestImage image() {
        return image;
    }

    /** {@return the sources' texts} */
    public SourceTexts texts() {
        return texts;
    }

    /** {@return the sources} */
    public SourceTree sources() {
        return sources;
    }

    /** {@return its code} */
    public Code code() {
        return code;
    }

    /** {@return the vCPU that is looked at} */
    public int cpu() {
        return cpu;
    }

    /** {@return how many vCPUs there are} */
    public int cpus() {
        return machine().config().vcpus();
    }

    /**
     * Looks at another vCPU.
     *
     * @param number from 0
     */
    public void select(final int number) {
        if (number < 0 || number >= cpus()) {
            throw new RefusedException("no CPU " + number + ": there are " + cpus() + ", from 0");
        }
        cpu = number;
    }

    /**
     * {@return a register of the vCPU that is looked at}
     *
     * @param register which
     */
    public long register(final CpuRegister register) {
        return machine().cpu(cpu).read(register);
    }

    /** {@return segments, descriptor tables and MSRs of the vCPU that is looked at} */
    public SystemRegisters system() {
        return machine().cpu(cpu).system();
    }

    /** {@return the linear address of the instruction that comes next on the vCPU that is looked at} */
    public long pc() {
        final long rip = register(CpuRegister.RIP);
        final SystemRegisters system = system();
        return system.codeWidth() == Long.SIZE ? rip
            : system.segment(SegmentName.CS).base() + rip & 0xFFFF_FFFFL;
    }

    /** {@return memory as the vCPU that is looked at sees it} */
    public GuestMemory memory() {
        return new GuestMemory(machine(), cpu);
    }

    @Override
    public OptionalLong name(final String name) {
        if (name.startsWith("$")) {
            final OptionalLong value = valueNamed(name.substring(1));
            if (value.isPresent()) {
                return value;
            }
        }
        final Optional<Registers.Part> part = Registers.named(name);
        if (part.isPresent()) {
            return OptionalLong.of(part.get().of(register(part.get().register())));
        }
        // What is rarely meant has its dollar: kernels have symbols of such names.
        final Optional<RegisterView> system = SystemNames.named(name);
        if (system.isPresent() && name.startsWith("$")) {
            return OptionalLong.of(system.get().number(machine().cpu(cpu)));
        }
        final OptionalLong symbol = image.symbols().byName(name).map(found -> OptionalLong.of(found.address()))
            .orElse(OptionalLong.empty());
        if (symbol.isEmpty() && system.isPresent()) {
            return OptionalLong.of(system.get().number(machine().cpu(cpu)));
        }
        return symbol.isPresent() ? symbol : counter(name.startsWith("$") ? name.substring(1) : name);
    }

    private OptionalLong valueNamed(final String text) {
        if (text.isEmpty() || "_".equals(text)) {
            return values.isEmpty() ? OptionalLong.empty() : OptionalLong.of(values.getLast());
        }
        if (text.matches("\\d{1,6}")) {
            final int number = Integer.parseInt(text);
            if (number < 1 || number > values.size()) {
                throw new ExpressionException("no value $" + number + " has been printed");
            }
            return OptionalLong.of(values.get(number - 1));
        }
        return OptionalLong.empty();
    }

    private OptionalLong counter(final String name) {
        return switch (name) {
            case "step" -> OptionalLong.of(machine().steps());
            case "cycle" -> OptionalLong.of(machine().cycles());
            case "instructions" -> OptionalLong.of(machine().instructions());
            case "cpu" -> OptionalLong.of(cpu);
            default -> BantamFields.offset(name);
        };
    }

    @Override
    public long memory(final long address, final int bytes, final boolean physical) {
        return memory().number(address, bytes, physical);
    }

    @Override
    public long translate(final long address) {
        return memory().physical(address);
    }

    /**
     * {@return the value of an expression here}
     *
     * @param text of it
     * @throws ExpressionException when it has none
     */
    public long value(final String text) {
        return Expression.of(text).value(this);
    }

    /**
     * Keeps a value under a number, {@code $1} and so on.
     *
     * @param value that was printed
     * @return its number, from 1
     */
    public int keep(final long value) {
        if (values.size() == MOST_VALUES) {
            throw new RefusedException("no more than " + MOST_VALUES + " values are kept");
        }
        values.add(value);
        return values.size();
    }

    /**
     * {@return an address with what it belongs to: {@code 0xffff80 <name+0x2>}, or the address alone}
     *
     * @param address virtual
     */
    public String named(final long address) {
        final String name = symbol(address);
        final String number = TEXT_OF_ADDRESS + Long.toHexString(address);
        return name.isEmpty() ? number : number + " <" + name + ">";
    }

    /**
     * {@return what an address belongs to: {@code name+0x2}; empty where nothing is known of it}
     *
     * @param address virtual
     */
    public String symbol(final long address) {
        return image.symbols().at(address).isPresent() ? image.symbols().format(address) : "";
    }

    /** {@return what the guest said on COM1 since this was asked last, for as far as it was not told before} */
    public String news() {
        final int said = timeline.said();
        if (said <= shown) {
            return "";
        }
        final String text = saidFrom(shown);
        shown = said;
        return text;
    }

    /** {@return all that the guest said on COM1 before this place; of very much the latest, and how much is missing} */
    public String said() {
        return saidFrom(0);
    }

    private String saidFrom(final int number) {
        final int missing = Math.min(timeline.saidKnown(), timeline.said()) - number;
        return (missing > 0 ? "[" + missing + " bytes forgotten]\n" : "")
            + new String(timeline.said(number), StandardCharsets.UTF_8);
    }

    /**
     * Sets a register: what comes behind this place has not happened then.
     *
     * @param part  of which register
     * @param value the bits' new value
     */
    public void set(final Registers.Part part, final long value) {
        if (part.register() == CpuRegister.CPL) {
            throw new RefusedException("the privilege level is not written");
        }
        final long whole = part.into(register(part.register()), value);
        try {
            timeline.edit(machine -> machine.write(cpu, part.register(), whole));
        } catch (final IllegalArgumentException refused) {
            throw new RefusedException(refused.getMessage());
        }
        shown = Math.min(shown, timeline.said());
    }

    /**
     * Writes memory: what comes behind this place has not happened then.
     *
     * @param address  of the first byte
     * @param content  what to write
     * @param physical whether the address is a physical one
     */
    public void set(final long address, final byte[] content, final boolean physical) {
        timeline.edit(machine -> new GuestMemory(machine, cpu).write(address, content, physical));
        shown = Math.min(shown, timeline.said());
    }

    /**
     * Begins a history anew where a snapshot was taken: there is nothing before it.
     *
     * @param snapshot of such a machine
     * @throws ringside.emulator.snapshot.SnapshotException when it is of another one
     */
    public void begin(final Snapshot snapshot) {
        timeline.begin(snapshot);
        shown = timeline.said();
        cpu = Math.min(cpu, cpus() - 1);
    }

    @Override
    public void close() {
        code.close();
        if (owned) {
            timeline.close();
        }
    }
}
