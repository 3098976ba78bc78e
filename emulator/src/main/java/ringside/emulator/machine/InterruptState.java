package ringside.emulator.machine;

import java.util.List;
import ringside.emulator.device.apic.ApicState;
import ringside.emulator.device.ioapic.IoApic;
import ringside.emulator.device.pic.PicState;
import ringside.emulator.device.pit.PitState;

/**
 * The interrupt controllers as a CPU is wired to them, to be looked at.
 *
 * @param local the CPU's own APIC
 * @param pins  of the I/O APIC, by number
 * @param pics  the two 8259s, the first one first
 * @param timer the 8254
 */
public record InterruptState(ApicState local, List<IoApic.Pin> pins, List<PicState> pics, PitState timer) {
    /** Copies the lists. */
    public InterruptState {
        pins = List.copyOf(pins);
        pics = List.copyOf(pics);
    }
}
