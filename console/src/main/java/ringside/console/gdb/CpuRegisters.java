package ringside.console.gdb;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.engine.ModelRegister;
import ringside.emulator.engine.SegmentName;
import ringside.emulator.engine.SegmentRegister;
import ringside.emulator.engine.SystemRegisters;
import ringside.emulator.machine.CpuView;
import ringside.emulator.machine.Machine;

/** A vCPU's registers by the numbers that {@link RegisterLayout} gives them. */
final class CpuRegisters {
    /** In the layout's order. */
    private static final List<CpuRegister> GENERAL = List.of(CpuRegister.RAX, CpuRegister.RBX, CpuRegister.RCX,
            CpuRegister.RDX, CpuRegister.RSI, CpuRegister.RDI, CpuRegister.RBP, CpuRegister.RSP, CpuRegister.R8,
            CpuRegister.R9, CpuRegister.R10, CpuRegister.R11, CpuRegister.R12, CpuRegister.R13, CpuRegister.R14,
            CpuRegister.R15);
    private static final List<SegmentName> SELECTORS = List.of(SegmentName.CS, SegmentName.SS, SegmentName.DS,
            SegmentName.ES, SegmentName.FS, SegmentName.GS);
    private static final List<CpuRegister> BASES =
            List.of(CpuRegister.FS_BASE, CpuRegister.GS_BASE, CpuRegister.KERNEL_GS_BASE);
    private static final Map<String, CpuRegister> CONTROL = Map.of("cr0", CpuRegister.CR0, "cr2", CpuRegister.CR2,
            "cr3", CpuRegister.CR3, "cr4", CpuRegister.CR4, "efer", CpuRegister.EFER);
    private static final Map<String, ModelRegister> MODELS = Map.of("star", ModelRegister.STAR, "lstar",
            ModelRegister.LSTAR, "cstar", ModelRegister.CSTAR, "fmask", ModelRegister.FMASK, "tsc_aux",
            ModelRegister.TSC_AUX, "pat", ModelRegister.PAT);
    /** CF PF AF ZF SF TF IF DF OF IOPL NT RF AC ID: what can be set; VM would be another mode. */
    private static final long SETTABLE_FLAGS = 0x25_7FD5;
    private static final long FLAG_ONE = 2;
    private static final long PHYSICAL = (1L << 52) - 1;

    private final int cpu;
    private final CpuView view;
    private final SystemRegisters system;
    private final FloatingPointRegisters floating;

    private CpuRegisters(final Machine machine, final int cpu) {
        this.cpu = cpu;
        view = machine.cpu(cpu);
        system = view.system();
        floating = view.floatingPoint();
    }

    /** {@return the registers of a vCPU as they are now} */
    static CpuRegisters of(final Machine machine, final int cpu) {
        return new CpuRegisters(machine, cpu);
    }

    /** {@return where the CPU is: RIP, and outside of 64-bit code the segment's base is in it} */
    static long place(final Machine machine, final int cpu) {
        final long rip = machine.cpu(cpu).read(CpuRegister.RIP);
        final SystemRegisters system = machine.cpu(cpu).system();
        return rip + base(system);
    }

    private static long base(final SystemRegisters system) {
        return system.codeWidth() == Long.SIZE ? 0 : system.segment(SegmentName.CS).base();
    }

