package ringside.fastpath.lab;

import java.util.Map;
import java.util.TreeMap;
import ringside.toolchain.image.GuestImage;

/** Builds the images of an experiment. The same variant and constants give the same bytes. */
interface LabImages extends AutoCloseable {
    /** {@return a builder for an experiment's stand; its owner closes it} */
    static LabImages of(final Declaration declaration) {
        return switch (declaration.stand()) {
            case BARE -> new BareImages(declaration);
            case BANTAM -> new BantamStandImages(declaration);
        };
    }

    /** {@return the constants of a variant at a combination of parameters} */
    static TreeMap<String, Long> constants(
            final Declaration declaration, final VariantSpec variant, final Point point) {
        final TreeMap<String, Long> constants = new TreeMap<>(declaration.constants());
        constants.putAll(variant.constants());
        point.values().forEach((key, value) -> {
            if (!MachineSpec.IN_SWEEPS.contains(key)) {
                constants.put(key, value);
            }
        });
        constants.put(BareStand.CPUS, (long) declaration.machine().at(point).cpus());
        return constants;
    }

    /**
     * {@return the image of a variant}
     *
     * @param variant   which
     * @param constants of {@link #constants}
     */
    GuestImage build(VariantSpec variant, Map<String, Long> constants);

    @Override
    void close();
}
