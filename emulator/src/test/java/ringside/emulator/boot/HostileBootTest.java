package ringside.emulator.boot;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.toolchain.image.BootPlan;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageException;
import ringside.toolchain.image.ImageSegment;

/**
 * Damaged kernels of every kind are refused or run; nothing else happens. The damage is done where it matters: fields
 * get values at the edges of something, and multiboot headers get a right checksum again.
 */
@Tag("fuzz")
class HostileBootTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int LOADS = 6_000 * FACTOR;
    private static final int RUNS = 300 * FACTOR;
    private static final int RAM = 4 << 20;
    private static final int STEPS = 2_000;
    private static final int MAGIC_1 = 0x1BAD_B002;
    private static final int MAGIC_2 = 0xE852_50D6;
    private static final long[] EDGES = {0, 1, 2, 3, 4, 7, 8, 9, 0x18, 0x1000, 0x7FFF, 0x8000, 0xFFFF, 0x9_0000,
        0x9_FFFF, 0xA_0000, 0xF_0000, 0xF_FFFF, 0x10_0000, RAM - 1, RAM, RAM + 1, 0x7FFF_FFFFL, 0x8000_0000L,
        0xFFFF_F000L, 0xFFFF_FFFFL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -0x1000, -1};

    private static byte[] damaged(final Random random) {
        final Scene[] scenes = Scene.values();
        byte[] file = scenes[random.nextInt(scenes.length)].file();
        final int mutations = 1 + random.nextInt(6);
        for (int i = 0; i < mutations; i++) {
            file = mutate(file, random);
        }
        if (random.nextInt(8) != 0) {
            repair(file);
        }
        return file;
    }

    private static byte[] mutate(final byte[] file, final Random random) {
        final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        final int at = where(file, random);
        final long edge = EDGES[random.nextInt(EDGES.length)] + (random.nextInt(4) == 0 ? file.length : 0);
        switch (random.nextInt(9)) {
            case 0 -> bytes.put(at, (byte) random.nextInt());
            case 1 -> bytes.put(at, (byte) (bytes.get(at) ^ 1 << random.nextInt(8)));
            case 2 -> bytes.putShort(at & -2, (short) edge);
            case 3, 4, 5 -> bytes.putInt(at & -4, (int) edge);
            case 6 -> bytes.putLong(at & -8, edge);
            case 7 -> {
                final int from = where(file, random) & -8;
                final int length = Math.min(32, file.length - Math.max(from, at & -8));
                bytes.put(at & -8, Arrays.copyOfRange(file, from, from + length));
            }
            default -> {
                return Arrays.copyOf(file, Math.max(16, random.nextInt(3) == 0 ? at : file.length - at % 300));
            }
        }
        return file;
    }

    /** Mostly in the headers, which are at the beginning and, those of sections, at the end. */
    private static int where(final byte[] file, final Random random) {
        final int size = Math.max(1, file.length - 8);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(size);
            case 1 -> Math.max(0, size - 1 - random.nextInt(300));
            default -> random.nextInt(Math.min(400, size));
        };
    }

    private static void repair(final byte[] file) {
        final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 16 <= file.length && at < 8192; at += 4) {
            if (bytes.getInt(at) == MAGIC_1) {
                bytes.putInt(at + 8, -(MAGIC_1 + bytes.getInt(at + 4)));
            } else if (bytes.getInt(at) == MAGIC_2) {
                bytes.putInt(at + 12, -(MAGIC_2 + bytes.getInt(at + 4) + bytes.getInt(at + 8)));
            }
        }
    }

    private static List<BootModule> modules(final Random random) {
        final List<BootModule> modules = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            modules.add(new BootModule("m", new byte[random.nextInt(10) == 0 ? 3 << 20 : random.nextInt(9000)],
                    "m".repeat(random.nextInt(3) == 0 ? 4000 : 3)));
        }
        return modules;
    }

    private static Optional<BootProtocol> protocol(final Random random) {
        final BootProtocol[] all = BootProtocol.values();
        final int index = random.nextInt(2 * all.length);
        return index < all.length ? Optional.of(all[index]) : Optional.empty();
    }

    @Test
    void damagedKernelsAreRefusedOrLoadedWithNothingOverAnything() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment ram = arena.allocate(RAM);
            int loaded = 0;
            for (int seed = FIRST; seed < FIRST + LOADS; seed++) {
                final Random random = new Random(seed);
                ram.fill((byte) 0);
                loaded += load(ram, random, "seed=" + seed) ? 1 : 0;
            }
            assertTrue(loaded > LOADS / 5 && loaded < LOADS - LOADS / 5, "both happen: loaded=" + loaded);
        }
    }

    private static boolean load(final MemorySegment ram, final Random random, final String message) {
        final BootConfig config = new BootConfig("quiet", modules(random), protocol(random), 1 + random.nextInt(16));
        try {
            final GuestImage image = GuestImage.parse("damaged", damaged(random));
            final BootEntry entry = BootLoader.load(ram, image, config);
            check(ram, image.plan(config.protocol()), entry, config, message);
            return true;
        } catch (final ImageException | BootException refused) {
            assertTrue(refused.getMessage().split(": ", 3).length == 3, message + ": " + refused.getMessage());
            return false;
        } catch (final RuntimeException wrong) {
            throw new AssertionError(message, wrong);
        }
    }

    private static void check(final MemorySegment ram, final BootPlan plan, final BootEntry entry,
            final BootConfig config, final String message) {
        for (final ImageSegment segment : plan.segments()) {
            assertTrue(ram.asSlice(segment.physical(), segment.content().byteSize()).mismatch(segment.content()) == -1,
                    message + ": something lies over a segment");
        }
        if (!entry.longMode()) {
            final Told told = new Told(ram, entry.eax(), entry.ebx());
            assertTrue(told.commandLine.endsWith("quiet"), message);
            assertTrue(told.modules.size() == config.modules().size(), message);
            for (int i = 0; i < told.modules.size(); i++) {
                final Told.Module module = told.modules.get(i);
                assertTrue(module.end() - module.start() == config.modules().get(i).content().length
                        && module.start() % 0x1000 == 0 && module.end() <= RAM, message);
                assertTrue(plan.segments().stream().allMatch(s -> s.physical() >= module.end()
                        || s.physical() + s.memorySize() <= module.start()), message + ": module " + i);
            }
            assertTrue(new Tables(told).mpCpus() == config.cpus() && new Tables(told).acpiAddsUp(), message);
        }
    }

    @Test
    void damagedKernelsThatAreLoadedEndWithAResult() {
        for (int seed = FIRST; seed < FIRST + RUNS; seed++) {
            final Random random = new Random(seed);
            try (Machine machine = Machine.boot(MachineConfig.standard().withMemory(RAM).withModules(modules(random)),
                    GuestImage.parse("damaged", damaged(random)))) {
                assertNotNull(machine.run(Budget.steps(STEPS)), "seed=" + seed);
            } catch (final ImageException | BootException refused) {
                assertTrue(refused.getMessage().contains(": "), "seed=" + seed);
            } catch (final RuntimeException wrong) {
                throw new AssertionError("seed=" + seed, wrong);
            }
        }
    }
}
