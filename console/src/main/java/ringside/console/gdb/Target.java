package ringside.console.gdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import ringside.emulator.machine.Machine;
import ringside.emulator.travel.Position;
import ringside.emulator.travel.Timeline;

/** The machine that clients come to, one after the other; what they set beside it is gone with them. */
final class Target {
    private final Timeline timeline;
    private final Points points = new Points();
    private final Motion motion;
    private final Monitor monitor;
    private boolean physical;
    private int general;
    private int moving;
    private Motion.Halt last;

    Target(final Timeline timeline, final Monitor monitor, final Consumer<byte[]> console) {
        this.timeline = timeline;
        this.monitor = new CommonMonitor(this, monitor);
        motion = new Motion(timeline, points, this.monitor, console);
        last = new Motion.Halt(Motion.TRAP, 0, "");
    }

    Timeline timeline() {
        return timeline;
    }

    Machine machine() {
        return timeline.machine();
    }

    Points points() {
        return points;
    }

    Motion motion() {
        return motion;
    }

    Monitor monitor() {
        return monitor;
    }

    /** Has what is being done end soon; from any thread. */
    void interrupt() {
        timeline.interrupt();
        monitor.interrupt();
    }

    Position position() {
        return timeline.position();
    }

    int cpus() {
        return machine().config().vcpus();
    }

    /** {@return the vCPU whose registers and memory a client looks at} */
    int general() {
        return general;
    }

    void general(final int cpu) {
        general = cpu;
    }

    /** {@return the vCPU that a client steps, where it does not say which} */
    int moving() {
        return moving;
    }

    void moving(final int cpu) {
        moving = cpu;
    }

    /** {@return why it stands where it stands} */
    Motion.Halt last() {
        return last;
    }

    /** Keeps why it stopped; that thread is looked at from now on. */
    void stopped(final Motion.Halt halt) {
        last = halt;
        general = halt.cpu();
        moving = halt.cpu();
    }

    boolean isPhysical() {
        return physical;
    }

    void physical(final boolean addresses) {
        physical = addresses;
    }

    /** {@return memory as the client sees it} */
    GuestBytes bytes() {
        return new GuestBytes(machine().cpu(general), physical);
    }

    CpuRegisters registers() {
        return CpuRegisters.of(machine(), general);
    }

    /** Changes the machine, if there is anything to change: what has happened behind this place has not then. */
    void change(final List<Consumer<Machine>> changes) {
        if (!changes.isEmpty()) {
            timeline.edit(machine -> changes.forEach(each -> each.accept(machine)));
            motion.changed();
        }
    }

    /** {@return what each vCPU does, in words} */
    List<String> states() {
        final int next = timeline.nextCpu();
        final List<String> states = new ArrayList<>();
        for (int cpu = 0; cpu < cpus(); cpu++) {
            states.add((machine().isRunning(cpu) ? cpu == next ? "runs, next" : "runs" : "waits") + " at "
                    + machine().image().symbols().format(CpuRegisters.place(machine(), cpu)));
        }
        return states;
    }

    /** A client is gone; the next one finds the machine as it is, and stopped for no reason. */
    void left() {
        points.clear();
        physical = false;
        motion.stepMode(StepMode.PLAIN);
        last = new Motion.Halt(Motion.TRAP, last.cpu(), "");
    }
}
