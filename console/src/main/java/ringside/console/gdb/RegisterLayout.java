package ringside.console.gdb;

import java.util.ArrayList;
import java.util.List;

/**
 * Which registers there are, in QEMU's order, and behind them a feature of our own for what QEMU leaves out. It is the
 * same in every mode of the CPU: 64 bits wide.
 */
final class RegisterLayout {
    /** The instruction pointer's number. */
    static final int RIP = 16;
    /** The flags' number. */
    static final int EFLAGS = 17;
    /** The first segment selector's number: CS SS DS ES FS GS. */
    static final int SELECTORS = 18;
    /** FS's base; behind it GS's, and what SWAPGS brings. */
    static final int BASES = 24;
    /** CR0, CR2, CR3, CR4, CR8, EFER. */
    static final int CONTROL = 27;
    /** ST0. */
    static final int STACK = 33;
    /** The x87 control word, and seven more. */
    static final int X87 = 41;
    /** XMM0. */
    static final int VECTORS = 49;
    /** MXCSR. */
    static final int MXCSR = 65;
    /** The first of our own. */
    static final int SYSTEM = 66;

    /** All of them; a register's number is its place. */
    static final List<Register> ALL = all();

    /** Bytes of all registers. */
    static final int BYTES = ALL.stream().mapToInt(Register::bytes).sum();

    private RegisterLayout() {
    }

    /**
     * A register.
     *
     * @param name    as gdb says it behind {@code $}
     * @param bytes   how wide it is
     * @param type    gdb's
     * @param feature in which it stands
     * @param group   that {@code info registers} shows it in, empty for the usual one
     */
    record Register(String name, int bytes, String type, String feature, String group) {
    }

    private static final class Builder {
        private final List<Register> registers = new ArrayList<>();
        private String feature;
        private String group = "";

        private Builder in(final String newFeature, final String newGroup) {
            feature = newFeature;
            group = newGroup;
            return this;
        }

        private Builder add(final int bytes, final String type, final String... names) {
            for (final String name : names) {
                registers.add(new Register(name, bytes, type, feature, group));
            }
            return this;
        }

        private Builder numbered(final int bytes, final String type, final String name, final int count) {
            for (int i = 0; i < count; i++) {
                add(bytes, type, name + i);
            }
            return this;
        }
    }

    private static List<Register> all() {
        final String sse = "org.gnu.gdb.i386.sse";
        final String system = "org.ringside.x86.system";
        final String address = "data_ptr";
        final String number = "int64";
        final String small = "int32";
        final int extended = 10;
        final int vector = 16;
        final String core = "org.gnu.gdb.i386.core";
        final Builder all = new Builder().in(core, "")
                .add(8, number, "rax", "rbx", "rcx", "rdx", "rsi", "rdi")
                .add(8, address, "rbp", "rsp")
                .add(8, number, "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15")
                .add(8, "code_ptr", "rip").add(4, "i386_eflags", "eflags")
                .add(4, small, "cs", "ss", "ds", "es", "fs", "gs");
        all.in("org.gnu.gdb.i386.segments", "").add(8, number, "fs_base", "gs_base");
        all.in(system, "").add(8, number, "k_gs_base").add(8, "cr0_flags", "cr0").add(8, number, "cr2", "cr3")
                .add(8, "cr4_flags", "cr4").add(8, number, "cr8").add(8, "efer_flags", "efer");
        all.in(core, "").numbered(extended, "i387_ext", "st", 8).in(core, "float")
                .add(4, small, "fctrl", "fstat", "ftag", "fiseg", "fioff", "foseg", "fooff", "fop");
        all.in(sse, "").numbered(vector, "vec128", "xmm", 16).in(sse, "vector").add(4, "i386_mxcsr", "mxcsr");
        all.in(system, "system").add(8, address, "gdtr_base").add(4, small, "gdtr_limit")
                .add(8, address, "idtr_base").add(4, small, "idtr_limit");
        for (final String segment : List.of("es", "cs", "ss", "ds", "fs", "gs", "ldtr", "tr")) {
            if (segment.length() > 2 || segment.equals("tr")) {
                all.add(4, small, segment);
            }
            if (!segment.startsWith("f") && !segment.startsWith("g")) {
                all.add(8, address, segment + "_base");
            }
            all.add(4, "uint32", segment + "_limit").add(4, small, segment + "_attr");
        }
        return List.copyOf(all.add(8, number, "star").add(8, "code_ptr", "lstar", "cstar")
                .add(8, number, "fmask").add(8, number, "tsc_aux", "pat", "xcr0")
                .add(8, address, "dr0", "dr1", "dr2", "dr3").add(8, number, "dr6", "dr7").registers);
    }
}
