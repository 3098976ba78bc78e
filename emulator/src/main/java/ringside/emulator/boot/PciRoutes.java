package ringside.emulator.boot;

import java.util.ArrayList;
import java.util.List;
import ringside.toolchain.platform.PcLayout;

/**
 * Which ISA line each interrupt pin of a PCI device is: as on a PC with an i440FX, device d's INTA# goes to PIRQ
 * (d - 1) mod 4, the next pin to the next, and PIRQ A and B are one line, C and D another. Both are level-triggered.
 */
final class PciRoutes {
    /** Lines that PCI devices share. */
    static final int LINES = 2;

    private static final int DEVICES = 32;
    private static final int PINS = 4;

    private PciRoutes() {
    }

    /** A device's pin, 0 for INTA#, and the line it is. */
    record Route(int device, int pin, int line) {
    }

    /** {@return the pins of every device but the host bridge} */
    static List<Route> all() {
        final List<Route> routes = new ArrayList<>();
        for (int device = 1; device < DEVICES; device++) {
            for (int pin = 0; pin < PINS; pin++) {
                final int pirq = (device - 1 + pin) % PINS;
                routes.add(new Route(device, pin, PcLayout.PCI_FIRST_IRQ + pirq / LINES));
            }
        }
        return routes;
    }
}
