package ringside.emulator.machine;

import java.lang.foreign.MemorySegment;
import ringside.emulator.engine.CpuEngine;
import ringside.emulator.engine.CpuRegister;
import ringside.emulator.engine.FloatingPointRegisters;
import ringside.emulator.engine.GuestPaging;
import ringside.emulator.engine.SystemRegisters;

/** A CPU to look at: registers and memory, nothing that changes them. */
public final class CpuView {
    private static final long EFER_LMA = 1L << 10;

    private final CpuEngine cpu;
    private final Vcpu vcpu;
    private final Platform platform;

    CpuView(final Vcpu vcpu, final Platform platform) {
        this.vcpu = vcpu;
        this.platform = platform;
        cpu = vcpu.engine();
    }

    /** {@return the interrupt controllers as this CPU is wired to them} */
    public InterruptState interrupts() {
        return platform.interrupts(vcpu.apic());
    }

    /**
     * {@return a register's value}
     *
     * @param register which
     */
    public long read(final CpuRegister register) {
        return cpu.read(register);
    }

    /** {@return segments, descriptor tables, MSRs and debug registers} */
    public SystemRegisters system() {
        return cpu.system();
    }

    /** {@return the x87 and SSE registers} */
    public FloatingPointRegisters floatingPoint() {
        return cpu.floatingPoint();
    }

    /** {@return RAM from physical address 0 on, read only} */
    public MemorySegment memory() {
        return cpu.ram().asReadOnly();
    }

    /**
     * {@return the physical address behind a virtual one, or {@link GuestPaging#UNMAPPED}}
     *
     * @param virtual by the page tables in force; outside of long mode there are 32 bits, and nothing is beyond them
     */
    public long translate(final long virtual) {
        final boolean beyond = virtual >>> Integer.SIZE != 0 && (cpu.read(CpuRegister.EFER) & EFER_LMA) == 0;
        return beyond ? GuestPaging.UNMAPPED : GuestPaging.translate(cpu, virtual);
    }
}
