package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.emulator.machine.States.assertSame;
import static ringside.emulator.machine.States.runTo;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.testing.Guest;
import ringside.emulator.testing.RestlessGuest;
import ringside.emulator.testing.SmpGuest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;

/** Machines of several CPUs, taken up in the midst of whatever they do. */
@Tag("fuzz")
class SmpSnapshotTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int PLAUSIBLE_GUESTS = 24 * FACTOR;
    private static final long PLAUSIBLE_STEPS = 60_000;
    private static final int CPUS = 3;
    private static final int VECTOR = 0x40;
    private static final long TURNS = Guest.DATA + 0x100;
    private static final MachineConfig CONFIG =
            MachineConfig.standard().withMemory(4 << 20).withVcpus(CPUS).withQuantum(150).withSeed(5);

    /** CPUs that wake each other: each halts, and when its interrupt comes sends one to the next. */
    private static Guest relay() {
        return SmpGuest.of(c -> {
            final Label wait = c.newLabel();
            c.sti();
            c.test(Reg32.EDI, Reg32.EDI);
            c.jcc(Cond.NE, wait);
            c.mov(Reg32.EBX, 30_000);
            final Label others = c.here();
            c.dec(Reg32.EBX);
            c.jcc(Cond.NE, others);
            sendToNext(c);
            c.bind(wait);
            c.hlt();
            c.jmp(wait);
        }).handler(VECTOR, c -> {
            c.lock().inc(Width.DWORD, Mem.absolute(TURNS));
            Guest.apic(c, 0xB0, 0);
            sendToNext(c);
            c.iretq();
        });
    }

    /** To the CPU with the next number, by its physical APIC id. */
    private static void sendToNext(final CodeBuilder c) {
        final Label known = c.newLabel();
        c.mov(Reg64.RDI, 0xFEE0_0020L);
        c.mov(Reg32.EAX, Mem.at(Reg64.RDI));
        c.shr(Reg32.EAX, 24);
        c.inc(Reg32.EAX);
        c.cmp(Reg32.EAX, CPUS);
        c.jcc(Cond.NE, known);
        c.xor(Reg32.EAX, Reg32.EAX);
        c.bind(known);
        c.shl(Reg32.EAX, 24);
        c.mov(Reg64.RDI, 0xFEE0_0310L);
        c.mov(Mem.at(Reg64.RDI), Reg32.EAX);
        Guest.apic(c, 0x300, VECTOR);
    }

    /** From one place in the start of the other CPUs to the next: INIT, start-up, real mode, the way to long mode. */
    @Test
    void everyStopWhileCpusStartLeadsToTheSameEnd() {
        assertEveryStop(relay().image(), 0, 900, 7);
    }

    @Test
    void everyStopWhileCpusHaltAndWakeEachOtherLeadsToTheSameEnd() {
        assertEveryStop(relay().image(), 62_000, 700, 5);
    }

    private static void assertEveryStop(final GuestImage image, final long from, final int length, final int stride) {
        final List<Snapshot> stops = new ArrayList<>();
        final long end = from + length + 2000;
        try (Machine machine = Machine.boot(CONFIG, image)) {
            runTo(machine, from);
            while (machine.steps() < from + length) {
                stops.add(machine.snapshot());
                machine.run(Budget.steps(1));
            }
            runTo(machine, end);
            final Snapshot expected = machine.snapshot();
            assertTrue(stops.size() > length / 8, "stops=" + stops.size());
            try (Machine straight = Machine.boot(CONFIG, image)) {
                runTo(straight, end);
                assertSame(expected, straight.snapshot(), "without stops");
            }
            for (int i = 0; i < stops.size(); i += stride) {
                machine.restore(stops.get(i));
                assertSame(stops.get(i), machine.snapshot(), "just restored");
                runTo(machine, end);
                assertSame(expected, machine.snapshot(), "restored at " + stops.get(i).steps());
            }
        }
    }

    @Test
    void theCpusReallyWakeEachOther() {
        try (Machine machine = Machine.boot(CONFIG, relay().image())) {
            runTo(machine, 65_000);
            final int turns = machine.cpu().memory().get(ValueLayout.JAVA_INT, TURNS);
            assertTrue(turns > 20, "turns=" + turns);
        }
    }

    @Test
    void plausibleCodeOnSeveralCpusContinuesFromAnyStop() {
        for (int seed = FIRST; seed < FIRST + PLAUSIBLE_GUESTS; seed++) {
            final int cpus = 1 + seed % 4;
            final GuestImage image = PlausibleGuestTest.guest(seed, cpus).image();
            final MachineConfig config =
                    MachineConfig.standard().withVcpus(cpus).withQuantum(500).withSeed(seed % 3);
            final Random random = new Random(seed);
            try (Machine machine = Machine.boot(config, image)) {
                final List<Snapshot> stops = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    runTo(machine, random.nextInt((int) PLAUSIBLE_STEPS));
                    stops.add(machine.snapshot());
                }
                runTo(machine, PLAUSIBLE_STEPS);
                final Snapshot end = machine.snapshot();
                for (final Snapshot stop : stops) {
                    machine.restore(stop);
                    runTo(machine, PLAUSIBLE_STEPS);
                    assertSame(end, machine.snapshot(), "seed=" + seed + " restored at " + stop.steps());
                }
                try (Machine other = Machine.resume(config, image, stops.getFirst())) {
                    runTo(other, PLAUSIBLE_STEPS);
                    assertEquals(end.hash(), other.stateHash(), "seed=" + seed + " on another machine");
                }
            }
        }
    }

    /** While states are taken up they are of two times: who waits in one is not woken by an interrupt of another. */
    @Test
    void aSnapshotIsTakenUpAsItIsWhereverTheMachineStood() {
        for (int seed = FIRST + 150; seed < FIRST + 150 + 12 * FACTOR; seed++) {
            final int cpus = 2 + seed % 3;
            final GuestImage image = RestlessGuest.of(seed, cpus, RestlessGuest.End.EXITS).image();
            final MachineConfig config = MachineConfig.standard().withMemory(8 << 20).withVcpus(cpus).withQuantum(150);
            try (Machine machine = Machine.boot(config, image)) {
                final List<Snapshot> places = new ArrayList<>();
                for (int step = 0; step < 4000; step += 61) {
                    runTo(machine, step);
                    places.add(machine.snapshot());
                }
                final Random random = new Random(seed);
                for (int i = 0; i < 300; i++) {
                    final Snapshot place = places.get(random.nextInt(places.size()));
                    machine.restore(place);
                    assertEquals(place.hash(), machine.stateHash(), "seed=" + seed + " at " + place.steps());
                }
            }
        }
    }
}
