package ringside.emulator.device.apic;

import java.util.ArrayList;
import java.util.List;

/** A CPU that writes down what its APIC tells it. */
final class Core implements ApicCore {
    private final List<String> told = new ArrayList<>();

    @Override
    public void changed() {
        // Tests ask the APIC themselves.
    }

    @Override
    public void nmi() {
        told.add("nmi");
    }

    @Override
    public void initialise() {
        told.add("init");
    }

    @Override
    public void startUp(final int vector) {
        told.add("start 0x" + Integer.toHexString(vector));
    }

    /** {@return what it was told since the last time} */
    List<String> told() {
        final List<String> copy = List.copyOf(told);
        told.clear();
        return copy;
    }
}
