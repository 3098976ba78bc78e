package ringside.fastpath.codegen;

import static ringside.emulator.engine.CpuRegister.R10;
import static ringside.emulator.engine.CpuRegister.R8;
import static ringside.emulator.engine.CpuRegister.R9;
import static ringside.emulator.engine.CpuRegister.RAX;
import static ringside.emulator.engine.CpuRegister.RCX;
import static ringside.emulator.engine.CpuRegister.RDI;
import static ringside.emulator.engine.CpuRegister.RDX;
import static ringside.emulator.engine.CpuRegister.RSI;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import ringside.emulator.engine.CpuRegister;
import ringside.toolchain.asm.Assembler;

/**
 * A generator, the assembly in whose place it emits, one configuration of both, and what states they may be called in.
 *
 * @param generator emits
 * @param assembly  the path of the assembly
 * @param constants of both
 * @param symbol    of the structure
 * @param size      of the structure, bytes
 * @param routines  by their names, with the registers that the generated ones may lose
 * @param states    makes states
 */
record Twin(SlotGenerator generator, String assembly, Map<String, Long> constants, String symbol, int size,
        Map<String, Set<CpuRegister>> routines, States states) {
    private static final int LINE = 64;
    private static final int PAGE = 4096;
    private static final Set<CpuRegister> VALUE_OUT = Set.of(RAX, RDX, RCX);

    /** Puts a structure's invariant into memory that is full of chance, and arguments into registers. */
    interface States {
        void make(Random random, ByteBuffer structure, long[] registers);
    }

    /** A state of registers and memory. */
    record State(long[] registers, byte[] memory) {
    }

    /** {@return all that are held together} */
    static Stream<Twin> all() {
        final List<Twin> all = new ArrayList<>();
        for (final long capacity : List.of(1, 2, 16, 256)) {
            all.add(ring(capacity, 64, false));
            all.add(ring(capacity, capacity == 2 ? 8 : 64, true));
            if (capacity > 1) {
                all.add(queue(capacity));
            }
        }
        for (final List<Integer> shape : List.of(List.of(1, 1, 1), List.of(8, 1, 8), List.of(8, 6, 1),
                List.of(16, 5, 4), List.of(16, 7, 5), List.of(256, 8, 16), List.of(4, 3, 3))) {
            all.add(batch(shape.get(0), shape.get(1), shape.get(2), false));
        }
        all.add(batch(16, 5, 4, true));
        all.add(batch(8, 1, 8, true));
        for (final List<Integer> shape : List.of(List.of(2, 1), List.of(16, 8), List.of(16, 23), List.of(256, 56),
                List.of(16, 64))) {
            all.add(message(shape.get(0), shape.get(1)));
        }
        return all.stream();
    }

    static Twin ring(final long capacity, final int spacing, final boolean remembers) {
        final Map<String, Set<CpuRegister>> routines = new TreeMap<>(Map.of("list_make", Set.of(),
                "list_put", Set.of(RAX, RCX, RDX), "list_take", VALUE_OUT));
        return new Twin(new SpscRing(), remembers ? "lib/ring-cached.asm" : "lib/ring-spsc.asm",
                Map.of("CAPACITY", capacity, "SPACING", (long) spacing, "REMEMBERS", remembers ? 1L : 0L), "list",
                2 * PAGE, routines, (random, ring, registers) -> {
            final long put = index(random, 1);
            final long count = count(random, capacity);
            ring.putLong(0, put);
            ring.putLong(spacing, put - count);
            ring.putLong(3 * LINE, capacity - 1);
            if (remembers) {
                ring.putLong(4 * LINE, put - count - random.nextLong(capacity - count + 1));
                ring.putLong(5 * LINE, put - count + random.nextLong(count + 1));
            }
        });
    }

    static Twin queue(final long capacity) {
        final Map<String, Set<CpuRegister>> routines = new TreeMap<>(Map.of("list_make", Set.of(RAX, RCX),
                "list_put", Set.of(RAX, RCX, R8, R9, R10), "list_take", Set.of(RAX, RDX, R8, R9, R10)));
        return new Twin(new BoundedQueue(), "lib/queue-vyukov.asm", Map.of("CAPACITY", capacity), "list", 2 * PAGE,
                routines, (random, queue, registers) -> {
            final long put = index(random, 1);
            final long count = count(random, capacity);
            queue.putLong(0, put);
            queue.putLong(LINE, put - count);
            queue.putLong(3 * LINE, capacity - 1);
            for (long i = put - count; i != put - count + capacity; i++) {
                final boolean full = i - put < 0;
                final boolean underWay = random.nextInt(8) == 0;
                final long turn = full == underWay ? i - (full ? 0 : capacity - 1) : i + (full ? 1 : 0);
                queue.putLong((int) (4 * LINE + (i & capacity - 1) * 16), turn);
            }
        });
    }

    static Twin batch(final long capacity, final long words, final long batch, final boolean rolled) {
        final Set<CpuRegister> lost = rolled ? Set.of(RAX, RCX, RDX, RSI, R8) : Set.of(RAX, RCX, RDX);
        final Map<String, Set<CpuRegister>> routines =
                new TreeMap<>(Map.of("batch_make", Set.of(), "batch_put", lost, "batch_take", lost));
        return new Twin(new BatchRing(), "lib/ring-batch.asm",
                Map.of("CAPACITY", capacity, "WORDS", words, "BATCH", batch, "ROLLED", rolled ? 1L : 0L), "ring",
                (int) (PAGE + capacity * words * Long.BYTES), routines, (random, ring, registers) -> {
            final long step = capacity % batch == 0 ? batch : 1;
            final long put = index(random, step);
            ring.putLong(0, put);
            ring.putLong(LINE, put - count(random, capacity / step) * step);
            ring.putLong(2 * LINE, capacity - 1);
            ring.putLong(2 * LINE + Long.BYTES, words);
            registers[RCX.ordinal()] = batch;
        });
    }

    static Twin message(final long slots, final long length) {
        final Map<String, Set<CpuRegister>> routines = new TreeMap<>(Map.of("message_make", Set.of(RAX, RCX),
                "message_put", Set.of(RAX, R8, R9), "message_take", Set.of(RAX, R8, R9)));
        return new Twin(new MessageRing(), "lib/message-ring.asm", Map.of("SLOTS", slots, "LENGTH", length), "ring",
                (int) (PAGE + slots * LINE), routines, (random, ring, registers) -> {
            final int put = (int) index(random, 1);
            final int count = length > 56 ? 0 : (int) count(random, slots);
            ring.putInt(0, put);
            ring.putInt(LINE, put - count);
            for (int i = put - count; i != put - count + (int) slots; i++) {
                final int slot = PAGE + (i & (int) slots - 1) * LINE;
                ring.putInt(slot, i - put < 0 ? i + 1 : i);
                if (i - put < 0) {
                    ring.putShort(slot + 6, (short) length);
                }
            }
            registers[RCX.ordinal()] = length;
        });
    }

    /** An index, often one that is about to go over the end of 8, 32, or 64 bits. */
    private static long index(final Random random, final long step) {
        final long index = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(40) - 20;
            case 1 -> (1L << 32) + random.nextInt(40) - 20;
            case 2 -> Long.MIN_VALUE + random.nextInt(40) - 20;
            case 3 -> random.nextInt(1024);
            default -> random.nextLong();
        };
        return index / step * step;
    }

    private static long count(final Random random, final long most) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> most;
            default -> random.nextLong(most + 1);
        };
    }

    /** {@return a state in which a routine may be called} */
    State state(final Random random, final RoutineStand stand, final String routine) {
        final long[] registers = random.longs(RoutineStand.REGISTERS.size()).toArray();
        final byte[] memory = new byte[stand.bytes()];
        random.nextBytes(memory);
        registers[RDI.ordinal()] = stand.structure();
        if (routine.endsWith("_make")) {
            Arrays.fill(memory, RoutineStand.GUARD, RoutineStand.GUARD + size, (byte) 0);
            registers[RSI.ordinal()] = constants.getOrDefault("CAPACITY", 0L);
            registers[RDX.ordinal()] = constants.getOrDefault("WORDS", 0L);
        } else {
            final ByteBuffer all = ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN);
            states.make(random, all.slice(RoutineStand.GUARD, size).order(ByteOrder.LITTLE_ENDIAN), registers);
            if (symbol.equals("ring")) {
                registers[RSI.ordinal()] = stand.room();
                registers[RDX.ordinal()] = stand.room();
            }
        }
        return new State(registers, memory);
    }

    RoutineStand assembled(final Assembler assembler) {
        return new RoutineStand(assembler, symbol, size, more -> {
            more.putAll(constants);
            return List.of(assembler.assemble(assembly, more));
        });
    }

    RoutineStand generated(final Assembler assembler) {
        return generated(assembler, constants);
    }

    /** {@return the generated routines by other constants than the assembled ones'} */
    RoutineStand generated(final Assembler assembler, final Map<String, Long> others) {
        return new RoutineStand(assembler, symbol, size, more -> {
            more.putAll(others);
            return generator.generate(more);
        });
    }

    @Override
    public String toString() {
        return generator.getClass().getSimpleName() + " " + new TreeMap<>(constants);
    }
}