    /** {@return all registers, one after the other} */
    byte[] all() {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < RegisterLayout.ALL.size(); i++) {
            all.writeBytes(read(i));
        }
        return all.toByteArray();
    }

    /** {@return a register's bytes, the lowest first} */
    byte[] read(final int number) {
        final RegisterLayout.Register register = RegisterLayout.ALL.get(number);
        if (number >= RegisterLayout.STACK && number < RegisterLayout.X87) {
            final FloatingPointRegisters.Extended value = floating.stack().get(number - RegisterLayout.STACK);
            return join(Hex.little(value.significand(), Long.BYTES), Hex.little(value.exponent(), Short.BYTES));
        }
        if (number >= RegisterLayout.VECTORS && number < RegisterLayout.MXCSR) {
            final FloatingPointRegisters.Vector value = floating.vectors().get(number - RegisterLayout.VECTORS);
            return join(Hex.little(value.low(), Long.BYTES), Hex.little(value.high(), Long.BYTES));
        }
        return Hex.little(value(number, register.name()), register.bytes());
    }

    private static byte[] join(final byte[] first, final byte[] second) {
        final byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private long value(final int number, final String name) {
        if (number < RegisterLayout.RIP) {
            return view.read(GENERAL.get(number));
        }
        if (number >= RegisterLayout.SELECTORS && number < RegisterLayout.BASES) {
            return system.segment(SELECTORS.get(number - RegisterLayout.SELECTORS)).selector();
        }
        if (number >= RegisterLayout.BASES && number < RegisterLayout.CONTROL) {
            return view.read(BASES.get(number - RegisterLayout.BASES));
        }
        if (number >= RegisterLayout.X87 && number < RegisterLayout.VECTORS) {
            return x87(number - RegisterLayout.X87);
        }
        return switch (number) {
            case RegisterLayout.RIP -> view.read(CpuRegister.RIP) + base(system);
            case RegisterLayout.EFLAGS -> view.read(CpuRegister.RFLAGS);
            case RegisterLayout.MXCSR -> floating.mxcsr();
            default -> number < RegisterLayout.STACK ? control(name) : own(name);
        };
    }

    private long control(final String name) {
        return name.equals("cr8") ? system.priority() : view.read(CONTROL.get(name));
    }

    private long x87(final int index) {
        final FloatingPointRegisters.LastInstruction last = floating.last();
        final long[] values = {floating.control(), floating.status(), floating.tagWord(), last.code(), last.address(),
            last.data(), last.operand(), 0};
        return values[index];
    }

    private long own(final String name) {
        if (MODELS.containsKey(name)) {
            return system.model(MODELS.get(name));
        }
        if (name.startsWith("dr")) {
            return system.debug().get(name.charAt(2) - '0');
        }
        return switch (name) {
            case "gdtr_base" -> system.gdtr().base();
            case "gdtr_limit" -> system.gdtr().limit();
            case "idtr_base" -> system.idtr().base();
            case "idtr_limit" -> system.idtr().limit();
            case "xcr0" -> system.xcr0();
            default -> hidden(name.split("_"));
        };
    }

    private long hidden(final String[] parts) {
        final SegmentRegister segment = system.segment(SegmentName.valueOf(parts[0].toUpperCase(Locale.ROOT)));
        return switch (parts.length == 1 ? "" : parts[1]) {
            case "base" -> segment.base();
            case "limit" -> segment.limit();
            case "attr" -> segment.attributes() >> Byte.SIZE;
            default -> segment.selector();
        };
    }

    /**
     * {@return what sets a register; empty for one that has the value already}
     *
     * @param number of the register
     * @param bytes  its value, as many bytes as it has
     */
    Optional<Consumer<Machine>> write(final int number, final byte[] bytes) {
        final RegisterLayout.Register register = RegisterLayout.ALL.get(number);
        if (bytes.length != register.bytes()) {
            throw PacketException.malformed("$" + register.name() + " has " + register.bytes() + " bytes");
        }
        if (Arrays.equals(bytes, read(number))) {
            return Optional.empty();
        }
        if (number >= RegisterLayout.STACK && number < RegisterLayout.X87) {
            final FloatingPointRegisters.Extended value = new FloatingPointRegisters.Extended(
                    Hex.little(Arrays.copyOf(bytes, Long.BYTES)),
                    (int) Hex.little(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
            return Optional.of(floating(values -> values.withStack(number - RegisterLayout.STACK, value)));
        }
        if (number >= RegisterLayout.VECTORS && number < RegisterLayout.MXCSR) {
            final FloatingPointRegisters.Vector value = new FloatingPointRegisters.Vector(
                    Hex.little(Arrays.copyOf(bytes, Long.BYTES)),
                    Hex.little(Arrays.copyOfRange(bytes, Long.BYTES, bytes.length)));
            return Optional.of(floating(values -> values.withVector(number - RegisterLayout.VECTORS, value)));
        }
        return Optional.of(writeNumber(number, register.name(), Hex.little(bytes)));
    }

    private Consumer<Machine> floating(final UnaryOperator<FloatingPointRegisters> change) {
        return it -> it.write(cpu, change.apply(it.cpu(cpu).floatingPoint()));
    }

    private Consumer<Machine> writeNumber(final int number, final String name, final long value) {
        if (number < RegisterLayout.RIP) {
            return set(GENERAL.get(number), value);
        }
        if (number >= RegisterLayout.BASES && number < RegisterLayout.CONTROL) {
            return set(BASES.get(number - RegisterLayout.BASES), canonical(value));
        }
        return switch (number) {
            case RegisterLayout.RIP -> set(CpuRegister.RIP, canonical(value - base(system)));
            case RegisterLayout.EFLAGS -> {
                if ((value & ~SETTABLE_FLAGS) != (view.read(CpuRegister.RFLAGS) & ~SETTABLE_FLAGS | FLAG_ONE)) {
                    throw PacketException.notPossible("flags that cannot be set: 0x" + Long.toHexString(value));
                }
                yield set(CpuRegister.RFLAGS, value);
            }
            case RegisterLayout.X87 -> floating(values -> values.withControl((int) value, values.mxcsr()));
            case RegisterLayout.MXCSR -> {
                if (value >>> Short.SIZE != 0) {
                    throw PacketException.notPossible("reserved bits of MXCSR: 0x" + Long.toHexString(value));
                }
                yield floating(values -> values.withControl(values.control(), (int) value));
            }
            default -> {
                if (name.equals("cr2") || name.equals("cr3") && (value & ~PHYSICAL) == 0) {
                    yield set(CONTROL.get(name), value);
                }
                throw PacketException.notPossible("$" + name + " is not set from outside");
            }
        };
    }

    private Consumer<Machine> set(final CpuRegister register, final long value) {
        return it -> it.write(cpu, register, value);
    }

    private static long canonical(final long address) {
        final int signBits = 47;
        if (address >> signBits != 0 && address >> signBits != -1) {
            throw PacketException.notPossible("no canonical address: 0x" + Long.toHexString(address));
        }
        return address;
    }
}
