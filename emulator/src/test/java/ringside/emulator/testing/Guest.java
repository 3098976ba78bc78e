package ringside.emulator.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.function.Consumer;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.image.GuestImage;

/**
 * A small 64-bit guest with its own GDT, IDT and TSS, everything identity-mapped and reachable from both levels.
 *
 * <p>A vector without a handler ends the run with exit code 0x80 + vector.
 */
public final class Guest {
    /** Where the program starts. */
    public static final long CODE = 0x10_0000;
    /** Selectors: kernel code, kernel data, user data, user code with RPL 3. */
    public static final int KERNEL_CODE = 0x08;
    /** Kernel data. */
    public static final int KERNEL_DATA = 0x10;
    /** User data, RPL 3. */
    public static final int USER_DATA = 0x1B;
    /** User code, RPL 3. */
    public static final int USER_CODE = 0x23;
    /** What SYSCALL and SYSRET load: STAR's upper half. */
    public static final int STAR_HIGH = 0x0010_0008;
    /** A page of data that nothing else uses. */
    public static final long DATA = 0x28_0000;
    /** Where the user program starts. */
    public static final long USER = 0x30_0000;
    /** The 32-bit counter and exit port. */
    public static final int EXIT_PORT = 0xF4;

    private static final long GDT = 0x20_0000;
    private static final long IDT = 0x20_1000;
    private static final long TSS = 0x20_2000;
    private static final long HANDLERS = 0x21_0000;
    private static final int HANDLER_BYTES = 0x100;
    private static final long KERNEL_STACK = 0x27_0000;
    private static final long FAULT_STACK = 0x26_0000;
    private static final int VECTORS = 256;
    private static final int TSS_SELECTOR = 0x28;
    private static final int TSS_BYTES = 104;
    private static final int DOUBLE_FAULT = 8;

    private final TreeMap<Integer, Consumer<CodeBuilder>> handlers = new TreeMap<>();
    private final ByteArrayOutputStream serial = new ByteArrayOutputStream();
    private Consumer<CodeBuilder> program = c -> { };
    private Consumer<CodeBuilder> user;

    /** Sets what runs at level 0 once the tables are loaded. */
    public Guest program(final Consumer<CodeBuilder> code) {
        program = code;
        return this;
    }

    /** Sets what {@link #USER} holds. */
    public Guest user(final Consumer<CodeBuilder> code) {
        user = code;
        return this;
    }

    /** Sets a vector's handler. */
    public Guest handler(final int vector, final Consumer<CodeBuilder> code) {
        handlers.put(vector, code);
        return this;
    }

    /** {@return the image} */
    public GuestImage image() {
        final CodeBuilder main = new CodeBuilder();
        main.db(0x0F, 0x01, 0x14, 0x25);
        main.dd((int) (GDT + 0x800));
        main.db(0x0F, 0x01, 0x1C, 0x25);
        main.dd((int) (GDT + 0x810));
        main.mov(Reg32.EAX, TSS_SELECTOR);
        main.db(0x0F, 0x00, 0xD8);
        main.mov(Reg64.RSP, KERNEL_STACK);
        program.accept(main);
        final TinyElf elf = new TinyElf().put(CODE, main.bytes()).entry(CODE).put(GDT, tables()).put(IDT, gates())
                .put(TSS, taskState()).put(HANDLERS, handlerCode());
        if (user != null) {
            final CodeBuilder code = new CodeBuilder();
            user.accept(code);
            elf.put(USER, code.bytes());
        }
        return GuestImage.parse("guest", elf.bytes());
    }

    /** {@return a machine with this guest; its serial output is in {@link #text()}} */
    public Machine machine() {
        return machine(MachineConfig.standard());
    }

    /** {@return a machine of that make with this guest; its serial output is in {@link #text()}} */
    public Machine machine(final MachineConfig config) {
        return Machine.boot(config.withSerial(serial::write), image());
    }

    /** Runs it to its end, a million steps at most. */
    public RunResult run() {
        try (Machine machine = machine()) {
            return machine.run(Budget.steps(1_000_000));
        }
    }

