package ringside.emulator.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import ringside.emulator.boot.BootModule;
import ringside.emulator.device.virtio.DiskSource;
import ringside.emulator.memory.GuestRam;
import ringside.emulator.pages.PageMap;
import ringside.emulator.pages.Paged;
import ringside.emulator.pages.RamTracker;
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
    private String make;

    /** A part of the machine: its name, whether the guest can notice its state, and the state. */
    record Part(String name, boolean hashed, Stateful state) {
        private StatePart saved() {
            final StateWriter out = new StateWriter();
            state.save(out);
            return new StatePart(name, out.toBytes(), hashed, state instanceof Paged paged ? paged.pages()
                    : PageMap.EMPTY);
        }

        private void load(final StatePart saved) {
            final StateReader in = new StateReader(saved.bytes());
            state.load(in);
            in.end();
            if (state instanceof Paged paged) {
                paged.load(saved.pages());
            } else if (saved.pages().bytes() != 0) {
                throw in.refused("a part of this kind has no pages");
            }
        }
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
        final List<StatePart> saved = parts.stream().map(Part::saved).toList();
        return new Snapshot(image.sha256(), make(), steps, cycles, ram.take(), saved);
    }

    /** Takes a snapshot up; one of another machine is refused before anything changes. Nobody wakes meanwhile. */
    void restore(final Snapshot snapshot, final List<Part> parts, final Scheduler scheduler) {
        if (!snapshot.image().equals(image.sha256())) {
            throw refused("image", "it is of another image: sha256=" + snapshot.image() + " here=" + image.sha256());
        }
        if (!snapshot.make().equals(make())) {
            throw refused("make", "it is of a machine of another make: " + difference(snapshot.make(), make()));
        }
        final List<StatePart> saved = snapshot.parts();
        if (!saved.stream().map(StatePart::name).toList().equals(parts.stream().map(Part::name).toList())) {
            throw refused("parts", "it has other parts than this machine: "
                    + String.join(", ", saved.stream().map(StatePart::name).toList()));
        }
        ram.restore(snapshot.ram());
        scheduler.loading(true);
        try {
            load(parts, saved);
        } finally {
            scheduler.loading(false);
        }
    }

    private static void load(final List<Part> parts, final List<StatePart> saved) {
        for (int i = 0; i < parts.size(); i++) {
            try {
                parts.get(i).load(saved.get(i));
            } catch (final StateException nonsense) {
                throw refused(parts.get(i).name, nonsense.getMessage());
            }
        }
    }

    /** Two makes without the words that both begin or end with. */
    private static String difference(final String there, final String here) {
        final List<String> theirs = List.of(there.split(" ", -1));
        final List<String> ours = List.of(here.split(" ", -1));
        final int shorter = Math.min(theirs.size(), ours.size());
        int first = 0;
        while (first < shorter && theirs.get(first).equals(ours.get(first))) {
            first++;
        }
        int last = 0;
        while (last < shorter - first && theirs.reversed().get(last).equals(ours.reversed().get(last))) {
            last++;
        }
        return "'" + String.join(" ", theirs.subList(first, theirs.size() - last)) + "' here='"
                + String.join(" ", ours.subList(first, ours.size() - last)) + "'";
    }

    private static SnapshotException refused(final String place, final String reason) {
        return new SnapshotException("snapshot", place, reason);
    }
}
