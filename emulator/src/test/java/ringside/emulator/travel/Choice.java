package ringside.emulator.travel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Machine;

/** A judge that wants some of the places, by what it sees there, and writes down what it was asked. */
class Choice implements Judge {
    private final Machine machine;
    private final List<Condition> conditions;
    private final long[] ignored;
    private final List<String> asked = new ArrayList<>();
    private long seen;

    /**
     * Makes one.
     *
     * @param machine    to be looked at
     * @param conditions that are looked for
     * @param ignored    how often each comes about and is passed by at first
     */
    Choice(final Machine machine, final List<? extends Condition> conditions, final long... ignored) {
        this.machine = machine;
        this.conditions = List.copyOf(conditions);
        this.ignored = ignored.clone();
    }

    /** {@return what it was asked and told, and what it ignores still} */
    String account() {
        return asked + " " + Arrays.toString(ignored);
    }

    private long value(final int cpu) {
        return machine.cpu(cpu).read(CpuRegister.RAX) ^ machine.cpu(cpu).read(CpuRegister.RFLAGS)
                ^ machine.cpu(cpu).read(CpuRegister.RIP);
    }

    @Override
    public boolean isWanted(final Sight sight) {
        long value = machine.steps() * 31 + value(sight.cpu());
        if (!sight.before()) {
            value += seen;
        }
        final boolean wanted = Long.hashCode(value * 0x9E37_79B9_7F4A_7C15L) % 5 == 0;
        asked.add(machine.steps() + ":" + sight.cpu() + (sight.before() ? " before " : " behind ")
                + sight.met().stream().map(conditions::indexOf).toList() + " " + wanted);
        return wanted;
    }

    @Override
    public long ignored(final Condition condition) {
        return ignored[conditions.indexOf(condition)];
    }

    @Override
    public void passed(final Condition condition, final long times) {
        ignored[conditions.indexOf(condition)] -= times;
    }

    @Override
    public boolean compares(final Condition condition) {
        return !condition.stopsBefore();
    }

    @Override
    public void before(final Sight sight) {
        seen = value(sight.cpu());
    }
}
