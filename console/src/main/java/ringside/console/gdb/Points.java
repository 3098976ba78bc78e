package ringside.console.gdb;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.event.EventKind;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.CodeReached;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.MemoryWritten;

/**
 * Breakpoints and watchpoints. They are held here and never in the guest's memory, so it matters neither whether paging
 * is on nor whether there is a page yet.
 */
final class Points {
    /** How many there are at most. */
    static final int MOST = 1024;
    /** Bytes that a watchpoint has at most. */
    static final int MOST_BYTES = 1 << 20;

    private static final long IN_PAGE = 0xFFF;
    private static final long SPACE = 0x000F_FFFF_FFFF_F000L;

    private final Map<Key, Point> points = new LinkedHashMap<>();
    private final List<Spaced> spaced = new ArrayList<>();

    /** What gdb asks for: Z0 to Z4. */
    enum Kind {
        SOFTWARE("swbreak", Set.of()),
        HARDWARE("hwbreak", Set.of()),
        WRITE("watch", Set.of(EventKind.MEMORY_WRITE)),
        READ("rwatch", Set.of(EventKind.MEMORY_READ)),
        ACCESS("awatch", Set.of(EventKind.MEMORY_READ, EventKind.MEMORY_WRITE));

        private final String word;
        private final Set<EventKind> events;

        Kind(final String word, final Set<EventKind> events) {
            this.word = word;
            this.events = events;
        }

        boolean isCode() {
            return events.isEmpty();
        }
    }

    private record Key(Kind kind, long address, int length) {
    }

    /** One that gdb knows of; where it has expressions, one of them is to hold. */
    private record Point(Kind kind, long address, Condition condition, List<AgentExpression> expressions) {
        private boolean holds(final Machine machine, final int cpu) {
            return expressions.isEmpty() || expressions.stream().anyMatch(each -> each.holds(machine, cpu));
        }
    }

    /**
     * A breakpoint that gdb does not know of.
     *
     * @param address virtual
     * @param space   the page-table root of the only address space that is meant; empty for every one
     * @param reached its condition
     */
    record Spaced(long address, OptionalLong space, CodeReached reached) {
        /** {@return where it is, for people} */
        String text(final Machine machine) {
            return "0x" + Long.toHexString(address)
                    + (space.isEmpty() ? "" : " in 0x" + Long.toHexString(space.getAsLong())) + " "
                    + machine.image().symbols().format(address);
        }

        private boolean isOf(final long at, final OptionalLong in) {
            return address == at && space.equals(in);
        }
    }

    /**
     * Sets one; where it is set already, nothing but its expressions changes.
     *
     * @param kind        which
     * @param address     virtual
     * @param length      bytes of a watchpoint
     * @param physical    where the address is now, or -1
     * @param expressions of which one is to hold, of a breakpoint; none for always
     */
    void add(final Kind kind, final long address, final int length, final long physical,
            final List<AgentExpression> expressions) {
        final Key key = new Key(kind, address, kind.isCode() ? 0 : length);
        final Point there = points.get(key);
        if (there == null) {
            requireRoom();
        }
        points.put(key, new Point(kind, address, there != null ? there.condition
                : condition(kind, address, length, physical), List.copyOf(expressions)));
    }

    /** In the kernel's half a page is the same in all spaces: there the machine can count the writes by itself. */
    private static Condition condition(
            final Kind kind, final long address, final int length, final long physical) {
        if (kind.isCode()) {
            return new CodeReached(address);
        }
        final boolean inOnePage = (address & IN_PAGE) + length <= IN_PAGE + 1;
        return kind == Kind.WRITE && address < 0 && physical >= 0 && inOnePage ? new MemoryWritten(physical, length)
                : new Watch(address, physical, length, EnumSet.copyOf(kind.events));
    }

    void remove(final Kind kind, final long address, final int length) {
        points.remove(new Key(kind, address, kind.isCode() ? 0 : length));
    }

    /** Takes away all that a client set. */
    void clear() {
        points.clear();
    }

    void addIn(final long address, final OptionalLong space) {
        removeIn(address, space);
        requireRoom();
        spaced.add(new Spaced(address, root(space), new CodeReached(address)));
    }

    boolean removeIn(final long address, final OptionalLong space) {
        return spaced.removeIf(each -> each.isOf(address, root(space)));
    }

    private static OptionalLong root(final OptionalLong space) {
        return space.isEmpty() ? space : OptionalLong.of(space.getAsLong() & SPACE);
    }

    List<Spaced> inSpaces() {
        return List.copyOf(spaced);
    }

    private void requireRoom() {
        if (points.size() + spaced.size() >= MOST) {
            throw PacketException.notPossible("no more than " + MOST + " points");
        }
    }

    /** {@return all of them} */
    List<Condition> conditions() {
        final List<Condition> all = new ArrayList<>();
        points.values().forEach(point -> all.add(point.condition));
        spaced.forEach(each -> all.add(each.reached));
        return all;
    }

    boolean hasWatches() {
        return points.values().stream().anyMatch(point -> !point.kind.isCode());
    }

    List<Condition> watches() {
        return points.values().stream().filter(point -> !point.kind.isCode()).map(Point::condition).toList();
    }

    /**
     * {@return what a stop reply says of where a CPU stands, empty if there is no breakpoint that holds}
     *
     * @param machine of the CPU
     * @param cpu     which takes the next step
     */
    String codeAt(final Machine machine, final int cpu) {
        final long place = CpuRegisters.place(machine, cpu);
        for (final Point point : points.values()) {
            if (point.condition instanceof CodeReached reached && reached.address() == place
                    && point.holds(machine, cpu)) {
                return point.kind.word + ":;";
            }
        }
        return "";
    }

    /**
     * {@return the breakpoint that gdb does not know of where a CPU stands}
     *
     * @param machine of the CPU
     * @param cpu     which takes the next step
     */
    Optional<Spaced> spacedAt(final Machine machine, final int cpu) {
        final long place = CpuRegisters.place(machine, cpu);
        final OptionalLong space = OptionalLong.of(machine.cpu(cpu).read(CpuRegister.CR3) & SPACE);
        return spaced.stream().filter(each -> each.isOf(place, each.space.isEmpty() ? each.space : space)).findFirst();
    }

    /** {@return what a stop reply says of a watchpoint that was met, empty if it is none} */
    String watched(final Condition met) {
        return points.values().stream().filter(point -> point.condition == met && !point.kind.isCode())
                .map(point -> point.kind.word + ":" + Long.toHexString(point.address) + ";").findFirst()
                .orElse("");
    }
}
