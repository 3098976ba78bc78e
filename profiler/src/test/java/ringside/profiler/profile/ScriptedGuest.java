package ringside.profiler.profile;

import java.util.ArrayList;
import java.util.List;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.EventSource;
import ringside.emulator.event.MachineObserver;
import ringside.toolchain.image.Probe;

/** A guest in words: tells observers what a machine would, one cycle an instruction unless said otherwise. */
final class ScriptedGuest implements EventSource {
    static final List<Probe> PROBES = List.of(
            probe("bench_begin"), probe("bench_end"), probe("client_call"), probe("client_return"),
            probe("server_return"), probe("server_reply"), probe("phase_entry"), probe("phase_checks"),
            probe("phase_exit"), probe("phase_extra"), probe("context_switch"));
    static final WindowPlan PLAN = new WindowPlan("bench_begin", "bench_end", List.of(
            new WindowSpec("call", "client_call", "server_return"),
            new WindowSpec("reply-recv", "server_reply", "client_return"),
            new WindowSpec("round-trip", "client_call", "client_return")),
            "phase_", List.of("entry", "checks", "exit"), 2);
    static final long KERNEL = 0xffff_ffff_8010_0000L;
    static final long USER = 0x40_0000L;

    private final List<MachineObserver> observers = new ArrayList<>();
    private long cycle = 1000;

    private static Probe probe(final String kind) {
        return new Probe(kind, 0, List.of());
    }

    static WindowProfiler profiler() {
        return new WindowProfiler(PLAN, PROBES, Long::toHexString, true);
    }

    @Override
    public void addObserver(final MachineObserver observer) {
        observers.add(observer);
    }

    @Override
    public void removeObserver(final MachineObserver observer) {
        observers.remove(observer);
    }

    ScriptedGuest begin(final long first, final long second, final long third) {
        return mark("bench_begin", first, second, third).user(1);
    }

    ScriptedGuest end() {
        return mark("bench_end").user(1);
    }

    ScriptedGuest mark(final String kind) {
        return mark(kind, 0, 0, 0);
    }

    private ScriptedGuest mark(final String kind, final long first, final long second, final long third) {
        final int index = PROBES.stream().map(Probe::kind).toList().indexOf(kind);
        observers.forEach(o -> o.probe(cycle, 0, index, first, second, third));
        return this;
    }

    ScriptedGuest user(final int count) {
        return run(0, USER, count, 3, 1);
    }

    ScriptedGuest kernel(final int count) {
        return run(0, KERNEL, count, 0, 1);
    }

    ScriptedGuest kernelAt(final long offset, final int count, final int cost) {
        return run(0, KERNEL + offset, count, 0, cost);
    }

    ScriptedGuest elsewhere(final int count) {
        return run(1, KERNEL, count, 0, 0);
    }

    private ScriptedGuest run(
            final int cpu, final long address, final int count, final int level, final int cost) {
        for (int i = 0; i < count; i++) {
            cycle += cost;
            final long at = address + i * 4L;
            observers.forEach(o -> o.instruction(cycle, cpu, at, 4, level));
        }
        return this;
    }

    ScriptedGuest reads(final long address, final int size, final int level) {
        observers.stream().filter(o -> o.interests().contains(EventKind.MEMORY_READ))
                .forEach(o -> o.memoryRead(cycle, 0, address, size, level));
        return this;
    }

    ScriptedGuest writes(final long address, final int size, final int level) {
        observers.stream().filter(o -> o.interests().contains(EventKind.MEMORY_WRITE))
                .forEach(o -> o.memoryWrite(cycle, 0, address, size, level));
        return this;
    }

    ScriptedGuest interrupted(final int vector) {
        observers.forEach(o -> o.interrupt(cycle, 0, vector, USER));
        return kernel(9);
    }

    ScriptedGuest faulted(final int vector) {
        observers.forEach(o -> o.exception(cycle, 0, vector, 0, USER));
        return kernel(5);
    }

    ScriptedGuest halted() {
        observers.forEach(o -> o.halt(cycle, 0));
        cycle += 5000;
        return this;
    }

    /** The client's call: SYSCALL, 3 of entry, 5 of checks, 2 of exit; the server runs on at its return. */
    ScriptedGuest call() {
        return mark("client_call").user(1).mark("phase_entry").kernel(3).mark("phase_checks").kernelAt(64, 5, 1)
                .mark("phase_exit").kernelAt(128, 2, 1).mark("server_return").user(4);
    }

    /** The server's reply: SYSCALL, 3 of entry, 4 of exit; the client runs on at its return. */
    ScriptedGuest reply() {
        return mark("server_reply").user(1).mark("phase_entry").kernel(3).mark("phase_exit").kernelAt(128, 4, 1)
                .mark("client_return").user(2);
    }
}
