package ringside.emulator.boot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import ringside.emulator.testing.Multiboot;
import ringside.emulator.testing.TinyElf;

/** A kernel of a few bytes for all protocols: it stores what it was entered with, says so on COM1 and stops. */
final class Witness {
    /** Where the code is. */
    static final long CODE = 0x10_0000;
    /** Its first instruction; a header is before it. */
    static final long ENTRY = CODE + 0x80;
    /** Where it stores EAX, EBX, CR0 and EFLAGS, 4 bytes each. */
    static final long SAVED = 0x10_1000;
    /** Bytes that no zero may cover, behind all that it stores. */
    static final byte[] MARK = "the kernel's own data".getBytes(StandardCharsets.US_ASCII);
    /** Where those are. */
    static final long MARKED = 0x10_1800;
    /** A section that is in no segment. */
    static final byte[] UNLOADED = "where symbols would be".getBytes(StandardCharsets.US_ASCII);
    /** What it sends. */
    static final char READY = '!';

    private static final int STACK = 0x10_1700;

    private Witness() {
    }

    /** {@return all bytes from {@link #CODE} on; a header goes before {@link #ENTRY}} */
    private static byte[] content(final byte[] header) {
        final ByteBuffer code = ByteBuffer.allocate((int) (MARKED - CODE) + MARK.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        code.put(header).position((int) (ENTRY - CODE));
        code.put((byte) 0xA3).putInt((int) SAVED);
        code.put(new byte[] {(byte) 0x89, 0x1D}).putInt((int) SAVED + 4);
        code.put((byte) 0xBC).putInt(STACK);
        code.put(new byte[] {(byte) 0x9C, 0x58});
        store(code, 12);
        code.put(new byte[] {0x0F, 0x20, (byte) 0xC0});
        store(code, 8);
        // mov dx, COM1; mov al, '!'; out dx, al; xchg bx, bx (Bochs stops there); hlt; jmp to the hlt
        code.put(new byte[] {0x66, (byte) 0xBA, (byte) 0xF8, 3, (byte) 0xB0, READY, (byte) 0xEE, 0x66, (byte) 0x87,
            (byte) 0xDB, (byte) 0xF4, (byte) 0xEB, (byte) 0xFD});
        return code.put((int) (MARKED - CODE), MARK).array();
    }

    private static void store(final ByteBuffer code, final int offset) {
        code.put((byte) 0xA3).putInt((int) SAVED + offset);
    }

    private static TinyElf elf(final byte[] header) {
        return new TinyElf().put(CODE, content(header)).entry(ENTRY).sections(UNLOADED);
    }

    private static byte[] addresses(final int bss) {
        return Multiboot.header1(Multiboot.USUAL_FLAGS | Multiboot.ADDRESSES, (int) CODE, (int) CODE, 0, bss,
                (int) ENTRY);
    }

    /** {@return ELF32, multiboot1} */
    static byte[] multiboot1() {
        return elf(Multiboot.header1(Multiboot.USUAL_FLAGS)).narrow().bytes();
    }

    /** {@return ELF64, multiboot1, linked at the top of the address space: what GRUB boots and QEMU refuses} */
    static byte[] multiboot1In64Bits() {
        return elf(Multiboot.header1(Multiboot.USUAL_FLAGS)).virtual(0xFFFF_FFFF_8000_0000L).bytes();
    }

    /** {@return ELF64, multiboot1 with address fields} */
    static byte[] multiboot1WithAddresses() {
        return elf(addresses((int) MARKED + 0x1000)).bytes();
    }

    /** {@return no ELF file: code that begins with a header with address fields} */
    static byte[] flat() {
        return content(addresses(0));
    }

    /** {@return ELF32, multiboot1, wishing for a video mode of 1024 by 768} */
    static byte[] multiboot1WithVideoMode() {
        return elf(Multiboot.header1(Multiboot.USUAL_FLAGS | Multiboot.VIDEO_MODE, 0, 0, 0, 0, 0, 0, 1024, 768, 32))
                .narrow().bytes();
    }

    /** {@return ELF64 or ELF32, PVH} */
    static byte[] pvh(final boolean narrow) {
        final TinyElf elf = elf(new byte[0]).pvhEntry((int) ENTRY);
        return (narrow ? elf.narrow() : elf).bytes();
    }

    /** {@return ELF64 or ELF32, multiboot2 with an entry of its own} */
    static byte[] multiboot2(final boolean narrow) {
        final TinyElf elf = elf(Multiboot.header2(Multiboot.tag(3, 0, (int) ENTRY), Multiboot.tag(6, 0),
                Multiboot.tag(1, 0, 4, 6, 14, 15)));
        return (narrow ? elf.narrow() : elf).bytes();
    }
}
