package ringside.fastpath.codegen;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.emulator.snapshot.Snapshot;
import ringside.fastpath.lab.BareStand;
import ringside.fastpath.lab.LabFiles;
import ringside.toolchain.asm.Assembler;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ObjectCode;

/** A unit on the bare stand whose routines are called once from any state of registers and of a structure's memory. */
final class RoutineStand implements AutoCloseable {
    /** Registers in the order of the state; rsp is the stand's own. */
    static final List<CpuRegister> REGISTERS = List.of(CpuRegister.values()).subList(0, 16);
    /** Bytes on both sides of the structure that no routine has to do with. */
    static final int GUARD = 4096;
    /** Bytes behind the upper guard that messages come from and go to. */
    static final int ROOM = 8192;
    private static final int MOST_STEPS = 20_000;
    private static final long MOST_BOOT_STEPS = 1_000_000;
    private static final Map<String, Long> ONE_CPU = Map.of(BareStand.CPUS, 1L);
    private static final String CALLER = """
            ; Calls a routine with the registers that the state has, and keeps those that come back.
            %%include "stand/stand.inc"
            section .text
            global  workload_cpu
            workload_cpu:
            %s        call    [rel routine]
            %s.stop:
                    cli
                    hlt
                    jmp     .stop
            section .bss
            align   PAGE_SIZE
            global  %s
            memory: resb    %d
            %s:
                    resb    SIZE + %d
            registers:
                    resb    %d
            routine:
                    resb    8
            """;

    private final Machine machine;
    private final GuestImage image;
    private final Snapshot start;
    private final long memory;
    private final long structure;
    private final long registers;
    private final int bytes;

    /** What a routine left: registers, memory, how many instructions it took; whether it returned at all. */
    record Outcome(boolean returned, long[] registers, byte[] memory, long instructions) {
        long register(final CpuRegister register) {
            return registers[register.ordinal()];
        }
    }

    /** One instruction of the routine's unit. */
    record Place(long address, int bytes, String text) {
    }

    /**
     * Boots.
     *
     * @param assembler of {@link #assembler}
     * @param symbol    of the structure
     * @param size      of the structure, bytes
     * @param unit      makes the unit that has the routines
     */
    RoutineStand(final Assembler assembler, final String symbol, final int size,
            final Function<Map<String, Long>, List<ObjectCode>> unit) {
        bytes = size + 2 * GUARD + ROOM;
        final List<ObjectCode> objects = new ArrayList<>();
        BareStand.units().forEach(one -> objects.add(assembler.assemble(one, ONE_CPU)));
        objects.add(assembler.assemble(file(symbol), Map.of(BareStand.CPUS, 1L, "SIZE", (long) size)));
        objects.addAll(unit.apply(new TreeMap<>(ONE_CPU)));
        image = BareStand.link("routine.elf", objects);
        structure = address(symbol);
        memory = structure - GUARD;
        registers = memory + bytes;
        machine = Machine.boot(MachineConfig.standard(), image);
        final long begin = address("workload_cpu");
        for (long step = 0; machine.cpu().read(CpuRegister.RIP) != begin; step++) {
            if (step > MOST_BOOT_STEPS || !(machine.run(Budget.steps(1)) instanceof RunResult.BudgetSpent)) {
                throw new IllegalStateException("the stand does not come to the call");
            }
        }
        start = machine.snapshot();
    }

    /** {@return an assembler for stands whose structures have some symbol; its owner closes it} */
    static Assembler assembler(final String... symbols) {
        return Assembler.start(SourceTree.of(Stream.of(symbols).collect(
                Collectors.toMap(RoutineStand::file, RoutineStand::caller)))
                .over(LabFiles.shipped("ring-indices").sources()));
    }

    private static String file(final String symbol) {
        return "caller-" + symbol + ".asm";
    }

    private static String caller(final String symbol) {
        final StringBuilder load = new StringBuilder();
        final StringBuilder store = new StringBuilder();
        for (final CpuRegister register : REGISTERS) {
            final String name = register.name().toLowerCase(Locale.ROOT);
            final int offset = register.ordinal() * Long.BYTES;
            if (register != CpuRegister.RSP) {
                load.append("        mov     ").append(name).append(", [rel registers + ").append(offset).append("]\n");
            }
            store.append("        mov     [rel registers + ").append(offset).append("], ").append(name).append('\n');
        }
        return CALLER.formatted(load, store, symbol, GUARD, symbol, GUARD + ROOM,
                REGISTERS.size() * Long.BYTES);
    }

    private long address(final String symbol) {
        return image.symbols().byName(symbol).orElseThrow().address();
    }

    long structure() {
        return structure;
    }

    /** {@return where messages come from and go to} */
    long room() {
        return memory + bytes - ROOM;
    }

    /** {@return bytes of structure, guards and room, which a state has all of} */
    int bytes() {
        return bytes;
    }

    /** Calls a routine. */
    Outcome call(final String routine, final Twin.State state) {
        return call(routine, state, null);
    }

    /** Calls a routine with an instruction left out. */
    Outcome call(final String routine, final Twin.State state, final Place missing) {
        machine.restore(start);
        if (missing != null) {
            final byte[] nothing = new byte[missing.bytes];
            Arrays.fill(nothing, (byte) 0x90);
            machine.write(missing.address, nothing);
        }
        machine.write(memory, state.memory());
        final ByteBuffer values =
                ByteBuffer.allocate((REGISTERS.size() + 1) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(state.registers()).forEach(values::putLong);
        values.putLong(address(routine));
        machine.write(registers, values.array());
        final long begun = machine.instructions();
        final RunResult result = machine.runOnly(0, Budget.steps(MOST_STEPS));
        final MemorySegment ram = machine.cpu().memory();
        return new Outcome(result instanceof RunResult.Halted,
                ram.asSlice(registers, (long) REGISTERS.size() * Long.BYTES)
                        .toArray(ValueLayout.JAVA_LONG_UNALIGNED),
                ram.asSlice(memory, bytes).toArray(ValueLayout.JAVA_BYTE), machine.instructions() - begun);
    }

    /** {@return the instructions of a routine, to the next global} */
    List<Place> instructions(final String routine) {
        final long from = address(routine);
        final long size = image.symbols().byName(routine).orElseThrow().size();
        final byte[] code = image.memory(from, (int) size);
        try (Disassembler disassembler = Disassembler.bits64()) {
            return disassembler.decodeAll(code, 0, code.length, from).stream()
                    .map((final Instruction one) -> new Place(one.address(), one.length(), one.text())).toList();
        }
    }

    @Override
    public void close() {
        machine.close();
    }
}
