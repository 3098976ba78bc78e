package ringside.kernel.abi;

import ringside.toolchain.layout.Constants;
import ringside.toolchain.platform.PcLayout;

/** Numbers of programs that run without a kernel: the file server at the end of a serial line. */
public final class BareAbi {
    /** The largest message that the server at the line takes: data of 8 KiB and its head. */
    public static final int MSIZE = 8192 + NinePAbi.IO_HEADER;
    /** Files of the server at the line, its root included. */
    public static final int FILES = 1024;
    /** Bytes of its tree: records and arena. */
    public static final int STORE = 4 << 20;
    /** When its clock begins: the start of 2000, as the machine's real-time clock does. */
    public static final int EPOCH = 946_684_800;

    private static final int LARGE_PAGES = 16;
    private static final int STACK = 16 << 10;
    private static final int EXIT_REFUSED = 3;

    private BareAbi() {
    }

    /** {@return sizes and places of the program} */
    public static Constants program() {
        return Constants.group("Programs without a kernel")
                .decimal("BARE_LARGE_PAGES", LARGE_PAGES, "of 2 MiB, mapped where they are")
                .decimal("BARE_STACK", STACK, "bytes")
                .decimal("BARE_MSIZE", MSIZE, "bytes of a message at most")
                .decimal("BARE_FILES", FILES, "with the root")
                .decimal("BARE_STORE", STORE, "bytes for the tree")
                .decimal("BARE_EPOCH", EPOCH, "seconds from 1970 to the machine's start")
                .decimal("BARE_CYCLES_PER_SECOND", PcLayout.CYCLES_PER_SECOND, "of the time-stamp counter")
                .decimal("BARE_EXIT_REFUSED", EXIT_REFUSED, "exit value: built wrong")
                .decimal("BARE_VECTORS", PcLayout.ISA_FIRST_VECTOR, "vector of ISA line 0")
                .build();
    }

    /** {@return what interrupts need of the 8259s} */
    public static Constants devices() {
        return Constants.group("The 8259s")
                .hex("PIC_START", 0x11, "ICW1: edges, two 8259s, ICW4 follows")
                .hex("PIC_HAS_SECOND", 1 << 2, "ICW3 of the first: on line 2")
                .hex("PIC_IS_SECOND", 2, "ICW3 of the second: on line 2")
                .hex("PIC_8086", 1, "ICW4")
                .hex("PIC_END", 0x20, "OCW2: end of interrupt")
                .decimal("PIC_LINES", 8, "of one 8259")
                .build();
    }
}
