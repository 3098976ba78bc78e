package ringside.toolchain.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.testing.GnuTools;

/** Calls every instruction method with operands of every shape and lets GNU as say what the bytes are. */
class EncodingTest {
    private static final Set<String> DIRECTIVES = Set.of(
            "section", "newLabel", "bind", "here", "global", "local", "probe", "lock", "align", "db", "dd", "dq",
            "text", "reserve", "build", "bytes");

    private final CodeBuilder code = new CodeBuilder();
    private final Label anchor = code.newLabel("anchor");
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void everyInstructionHasTheBytesThatGnuAsGivesIt() throws ReflectiveOperationException {
        code.bind(anchor);
        final Set<String> emitted = new TreeSet<>();
        final Set<String> expected = new TreeSet<>();
        final Method[] methods = CodeBuilder.class.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::toGenericString));
        for (final Method method : methods) {
            final boolean instruction = Emitter.class.isAssignableFrom(method.getDeclaringClass())
                    && !DIRECTIVES.contains(method.getName()) && !Modifier.isStatic(method.getModifiers());
            if (instruction) {
                expected.add(signature(method));
                Object[] accepted = null;
                for (final Object[] arguments : operands(method.getParameterTypes())) {
                    if (emit(method, arguments, false)) {
                        emitted.add(signature(method));
                        accepted = arguments;
                    }
                }
                emit(method, accepted, true);
            }
        }
        assertEquals(expected, emitted, "every method has operands that it accepts");
        assertTrue(expected.size() > 150, "instructions: " + expected.size());
        compare();
    }

    private static String signature(final Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private boolean emit(final Method method, final Object[] arguments, final boolean locked)
            throws ReflectiveOperationException {
        final int before = code.current().here().raw() + code.current().here().elastics();
        try {
            method.invoke(locked ? code.lock() : code, arguments);
        } catch (final InvocationTargetException refused) {
            final int after = code.current().here().raw() + code.current().here().elastics();
            assertEquals(before, after, "what is refused leaves no bytes");
            final boolean rule = refused.getCause() instanceof IllegalArgumentException
                    || locked && refused.getCause() instanceof IllegalStateException;
            assertTrue(rule, () -> method + ": " + refused.getCause());
            return false;
        }
        lines.add((locked ? "lock " : "") + text(method.getName(), arguments));
        code.probe("end");
        return true;
    }

    private void compare() {
        final ObjectCode object = code.build("all");
        final byte[] ours = object.sections().getFirst().bytes();
        final byte[] theirs = GnuTools.assemble(directory, "anchor:\n" + String.join("\n", lines) + "\n");
        int start = 0;
        for (int i = 0; i < lines.size(); i++) {
            final int end = (int) object.symbols().get(i + 1).value();
            final HexFormat hex = HexFormat.of();
            final byte[] expected = Arrays.copyOfRange(theirs, start, end);
            final byte[] actual = Arrays.copyOfRange(ours, start, end);
            final String line = lines.get(i);
            assertArrayEquals(expected, actual, () -> line + "\n ours   " + hex.formatHex(actual)
                    + "\n theirs " + hex.formatHex(expected));
            start = end;
        }
        assertEquals(theirs.length, ours.length);
    }

    /** All combinations worth trying; generic register pairs have one width. */
    private List<Object[]> operands(final Class<?>[] types) {
        final List<Object[]> all = new ArrayList<>();
        if (types.length >= 2 && types[types.length - 1] != Enum.class && Arrays.asList(types).contains(Enum.class)
                || Arrays.equals(types, new Class<?>[] {Enum.class, Enum.class})
                || Arrays.equals(types, new Class<?>[] {Cond.class, Enum.class, Enum.class})) {
            pairs(types, all);
            return all;
        }
        combine(types, new Object[types.length], 0, true, all);
        if (Arrays.asList(types).contains(Mem.class) && types[0] != Cond.class) {
            combine(types, new Object[types.length], 0, false, all);
        }
        return all;
    }

    private void pairs(final Class<?>[] types, final List<Object[]> all) {
        for (final List<? extends Reg> file : Samples.FILES) {
            for (final Reg first : file) {
                for (final Reg second : file) {
                    if (types[0] == Cond.class) {
                        for (final Cond condition : Cond.values()) {
                            all.add(new Object[] {condition, first, second});
                        }
                    } else if (types.length == 3) {
                        final long value = Samples.IMMEDIATES[(first.number() * 16 + second.number()) % 21];
                        all.add(new Object[] {first, second, value});
                    } else {
                        all.add(new Object[] {first, second});
                    }
                }
            }
        }
    }

    private void combine(
            final Class<?>[] types, final Object[] chosen, final int index, final boolean allRegisters,
            final List<Object[]> all) {
        if (index == types.length) {
            all.add(chosen.clone());
            return;
        }
        for (final Object value : values(types[index], allRegisters, Arrays.asList(types).contains(Mem.class))) {
            chosen[index] = value;
            combine(types, chosen, index + 1, allRegisters, all);
        }
    }

    private List<?> values(final Class<?> type, final boolean allRegisters, final boolean withMemory) {
        if (type == Reg.class) {
            final List<Reg> registers = new ArrayList<>();
            Samples.FILES.forEach(file -> registers.addAll(allRegisters ? file : file.subList(6, 7)));
            return registers;
        }
        if (type == Mem.class) {
            return allRegisters ? Samples.fewMemory() : Samples.memory();
        }
        if (type == long.class) {
            final List<Object> values = new ArrayList<>();
            for (final long value : Samples.IMMEDIATES) {
                values.add(value);
            }
            return !withMemory || allRegisters ? values : values.subList(4, 6);
        }
        if (type == int.class) {
            return withMemory && !allRegisters ? List.of(5) : List.of(0, 1, 2, 7, 8, 15, 16, 31, 32, 63, 64, 255, 256);
        }
        if (type == String.class) {
            return List.of("anchor");
        }
        if (type == Label.class) {
            return List.of(anchor);
        }
        return List.of(type.getEnumConstants());
    }

    private static String text(final String name, final Object[] arguments) {
        final String cc = arguments.length > 0 && arguments[0] instanceof Cond cond ? cond.text() : "";
        return switch (name) {
            case "in" -> "in " + accumulator(arguments[0]) + ", " + arguments[1];
            case "inDx" -> "in " + accumulator(arguments[0]) + ", dx";
            case "out" -> "out " + arguments[1] + ", " + accumulator(arguments[0]);
            case "outDx" -> "out dx, " + accumulator(arguments[0]);
            case "cmovcc", "setcc", "jcc" -> name.replace("cc", cc) + " " + list(arguments);
            case "movsx" -> sourceIsDword(arguments) ? "movsxd " + list(arguments) : "movsx " + list(arguments);
            case "mov" -> mov(arguments);
            case "lea" -> "lea " + ((Reg) arguments[0]).text() + ", " + Samples.text((Mem) arguments[1]);
            case "invlpg" -> "invlpg " + Samples.text((Mem) arguments[0]);
            default -> name.startsWith("rep") ? "rep " + name.substring(3).toLowerCase(Locale.ROOT)
                    : name.endsWith("Cl") ? name.substring(0, 3) + " " + list(arguments) + ", cl"
                    : name + " " + list(arguments);
        };
    }

    private static String mov(final Object[] arguments) {
        if (arguments[0] instanceof Reg64 register && arguments[1] instanceof Long value) {
            final boolean half = value == (value & 0xffff_ffffL);
            return (value == (int) (long) value || half ? "mov " : "movabs ")
                    + (half ? register.r32() : register).text() + ", " + value;
        }
        if (arguments[1] instanceof String symbol) {
            return "movabs " + ((Reg) arguments[0]).text() + ", offset " + symbol;
        }
        return "mov " + list(arguments);
    }

    private static boolean sourceIsDword(final Object[] arguments) {
        return arguments[1] == Width.DWORD || arguments[1] instanceof Reg32;
    }

    private static String accumulator(final Object width) {
        return switch ((Width) width) {
            case BYTE -> "al";
            case WORD -> "ax";
            case DWORD -> "eax";
            case QWORD -> throw new AssertionError("refused before");
        };
    }

    private static String list(final Object[] arguments) {
        Width width = null;
        final List<String> parts = new ArrayList<>();
        for (final Object argument : arguments) {
            switch (argument) {
                case Width given -> width = given;
                case Mem mem -> {
                    Width shown = width;
                    if (shown == null) {
                        shown = Arrays.stream(arguments).filter(a -> a instanceof Reg).map(a -> ((Reg) a).width())
                                .findFirst().orElse(arguments.length > 1 ? Width.BYTE : Width.QWORD);
                    }
                    parts.add(shown.name().toLowerCase(Locale.ROOT) + " ptr " + Samples.text(mem));
                }
                case Cond condition -> assertTrue(condition.ordinal() < 16);
                case Reg register -> parts.add(register.text());
                case ControlRegister control -> parts.add(control.name().toLowerCase(Locale.ROOT));
                default -> parts.add(argument.toString());
            }
        }
        return String.join(", ", parts);
    }

    @Test
    void lockWithoutMemoryDestinationIsRefused() {
        assertThrows(IllegalStateException.class, () -> code.lock().add(Reg64.RAX, Reg64.RBX));
        assertThrows(IllegalStateException.class, () -> new CodeBuilder().lock().cmp(Mem.at(Reg64.RAX), Reg64.RBX));
        final CodeBuilder dangling = new CodeBuilder();
        dangling.lock();
        assertThrows(IllegalStateException.class, () -> dangling.build("x"));
    }
}