    /** {@return what it sent to COM1} */
    public String text() {
        return serial.toString(StandardCharsets.ISO_8859_1);
    }

    private static byte[] tables() {
        final ByteBuffer gdt = little(0x820);
        gdt.putLong(0, 0).putLong(KERNEL_CODE, 0x00AF_9B00_0000_FFFFL).putLong(KERNEL_DATA, 0x00CF_9300_0000_FFFFL)
                .putLong(USER_DATA & ~3, 0x00CF_F300_0000_FFFFL).putLong(USER_CODE & ~3, 0x00AF_FB00_0000_FFFFL);
        gdt.putLong(TSS_SELECTOR, 0x0000_8900_0000_0000L | (TSS & 0xFF_FFFF) << 16 | (TSS >> 24 & 0xFF) << 56
                | TSS_BYTES - 1);
        gdt.putLong(TSS_SELECTOR + 8, TSS >>> 32);
        gdt.putShort(0x800, (short) (TSS_SELECTOR + 15)).putLong(0x802, GDT);
        gdt.putShort(0x810, (short) (VECTORS * 16 - 1)).putLong(0x812, IDT);
        return gdt.array();
    }

    private static byte[] gates() {
        final ByteBuffer idt = little(VECTORS * 16);
        for (int vector = 0; vector < VECTORS; vector++) {
            final long handler = HANDLERS + (long) vector * HANDLER_BYTES;
            final int stackTable = vector == DOUBLE_FAULT ? 1 : 0;
            idt.putShort((short) handler).putShort((short) KERNEL_CODE).put((byte) stackTable).put((byte) 0xEE)
                    .putShort((short) (handler >> 16)).putInt((int) (handler >>> 32)).putInt(0);
        }
        return idt.array();
    }

    private static byte[] taskState() {
        return little(TSS_BYTES).putLong(4, KERNEL_STACK).putLong(36, FAULT_STACK)
                .putShort(102, (short) TSS_BYTES).array();
    }

    private byte[] handlerCode() {
        final ByteBuffer all = little(VECTORS * HANDLER_BYTES);
        for (int vector = 0; vector < VECTORS; vector++) {
            final int code = 0x80 + vector;
            final CodeBuilder builder = new CodeBuilder();
            handlers.getOrDefault(vector, c -> exit(c, code)).accept(builder);
            all.put(vector * HANDLER_BYTES, builder.bytes());
        }
        return all.array();
    }

    private static ByteBuffer little(final int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return where a vector's handler is, virtual} */
    public static long handlerAddress(final int vector) {
        return HANDLERS + (long) vector * HANDLER_BYTES;
    }

    /** Ends the run with a code. */
    public static void exit(final CodeBuilder c, final int code) {
        c.mov(Reg32.EAX, code);
        exitWithEax(c);
    }

    /** Ends the run with EAX. */
    public static void exitWithEax(final CodeBuilder c) {
        c.mov(Reg32.EDX, EXIT_PORT);
        c.db(0xEF);
        c.hlt();
    }

    /** Leaves for {@link #USER} at level 3 with the flags given. */
    public static void enterUser(final CodeBuilder c, final int flags) {
        c.push(USER_DATA);
        c.push(USER - 0x1000);
        c.push(flags);
        c.push(USER_CODE);
        c.push(USER);
        c.iretq();
    }

    /** Writes an MSR with a 64-bit value. */
    public static void writeMsr(final CodeBuilder c, final int msr, final long value) {
        c.mov(Reg32.ECX, msr);
        c.mov(Reg32.EAX, (int) value);
        c.mov(Reg32.EDX, (int) (value >>> 32));
        c.wrmsr();
    }

    /** Stores to a local APIC register. */
    public static void apic(final CodeBuilder c, final int register, final int value) {
        c.mov(Reg64.RDI, 0xFEE0_0000L + register);
        c.mov(Reg32.EAX, value);
        c.mov(Mem.at(Reg64.RDI), Reg32.EAX);
    }

    /** Sends one byte to COM1. */
    public static void send(final CodeBuilder c, final char letter) {
        c.mov(Reg8.AL, letter);
        c.mov(Reg16.DX, 0x3F8);
        c.db(0xEE);
    }
}
