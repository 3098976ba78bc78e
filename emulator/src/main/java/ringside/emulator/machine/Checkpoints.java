package ringside.emulator.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import ringside.emulator.boot.BootModule;
import ringside.emulator.device.virtio.DiskSource;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.snapshot.RamTracker;
import ringside.emulator.snapshot.Snapshot;
import ringside.emulator.snapshot.SnapshotException;
import ringside.emulator.snapshot.StatePart;
import ringside.emulator.state.StateException;
import ringside.emulator.state.StateReader;
import ringside.emulator.state.StateWriter;
import ringside.emulator.state.Stateful;
import ringside.toolchain.image.GuestImage;

/** Takes a machine down as a value and up again: RAM by what changed, all else part by part. */
final class Checkpoints {
    private final GuestImage image;
    private final MachineConfig config;
    private final RamTracker ram;
    private final Map<String, Kept> kept = new HashMap<>();
    private String make;

    /**
     * A part of the machine: its name, whether the guest can notice its state, the state, and a number that is another
     * one whenever the state may be.
     */
    record Part(String name, boolean hashed, Stateful state, LongSupplier version) {
        private static final long ALWAYS_ANOTHER = -1;

        Part(final String name, final boolean hashed, final Stateful state) {
            this(name, hashed, state, () -> ALWAYS_ANOTHER);
        }
    }

    /** What a part last saved or loaded, and its number then. */
    private record Kept(StatePart saved, long version) {
    }

    Checkpoints(final MachineConfig config, final GuestImage image, final GuestRam ram) {
        this.config = config;
        this.image = image;
        this.ram = new RamTracker(ram);
    }

    /** {@return all that a machine of this configuration does and another does not, in one line} */
    private String make() {
        if (make == null) {
            make = describe();
        }
        return make;
    }

    private String describe() {
        final StringBuilder line = new StringBuilder();
        line.append("memory=").append(config.memory())
                .append(" cpus=").append(config.vcpus())
                .append(" quantum=").append(config.quantum())
                .append(" seed=").append(config.seed())
                .append(" timing=").append(config.timing().id())
                .append(" counting=").append(config.counting())
                .append(" reset=").append(config.onReset())
                .append(" test-devices=").append(config.testDevices())
                .append(" vm-functions=").append(config.vmFunctions())
                .append(" boot=").append(config.boot().map(Enum::name).orElse("any"));
        for (final BootModule module : config.modules()) {
            line.append(" module=").append(sha256(module.content())).append(' ').append(sha256(module.parameters()
                    .getBytes(StandardCharsets.UTF_8)));
        }
        for (final DiskSource disk : config.disks()) {
            line.append(" disk=").append(disk.identity());
        }
        return line.append(" command-line=").append(config.commandLine()).toString();
    }

    private static String sha256(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Makes RAM all zeros. */
    void clear() {
        ram.clear();
    }

    Snapshot take(final List<Part> parts, final long steps, final long cycles) {
        final List<StatePart> saved = new ArrayList<>();
        for (final Part part : parts) {
            final Kept before = kept.get(part.name);
            if (before == null || !isThere(part, before)) {
                final StateWriter out = new StateWriter();
                part.state.save(out);
                keep(part, new StatePart(part.name, out.toBytes(), part.hashed));
            }
            saved.add(kept.get(part.name).saved);
        }
        return new Snapshot(image.sha256(), make(), steps, cycles, ram.take(), saved);
    }

    private static boolean isThere(final Part part, final Kept kept) {
        return kept.version != Part.ALWAYS_ANOTHER && part.version.getAsLong() == kept.version;
    }

    private void keep(final Part part, final StatePart saved) {
        kept.put(part.name, new Kept(saved, part.version.getAsLong()));
    }

    /** Takes a snapshot up; one of another machine is refused before anything changes. */
    void restore(final Snapshot snapshot, final List<Part> parts) {
        if (!snapshot.image().equals(image.sha256())) {
            throw refused("image", "it is of another image: sha256=" + snapshot.image() + " here=" + image.sha256());
        }
        if (!snapshot.make().equals(make())) {
            throw refused("make", "it is of a machine of another make: " + snapshot.make() + " here: " + make());
        }
        final List<StatePart> saved = snapshot.parts();
        if (!saved.stream().map(StatePart::name).toList().equals(parts.stream().map(Part::name).toList())) {
            throw refused("parts", "it has other parts than this machine: "
                    + String.join(", ", saved.stream().map(StatePart::name).toList()));
        }
        ram.restore(snapshot.ram());
        for (int i = 0; i < parts.size(); i++) {
            load(parts.get(i), saved.get(i));
        }
    }

    private void load(final Part part, final StatePart saved) {
        final Kept before = kept.remove(part.name);
        if (before == null || before.saved != saved || !isThere(part, before)) {
            final StateReader in = new StateReader(saved.bytes());
            try {
                part.state.load(in);
                in.end();
            } catch (final StateException nonsense) {
                throw refused(part.name, nonsense.getMessage());
            }
        }
        keep(part, saved);
    }

    private static SnapshotException refused(final String place, final String reason) {
        return new SnapshotException("snapshot", place, reason);
    }
}
