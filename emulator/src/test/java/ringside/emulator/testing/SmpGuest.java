package ringside.emulator.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg64;
import ringside.toolchain.codegen.Width;

/**
 * Starts the other CPUs of a {@link Guest} by INIT-SIPI, through real mode, and sends all to one piece of code.
 *
 * <p>There each CPU has its number in EDI, a stack of its own, the guest's IDT, an enabled APIC, and IF = 0.
 */
public final class SmpGuest {
    /** The page at which the others start. */
    public static final int START_PAGE = 0x08;

    private static final int OTHERS = 3 << 18;
    private static final int INIT = 0x4500;
    private static final int START_UP = 0x4600;
    private static final long TRAMPOLINE = (long) START_PAGE << 12;
    private static final int ENTRY_OFFSET = 0x90;
    private static final int ROOT_OFFSET = 0x98;
    private static final int TABLE_OFFSET = 0x80;
    private static final long GDT = 0x20_0000;
    private static final long STACKS = 0x2A_0000;
    private static final int STACK_SHIFT = 13;

    private SmpGuest() {
    }

    /** {@return a guest whose CPUs all run {@code everybody}} */
    public static Guest of(final Consumer<CodeBuilder> everybody) {
        return new Guest().program(c -> {
            start(c);
            everybody.accept(c);
        });
    }

    private static void start(final CodeBuilder c) {
        final Label common = c.newLabel();
        final Label others = c.newLabel();
        Guest.apic(c, 0xF0, 0x1FF);
        final ByteBuffer code = trampoline();
        for (int at = 0; at < code.capacity(); at += Long.BYTES) {
            c.mov(Reg64.RAX, code.getLong(at));
            c.mov(Mem.absolute(TRAMPOLINE + at), Reg64.RAX);
        }
        c.lea(Reg64.RAX, Mem.rip(others));
        c.mov(Mem.absolute(TRAMPOLINE + ENTRY_OFFSET), Reg32.EAX);
        c.db(0x0F, 0x20, 0xD8);
        c.mov(Mem.absolute(TRAMPOLINE + ROOT_OFFSET), Reg32.EAX);
        Guest.apic(c, 0x300, OTHERS | INIT);
        Guest.apic(c, 0x300, OTHERS | START_UP | START_PAGE);
        c.xor(Reg32.EDI, Reg32.EDI);
        c.jmp(common);
        c.bind(others);
        c.mov(Reg32.EAX, Guest.KERNEL_DATA);
        c.db(0x8E, 0xD0, 0x8E, 0xD8, 0x8E, 0xC0);
        c.db(0x0F, 0x01, 0x1C, 0x25);
        c.dd((int) (GDT + 0x810));
        Guest.apic(c, 0xF0, 0x1FF);
        c.mov(Reg64.RSI, 0xFEE0_0020L);
        c.mov(Reg32.EDI, Mem.at(Reg64.RSI));
        c.shr(Reg32.EDI, 24);
        c.mov(Reg64.RSP, Reg64.RDI);
        c.shl(Reg64.RSP, STACK_SHIFT);
        c.add(Reg64.RSP, (int) STACKS);
        c.bind(common);
    }

    /** From real mode to 64-bit mode at the address in {@code ENTRY_OFFSET}. */
    private static ByteBuffer trampoline() {
        final ByteBuffer code = ByteBuffer.allocate(0xA0).order(ByteOrder.LITTLE_ENDIAN);
        for (final int octet : new int[] {
            0xFA, 0x8C, 0xC8, 0x8E, 0xD8,
            0x0F, 0x01, 0x16, TABLE_OFFSET, 0x00,
            0x0F, 0x20, 0xE0, 0x66, 0x0D, 0x20, 0, 0, 0, 0x0F, 0x22, 0xE0,
            0x66, 0xA1, ROOT_OFFSET, 0x00, 0x0F, 0x22, 0xD8,
            0x66, 0xB9, 0x80, 0x00, 0x00, 0xC0, 0x0F, 0x32, 0x66, 0x0D, 0x00, 0x09, 0, 0, 0x0F, 0x30,
            0x0F, 0x20, 0xC0, 0x66, 0x0D, 0x01, 0x00, 0x01, 0x80, 0x0F, 0x22, 0xC0,
            0x66, 0xFF, 0x2E, ENTRY_OFFSET, 0x00}) {
            code.put((byte) octet);
        }
        code.putShort(TABLE_OFFSET, (short) 0x7FF).putInt(TABLE_OFFSET + 2, (int) GDT);
        code.putInt(ENTRY_OFFSET + Integer.BYTES, Guest.KERNEL_CODE);
        return code.rewind();
    }

    /** Waits with PAUSE until a 32-bit word is a value. */
    public static void spinUntil(final CodeBuilder c, final long address, final int value) {
        final Label loop = c.here();
        c.db(0xF3, 0x90);
        c.cmp(Width.DWORD, Mem.absolute(address), value);
        c.jcc(Cond.NE, loop);
    }

    /** Sends one byte that is in AL. */
    public static void sendAl(final CodeBuilder c) {
        c.mov(Reg16.DX, 0x3F8);
        c.db(0xEE);
    }
}
