package ringside.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.emulator.machine.States.assertSame;
import static ringside.emulator.machine.States.runTo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.device.virtio.FileDisk;
import ringside.emulator.device.virtio.MemoryDisk;
import ringside.emulator.device.virtio.OverlayDisk;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.pages.PageMap;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotException;
import ringside.emulator.snapshot.SnapshotFile;
import ringside.emulator.testing.Guest;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;

/** The same state, whichever way a machine got there. */
@Tag("fuzz")
class SnapshotTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int RANDOM_GUESTS = 60 * FACTOR;
    private static final long STEPS = 3000;
    private static final MachineConfig CONFIG = MachineConfig.standard().withMemory(4 << 20);

    @TempDir
    private Path directory;

    /** Hears all and does nothing. */
    private static final class Everything implements MachineObserver {
        @Override
        public Set<EventKind> interests() {
            return EnumSet.allOf(EventKind.class);
        }
    }

    private static Snapshot at(final GuestImage image, final long steps) {
        try (Machine machine = Machine.boot(CONFIG, image)) {
            runTo(machine, steps);
            return machine.snapshot();
        }
    }

    private static String hashAt(final GuestImage image, final long steps) {
        return at(image, steps).hash();
    }

    /** A timer that interrupts, faults, string instructions, HLT, and a byte of text now and then. */
    private static Guest busyGuest() {
        return new Guest().program(c -> {
            Guest.apic(c, 0xF0, 0x1FF);
            Guest.apic(c, 0x3E0, 0xB);
            Guest.apic(c, 0x320, 0x2_0030);
            Guest.apic(c, 0x380, 97);
            c.sti();
            c.xor(Reg32.EBP, Reg32.EBP);
            final Label loop = c.here();
            c.mov(Reg64.RDI, Guest.DATA);
            c.mov(Reg32.ECX, 40);
            c.db(0xF3, 0xAA);
            c.ud2();
            c.mov(Reg64.RDI, Guest.DATA + 0x800);
            c.add(Mem.at(Reg64.RDI), Reg32.EBP);
            c.db(0xD9, 0xEB);
            c.db(0xDE, 0xC0);
            c.hlt();
            c.inc(Reg32.EBP);
            Guest.send(c, 'x');
            c.jmp(loop);
        }).handler(6, c -> {
            c.add(Width.QWORD, Mem.at(Reg64.RSP), 2);
            c.iretq();
        }).handler(0x30, c -> {
            c.push(Reg64.RAX);
            c.push(Reg64.RDI);
            c.mov(Reg64.RDI, Guest.DATA + 0x900);
            c.inc(Width.QWORD, Mem.at(Reg64.RDI));
            Guest.apic(c, 0xB0, 0);
            c.pop(Reg64.RDI);
            c.pop(Reg64.RAX);
            c.iretq();
        });
    }

    @Test
    void slicesOfAnySizeLeadToTheSameState() {
        final GuestImage image = busyGuest().image();
        final String expected = hashAt(image, STEPS);
        for (final int slice : new int[] {1, 2, 3, 7, 50, 333}) {
            try (Machine machine = Machine.boot(CONFIG, image)) {
                while (machine.steps() < STEPS) {
                    machine.run(Budget.steps(Math.min(slice, STEPS - machine.steps())));
                }
                assertEquals(expected, machine.stateHash(), "slice=" + slice);
            }
        }
    }

    @Test
    void observersLeaveTheStateAsItIs() {
        final GuestImage image = busyGuest().image();
        try (Machine machine = Machine.boot(CONFIG, image)) {
            machine.addObserver(new Everything());
            runTo(machine, STEPS);
            assertEquals(hashAt(image, STEPS), machine.stateHash());
        }
    }

    @Test
    void takingSnapshotsLeavesTheStateAsItIs() {
        final GuestImage image = busyGuest().image();
        try (Machine machine = Machine.boot(CONFIG, image)) {
            while (machine.steps() < STEPS) {
                machine.run(Budget.steps(Math.min(11, STEPS - machine.steps())));
                machine.snapshot();
            }
            assertEquals(hashAt(image, STEPS), machine.stateHash());
        }
    }

    @Test
    void aDifferentStateHasAnotherHash() {
        final GuestImage image = busyGuest().image();
        assertNotEquals(hashAt(image, STEPS), hashAt(image, STEPS + 20));
    }

    /** Every stop of a run is restored from, in any order, into the machine itself, a fork, and one from a file. */
    @Test
    void everyStopLeadsToTheSameEnd() {
        final GuestImage image = busyGuest().image();
        final Snapshot end = at(image, STEPS);
        final List<Snapshot> stops = new ArrayList<>();
        try (Machine machine = Machine.boot(CONFIG, image)) {
            while (machine.steps() < STEPS) {
                stops.add(machine.snapshot());
                machine.run(Budget.steps(Math.min(29, STEPS - machine.steps())));
            }
            final Random order = new Random(2);
            for (int i = 0; i < 60; i++) {
                final Snapshot stop = stops.get(order.nextInt(stops.size()));
                machine.restore(stop);
                assertSame(stop, machine.snapshot(), "just restored");
                runTo(machine, Math.min(STEPS, stop.steps() + order.nextInt(500)));
                if (i % 2 == 0) {
                    runTo(machine, STEPS);
                    assertSame(end, machine.snapshot(), "steps=" + stop.steps());
                }
            }
            for (int i = 0; i < stops.size(); i += 10) {
                assertContinues(machine, stops.get(i), end);
            }
        }
    }

    private void assertContinues(final Machine machine, final Snapshot stop, final Snapshot end) {
        try (Machine fork = machine.fork(stop, value -> { }, InputSource.NONE)) {
            assertEquals(stop.hash(), fork.stateHash());
            runTo(fork, STEPS);
            assertSame(end, fork.snapshot(), "fork at steps=" + stop.steps());
        }
        final Path file = directory.resolve("machine.snapshot");
        SnapshotFile.write(stop, file);
        final Snapshot read = SnapshotFile.read(file, CONFIG.memory(), 0);
        assertEquals(stop.hash(), read.hash());
        try (Machine other = Machine.resume(CONFIG, machine.image(), read)) {
            runTo(other, STEPS);
            assertSame(end, other.snapshot(), "file of steps=" + stop.steps());
        }
    }

    @Test
    void aForkAndItsOriginRunIndependently() {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        final ByteArrayOutputStream forkText = new ByteArrayOutputStream();
        final GuestImage image = busyGuest().image();
        try (Machine machine = Machine.boot(CONFIG.withSerial(text::write), image)) {
            runTo(machine, 1000);
            final int before = text.size();
            try (Machine fork = machine.fork(machine.snapshot(), forkText::write, InputSource.NONE)) {
                for (int i = 0; i < 20; i++) {
                    runTo(fork, 1000 + i * 100);
                    runTo(machine, 1000 + i * 90);
                }
                runTo(fork, STEPS);
            }
            runTo(machine, STEPS);
            assertEquals(hashAt(image, STEPS), machine.stateHash());
            assertEquals(text.toString(StandardCharsets.US_ASCII).substring(before),
                    forkText.toString(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void aSnapshotOfWhatHardlyChangedIsHardlyNew() {
        try (Machine machine = Machine.boot(CONFIG, busyGuest().image())) {
            runTo(machine, 1000);
            final Snapshot first = machine.snapshot();
            runTo(machine, 2000);
            final Snapshot second = machine.snapshot();
            final int changed = second.ram().newSince(first.ram());
            assertTrue(changed > 0 && changed < 10, "pages=" + changed);
        }
    }

    private static PageMap disk(final Snapshot snapshot) {
        return snapshot.pages("disk 0").orElseThrow();
    }

    @Test
    void aSnapshotKeepsOfADiskWhatWasWritten() {
        final byte[] content = new byte[16 << 20];
        Arrays.fill(content, (byte) 1);
        final MemoryDisk disk = new MemoryDisk(content);
        try (Machine machine = Machine.boot(CONFIG.withDisks(List.of(() -> disk)), busyGuest().image())) {
            runTo(machine, 500);
            final Snapshot first = machine.snapshot();
            assertEquals(4096, disk(first).used());
            assertTrue(disk(first) == machine.snapshot().pages("disk 0").orElseThrow(), "nobody wrote to it");
            for (int i = 0; i < 20; i++) {
                disk.write(i * 1600L, Arrays.copyOf(new byte[] {(byte) i, 2}, 512), 512);
            }
            runTo(machine, 1000);
            final Snapshot second = machine.snapshot();
            assertEquals(20, disk(second).newSince(disk(first)), "and all others are the very same pages");
            machine.restore(first);
            assertArrayEquals(content, disk.content());
            assertSame(first, machine.snapshot(), "restored");
            assertTrue(disk(first) == disk(machine.snapshot()), "the very same pages");
            machine.restore(second);
            assertSame(second, machine.snapshot(), "restored");
            disk.write(0, content, 512);
            assertEquals(1, disk(machine.snapshot()).newSince(disk(second)));
            disk.write(0, Arrays.copyOf(new byte[] {0, 2}, 512), 512);
            assertSame(second, machine.snapshot(), "written back");
        }
    }

    @Test
    void aFileHoldsOfADiskWhatIsNotInItsImage() throws IOException {
        final Path image = directory.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(64L << 30);
        }
        final List<OverlayDisk> disks = new ArrayList<>();
        final MachineConfig config = CONFIG.withDisks(List.of(() -> {
            disks.add(new OverlayDisk(FileDisk.open(image, true), DiskImage.MOST_CHANGES));
            return disks.getLast();
        }));
        final Path path = directory.resolve("machine.snapshot");
        try (Machine machine = Machine.boot(config, busyGuest().image());
                Machine other = Machine.boot(config, machine.image())) {
            SnapshotFile.write(machine.snapshot(), path);
            final long before = Files.size(path);
            final Random random = new Random(1);
            final byte[] noise = new byte[512];
            for (int i = 0; i < 50; i++) {
                random.nextBytes(noise);
                disks.getFirst().write(i * 2_621_441L, noise, 512);
            }
            SnapshotFile.write(machine.snapshot(), path);
            final long more = Files.size(path) - before;
            assertTrue(more > 50 * 512 && more < 50 * 4096, "bytes=" + more);
            final Snapshot read = SnapshotFile.read(path, CONFIG.memory(), 1);
            other.restore(read);
            assertSame(machine.snapshot(), other.snapshot(), "read");
            final byte[] found = new byte[512];
            disks.getLast().read(49 * 2_621_441L, found, 512);
            assertArrayEquals(noise, found);
            assertRefuses("PART 3: more parts with pages than disks: disks=0",
                    () -> SnapshotFile.read(path, CONFIG.memory(), 0));
        }
    }

    @Test
    void randomGuestsContinueFromAnyStop() {
        for (int seed = FIRST; seed < FIRST + RANDOM_GUESTS; seed++) {
            final GuestImage image = RandomGuestTest.persistentGuest(seed).image();
            final Random random = new Random(seed);
            try (Machine machine = Machine.boot(CONFIG, image)) {
                runTo(machine, 1 + random.nextInt(2000));
                final Snapshot stop = machine.snapshot();
                runTo(machine, STEPS);
                final Snapshot end = machine.snapshot();
                assertSame(at(image, STEPS), end, "seed=" + seed + " stop=" + stop.steps());
                machine.restore(stop);
                runTo(machine, STEPS);
                assertSame(end, machine.snapshot(), "seed=" + seed + " restored at " + stop.steps());
            }
        }
    }

    @Test
    void anEndedMachineStaysEnded() {
        final Guest guest = new Guest().program(c -> Guest.exit(c, 5));
        try (Machine machine = Machine.boot(CONFIG, guest.image())) {
            final Snapshot start = machine.snapshot();
            assertEquals(new RunResult.Exited(5), machine.run(Budget.steps(1000)));
            final Snapshot end = machine.snapshot();
            machine.restore(start);
            assertEquals(new RunResult.Exited(5), machine.run(Budget.steps(1000)));
            machine.restore(start);
            machine.restore(end);
            assertEquals(new RunResult.Exited(5), machine.run(Budget.steps(1000)));
            assertEquals(end.hash(), machine.stateHash());
        }
    }

    @Test
    void aMachineOfAnotherMakeOrImageRefuses() {
        final GuestImage image = busyGuest().image();
        final GuestImage another = new Guest().program(CodeBuilder::hlt).image();
        try (Machine machine = Machine.boot(CONFIG, image)) {
            final Snapshot snapshot = machine.snapshot();
            assertRefuses("image", () -> Machine.resume(CONFIG, another, snapshot).close());
            assertRefuses("make", () -> Machine.resume(CONFIG.withMemory(8 << 20), image, snapshot).close());
            assertRefuses("make", () -> Machine.resume(CONFIG.withVcpus(2), image, snapshot).close());
            assertRefuses("make", () -> Machine.resume(CONFIG.withCommandLine("x"), image, snapshot).close());
        }
    }

    private static void assertRefuses(final String place, final Executable taking) {
        final String message = assertThrows(SnapshotException.class, taking).getMessage();
        assertTrue(message.contains(place), message);
    }
}
