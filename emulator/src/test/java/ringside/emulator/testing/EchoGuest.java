package ringside.emulator.testing;

import ringside.toolchain.codegen.CodeBuilder;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Reg16;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Reg8;
import ringside.toolchain.codegen.Width;
import ringside.toolchain.image.GuestImage;

/** A guest that halts, and sends back each byte that its first serial port receives, for ever. */
public final class EchoGuest {
    private static final int FIRST_VECTOR = 0x20;
    private static final int COM1 = 0x3F8;
    /** Both 8259s at vectors 0x20 to 0x2F, COM1's interrupt let through; COM1 is to tell of input. */
    private static final int[][] SET_UP = {{0x20, 0x11}, {0x21, FIRST_VECTOR}, {0x21, 4}, {0x21, 1}, {0xA0, 0x11},
        {0xA1, FIRST_VECTOR + 8}, {0xA1, 2}, {0xA1, 1}, {0x21, 0xEF}, {0xA1, 0xFF}, {COM1 + 1, 1}};

    private EchoGuest() {
    }

    private static void out(final CodeBuilder c, final int port, final int value) {
        c.mov(Reg16.DX, port);
        c.mov(Reg8.AL, value);
        c.outDx(Width.BYTE);
    }

    /** {@return the guest} */
    public static GuestImage image() {
        return new Guest().program(c -> {
            for (final int[] word : SET_UP) {
                out(c, word[0], word[1]);
            }
            Guest.apic(c, 0xF0, 0x1FF);
            Guest.apic(c, 0x350, 0x700);
            final Label wait = c.here();
            c.sti();
            c.hlt();
            c.jmp(wait);
        }).handler(FIRST_VECTOR + 4, c -> {
            c.mov(Reg16.DX, COM1);
            c.xor(Reg32.EAX, Reg32.EAX);
            c.inDx(Width.BYTE);
            c.outDx(Width.BYTE);
            out(c, 0x20, 0x20);
            c.iretq();
        }).image();
    }
}
