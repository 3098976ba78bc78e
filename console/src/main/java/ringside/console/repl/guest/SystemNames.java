package ringside.console.repl.guest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ringside.emulator.engine.DescriptorTable;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.engine.ModelRegister;
import ringside.emulator.engine.SegmentName;
import ringside.emulator.engine.SegmentRegister;
import ringside.emulator.engine.SystemRegisters;
import ringside.emulator.machine.CpuView;

/**
 * Registers beside {@link Registers}, by the names that gdb has for them, to be looked at: MSRs, descriptor tables,
 * segments with their hidden parts, CR8, debug registers, x87 and SSE. A number of theirs has 64 bits; of what is
 * wider, ST and XMM, it is the lower ones, and the upper ones have the same name with {@code h} behind it.
 */
public final class SystemNames {
    private static final Map<String, RegisterView> ALL = new LinkedHashMap<>();
    private static final int DR4 = 4;
    private static final int DR5 = 5;
    private static final int DEBUG = 8;
    private static final Map<String, Function<FloatingPointRegisters, Long>> X87_WORDS = x87Words();

    static {
        system("cr8", Set.of("cr8"), Set.of(), true, system -> (long) system.priority());
        system("xcr0", Set.of(), Set.of(), false, SystemRegisters::xcr0);
        for (final ModelRegister model : ModelRegister.values()) {
            final String name = model.name().toLowerCase(Locale.ROOT);
            if (Registers.named(name).isEmpty()) {
                system(name, Set.of(), Set.of(), false, system -> system.model(model));
            }
        }
        IntStream.range(0, DEBUG).filter(i -> i != DR4 && i != DR5).forEach(i -> system("dr" + i, Set.of("dr" + i),
            Set.of(), false, system -> system.debug().get(i)));
        table("gdtr", "lgdt", SystemRegisters::gdtr);
        table("idtr", "lidt", SystemRegisters::idtr);
        Arrays.stream(SegmentName.values()).forEach(SystemNames::segment);
        for (int i = 0; i < FloatingPointRegisters.STACK; i++) {
            final int number = i;
            wide("st" + i, view -> view.floatingPoint().stack().get(number).significand(),
                view -> (long) view.floatingPoint().stack().get(number).exponent(), "0x%2$04x%1$016x");
        }
        X87_WORDS.forEach((name, word) -> floating(name, view -> word.apply(view.floatingPoint())));
        for (int i = 0; i < FloatingPointRegisters.VECTORS; i++) {
            final int number = i;
            wide("xmm" + i, view -> view.floatingPoint().vectors().get(number).low(),
                view -> view.floatingPoint().vectors().get(number).high(), "0x%2$016x%1$016x");
        }
        floating("mxcsr", view -> (long) view.floatingPoint().mxcsr());
    }

    private SystemNames() {
    }

    private static Map<String, Function<FloatingPointRegisters, Long>> x87Words() {
        final Map<String, Function<FloatingPointRegisters, Long>> words = new LinkedHashMap<>();
        words.put("fctrl", values -> (long) values.control());
        words.put("fstat", values -> (long) values.status());
        words.put("ftag", values -> (long) values.tagWord());
        words.put("fiseg", values -> (long) values.last().code());
        words.put("fioff", values -> values.last().address());
        words.put("foseg", values -> (long) values.last().data());
        words.put("fooff", values -> values.last().operand());
        return words;
    }

    private static void system(final String name, final Set<String> operands, final Set<String> instructions,
            final boolean mapped, final Function<SystemRegisters, Long> value) {
        ALL.put(name, new RegisterView(view -> List.of(value.apply(view.system())), RegisterView.NUMBER, operands,
            instructions, mapped));
    }

    private static void table(
            final String name, final String loader, final Function<SystemRegisters, DescriptorTable> table) {
        final Set<String> loads = Set.of(loader);
        ALL.put(name, new RegisterView(view -> List.of(table.apply(view.system()).base(),
            (long) table.apply(view.system()).limit()), "0x%x limit 0x%x", Set.of(), loads, false));
        system(name + "_base", Set.of(), loads, false, system -> table.apply(system).base());
        system(name + "_limit", Set.of(), loads, false, system -> (long) table.apply(system).limit());
    }

    private static void segment(final SegmentName segment) {
        final String name = segment.name().toLowerCase(Locale.ROOT);
        final Map<String, Function<SegmentRegister, Long>> parts = new LinkedHashMap<>();
        parts.put("", one -> (long) one.selector());
        parts.put("_base", SegmentRegister::base);
        parts.put("_limit", one -> one.limit() & 0xFFFF_FFFFL);
        parts.put("_attr", one -> (long) one.attributes() >> Byte.SIZE);
        parts.forEach((part, value) -> {
            if (Registers.named(name + part).isEmpty()) {
                system(name + part, Set.of(name), Set.of("ltr", "lldt"), false,
                    system -> value.apply(system.segment(segment)));
            }
        });
    }

    private static void wide(final String name, final Function<CpuView, Long> low, final Function<CpuView, Long> high,
            final String format) {
        ALL.put(name, new RegisterView(view -> List.of(low.apply(view), high.apply(view)), format, Set.of(), Set.of(),
            false));
        floating(name + "h", high);
    }

    private static void floating(final String name, final Function<CpuView, Long> value) {
        ALL.put(name, new RegisterView(view -> List.of(value.apply(view)), RegisterView.NUMBER, Set.of(), Set.of(),
            false));
    }

    /**
     * {@return what a name stands for, with or without a dollar in front}
     *
     * @param name in any case
     */
    public static Optional<RegisterView> named(final String name) {
        final String plain = name.startsWith("$") ? name.substring(1) : name;
        return Optional.ofNullable(ALL.get(plain.toLowerCase(Locale.ROOT)));
    }

    /** {@return every name} */
    public static Stream<String> all() {
        return ALL.keySet().stream();
    }

    /** {@return names of the x87 unit's control words} */
    public static Set<String> x87() {
        return X87_WORDS.keySet();
    }
}
