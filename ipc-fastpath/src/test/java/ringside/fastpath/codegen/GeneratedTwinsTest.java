package ringside.fastpath.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ringside.emulator.engine.CpuRegister.RAX;
import static ringside.emulator.engine.CpuRegister.RDX;
import static ringside.emulator.engine.CpuRegister.RSP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import ringside.emulator.engine.CpuRegister;
import ringside.toolchain.asm.Assembler;

/** Generated routines do what the assembled ones do, from whatever state; what is left out of one is noticed. */
class GeneratedTwinsTest {
    private static final int STATES = 250;
    private static final int LINE = 64;
    /** Of the queue: what it does where another CPU was faster, which schedules show. */
    private static final List<String> AFTER_ANOTHER_CPU = List.of("list_put: jne", "list_put: jmp", "list_put: mov",
            "list_put: jmp", "list_take: jne", "list_take: jmp", "list_take: mov", "list_take: jmp");

    private static Assembler assembler;

    @BeforeAll
    static void start() {
        assembler = RoutineStand.assembler("list", "ring");
    }

    @AfterAll
    static void close() {
        assembler.close();
    }

    /** What a caller of both may see: whether it returns, the answer, all of the memory, the registers that stay. */
    private static Optional<String> difference(final Twin twin, final String routine, final Twin.State state,
            final RoutineStand.Outcome assembled, final RoutineStand.Outcome generated) {
        if (!assembled.returned() || !generated.returned()) {
            return Optional.of("one does not return");
        }
        if (!Arrays.equals(assembled.memory(), generated.memory())) {
            return Optional.of("memory from byte " + Arrays.mismatch(assembled.memory(), generated.memory()));
        }
        final Set<CpuRegister> lost = twin.routines().get(routine);
        for (final CpuRegister register : RoutineStand.REGISTERS) {
            final boolean answer = register == RAX && !routine.endsWith("_make")
                    || register == RDX && routine.equals("list_take") && assembled.register(RAX) == 1
                    || register == RSP;
            final long wanted = answer ? assembled.register(register) : state.registers()[register.ordinal()];
            if ((answer || !lost.contains(register)) && wanted != generated.register(register)) {
                return Optional.of(register.name());
            }
        }
        return Optional.empty();
    }

    @TestFactory
    Stream<DynamicTest> generatedRoutinesDoAsTheAssembledOnesFromAnyStateInNoMoreInstructions() {
        return Twin.all().map(twin -> DynamicTest.dynamicTest(twin.toString(), () -> {
            try (RoutineStand assembled = twin.assembled(assembler);
                    RoutineStand generated = twin.generated(assembler)) {
                for (final String routine : twin.routines().keySet()) {
                    final Random random = new Random(routine.hashCode());
                    for (int i = 0; i < STATES; i++) {
                        final Twin.State state = twin.state(random, assembled, routine);
                        final RoutineStand.Outcome one = assembled.call(routine, state);
                        final RoutineStand.Outcome other = generated.call(routine, state);
                        assertEquals(Optional.empty(), difference(twin, routine, state, one, other), routine);
                        assertTrue(other.instructions() <= one.instructions(), routine);
                    }
                }
            }
        }));
    }

    /** Whether some state shows that a generated routine is not what it should be. */
    private static boolean caught(final Twin twin, final String routine, final RoutineStand assembled,
            final Function<Twin.State, RoutineStand.Outcome> broken) {
        final Random random = new Random(routine.hashCode());
        for (int i = 0; i < STATES; i++) {
            final Twin.State state = twin.state(random, assembled, routine);
            if (difference(twin, routine, state, assembled.call(routine, state), broken.apply(state)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    @TestFactory
    Stream<DynamicTest> anInstructionLeftOutOfAGeneratedRoutineIsNoticed() {
        return Stream.of(Twin.ring(16, LINE, false), Twin.ring(16, LINE, true), Twin.queue(16),
                Twin.batch(16, 5, 4, false), Twin.batch(16, 5, 4, true), Twin.batch(4, 3, 3, false),
                Twin.message(16, 23)).map(twin -> DynamicTest.dynamicTest(twin.toString(), () -> {
            final List<String> unnoticed = new ArrayList<>();
            try (RoutineStand assembled = twin.assembled(assembler);
                    RoutineStand generated = twin.generated(assembler)) {
                for (final String routine : twin.routines().keySet()) {
                    for (final RoutineStand.Place place : generated.instructions(routine)) {
                        if (!caught(twin, routine, assembled, state -> generated.call(routine, state, place))) {
                            unnoticed.add(routine + ": " + place.text().split(" ")[0]);
                        }
                    }
                }
            }
            assertEquals(twin.generator() instanceof BoundedQueue ? AFTER_ANOTHER_CPU : List.of(), unnoticed);
        }));
    }

    @TestFactory
    Stream<DynamicTest> aGeneratorThatHasANumberWrongIsNoticed() {
        return Stream.of(Map.entry(Twin.ring(16, LINE, false), Map.of("CAPACITY", 8L)),
                Map.entry(Twin.ring(16, LINE, true), Map.of("CAPACITY", 32L)),
                Map.entry(Twin.ring(16, LINE, false), Map.of("SPACING", 8L)),
                Map.entry(Twin.queue(16), Map.of("CAPACITY", 32L)),
                Map.entry(Twin.batch(16, 5, 4, false), Map.of("BATCH", 2L)),
                Map.entry(Twin.batch(16, 5, 4, false), Map.of("WORDS", 4L)),
                Map.entry(Twin.message(16, 23), Map.of("LENGTH", 24L)),
                Map.entry(Twin.message(16, 23), Map.of("SLOTS", 8L))).map(entry ->
                DynamicTest.dynamicTest(entry.toString(), () -> {
            final Twin twin = entry.getKey();
            final Map<String, Long> wrong = new TreeMap<>(twin.constants());
            wrong.putAll(entry.getValue());
            try (RoutineStand assembled = twin.assembled(assembler);
                    RoutineStand generated = twin.generated(assembler, wrong)) {
                for (final String routine : twin.routines().keySet()) {
                    assertTrue(routine.endsWith("_make") || caught(twin, routine, assembled,
                            state -> generated.call(routine, state)), routine);
                }
            }
        }));
    }
}
