package ringside.kernel.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ringside.kernel.user.UserCode;
import ringside.toolchain.codegen.Reg64;

/** The declarations of system calls say all that there is. */
class SystemCallsTest {
    private static final Set<String> METHODS_OF_OTHER_NAMES = Set.of("call", "null", "wait", "yield");

    @Test
    void everyNumberHasARowUnderItsName() throws IllegalAccessException {
        final List<String> constants = new ArrayList<>();
        for (final Field field : KernelAbi.class.getFields()) {
            if (field.getName().startsWith("SYS_") && !field.getName().equals("SYS_COUNT")) {
                constants.add(field.getName() + " = " + field.getInt(null));
            }
        }
        assertEquals(constants, SystemCalls.all().stream()
                .map(call -> call.constant() + " = " + call.number()).toList());
        for (int number = 0; number < KernelAbi.SYS_COUNT; number++) {
            assertEquals(number, SystemCalls.of(number).number());
        }
        assertEquals(KernelAbi.SYS_COUNT, SystemCalls.all().size());
    }

    @Test
    void everyStatusIsOneOfACallOrHasAReason() {
        final Set<Integer> said = new TreeSet<>(SystemCalls.statusesOfNoCall().keySet());
        for (final SystemCall call : SystemCalls.all()) {
            final Set<Integer> own = new HashSet<>();
            for (final SystemCall.Failure failure : call.errors()) {
                assertTrue(own.add(failure.status()), call.name() + " says twice when: " + failure);
                assertTrue(!SystemCalls.statusesOfNoCall().containsKey(failure.status()), failure.name());
            }
            said.addAll(own);
        }
        assertEquals(KernelAbi.statuses().entries().stream()
                .map(entry -> (int) entry.value())
                .collect(Collectors.toCollection(TreeSet::new)), said);
    }

    @Test
    void noCallUsesARegisterTwiceOrOneThatTheEntryUses() {
        for (final SystemCall call : SystemCalls.all()) {
            for (final List<SystemCall.Operand> operands : List.of(call.in(), call.out())) {
                final Set<Reg64> used = new HashSet<>(Set.of(Reg64.RAX, Reg64.RCX, Reg64.R11, Reg64.RSP));
                operands.stream().flatMap(operand -> operand.registers().stream())
                        .forEach(register -> assertTrue(used.add(register), call.name() + ": " + register));
            }
        }
    }

    @Test
    void everyCallHasAMethodForGeneratedPrograms() {
        final Set<String> methods = new TreeSet<>();
        for (final var method : UserCode.class.getMethods()) {
            methods.add(method.getName());
        }
        for (final SystemCall call : SystemCalls.all()) {
            final StringBuilder name = new StringBuilder();
            for (final String word : call.name().toLowerCase(Locale.ROOT).split("_")) {
                name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            assertTrue(methods.contains(name.toString()) || METHODS_OF_OTHER_NAMES.contains(name.toString()),
                    call.name());
        }
    }
}
