package ringside.fastpath.lab;

import java.util.List;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.LinkPlan;
import ringside.toolchain.image.LinkPlan.Access;
import ringside.toolchain.image.LinkPlan.Segment;
import ringside.toolchain.image.Linker;
import ringside.toolchain.image.ObjectCode;
import ringside.toolchain.platform.PcLayout;

/** The bare stand: its own units, and where everything lies that is linked with them. */
public final class BareStand {
    /** The constant that is the number of CPUs. */
    public static final String CPUS = "CPUS";
    /** Exit value of the stand: an exception that nobody handles. */
    public static final int EXIT_EXCEPTION = 2;

    private static final long READ_ONLY = 0x40_0000;
    private static final long DATA = 0x60_0000;
    private static final List<String> UNITS =
            List.of("stand/entry.asm", "stand/trampoline.asm", "stand/cpu.asm", "stand/end.asm");
    private static final String ENTRY = "stand_pvh_entry";
    private static final LinkPlan PLAN = new LinkPlan(List.of(
            new Segment("text", PcLayout.KERNEL_LOAD, PcLayout.KERNEL_LOAD, Access.READ_EXECUTE,
                    List.of(".text.stand", ".text*")),
            new Segment("rodata", READ_ONLY, READ_ONLY, Access.READ, List.of(".rodata.stand", ".rodata*")),
            new Segment("data", DATA, DATA, Access.READ_WRITE, List.of(".bss.stand", ".data*", ".bss*"))),
            ENTRY, ENTRY);

    private BareStand() {
    }

    /** {@return the stand's own units} */
    public static List<String> units() {
        return UNITS;
    }

    /**
     * {@return an image}
     *
     * @param name    of the image
     * @param objects of the stand's units and others, one of which has {@code workload_cpu}
     */
    public static GuestImage link(final String name, final List<ObjectCode> objects) {
        return GuestImage.parse(name, Linker.link(PLAN, objects));
    }
}
