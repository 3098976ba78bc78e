package ringside.emulator.testing;

import ringside.toolchain.codegen.Cond;
import ringside.toolchain.codegen.Label;
import ringside.toolchain.codegen.Mem;
import ringside.toolchain.codegen.Reg32;
import ringside.toolchain.codegen.Width;

/** A guest whose CPUs each run a random program over shared data, and then wait for ever, the first for the others. */
public final class PlausibleGuest {
    private static final int PIECES = 120;
    private static final int PASSES = 4;
    private static final long DONE = Guest.DATA + 0x40;

    private PlausibleGuest() {
    }

    /**
     * {@return a guest that ends by itself}
     *
     * @param seed which
     * @param cpus of the machine, at least 1
     */
    public static Guest of(final int seed, final int cpus) {
        return PlausibleProgram.handlers(SmpGuest.of(c -> {
            for (int cpu = 0; cpu < cpus; cpu++) {
                c.mov(Width.DWORD, Mem.absolute(PlausibleProgram.ROUTINES + (cpu << 8)), 0xB8);
                c.mov(Width.DWORD, Mem.absolute(PlausibleProgram.ROUTINES + (cpu << 8) + 4), 0xC300);
            }
            c.mov(Reg32.R12D, PASSES);
            final Label[] programs = new Label[cpus];
            for (int cpu = 0; cpu < cpus; cpu++) {
                programs[cpu] = c.newLabel();
                c.cmp(Reg32.EDI, cpu);
                c.jcc(Cond.E, programs[cpu]);
            }
            for (int cpu = 0; cpu < cpus; cpu++) {
                c.bind(programs[cpu]);
                PlausibleProgram.emit(c, (long) seed * cpus + cpu, cpus, PIECES);
                c.dec(Reg32.R12D);
                c.jcc(Cond.NE, programs[cpu]);
                c.lock().inc(Width.DWORD, Mem.absolute(DONE));
                if (cpu == 0) {
                    SmpGuest.spinUntil(c, DONE, cpus);
                    c.mov(Reg32.EAX, 0);
                    Guest.exitWithEax(c);
                }
                final Label forEver = c.here();
                c.hlt();
                c.jmp(forEver);
            }
        }));
    }
}
