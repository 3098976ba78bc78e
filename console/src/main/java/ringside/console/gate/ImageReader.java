package ringside.console.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import ringside.console.gate.GatedImage.GatedPath;
import ringside.emulator.boot.BootModule;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.machine.MachineConfig;
import ringside.profiler.toml.TomlTable;
import ringside.toolchain.image.BootProtocol;
import ringside.toolchain.platform.PcLayout;

/** The {@code [[image]]}s of a gate file. */
final class ImageReader {
    /** Of all images together; a baseline has room for more. */
    static final int MOST_PATHS = 4_096;

    private static final int MOST_WARM_UP = 1 << 16;
    private static final long MOST_BUDGET = 100_000_000_000L;
    private static final long BUDGET = 1_000_000_000;
    private static final int MEBIBYTE = 20;
    private static final int LEAST_MEMORY = 2;
    private static final int MOST_MEMORY = 2048;
    private static final int MEMORY = 64;
    private static final int MOST_PLACES = 16;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+-]{0,79}");

    private final Function<String, Path> beside;
    private final Set<String> names = new HashSet<>(Set.of("calls", "scripts"));
    private int paths;

    /**
     * Begins.
     *
     * @param beside from a text of the file to the path that it names
     */
    ImageReader(final Function<String, Path> beside) {
        this.beside = beside;
    }

    /** {@return a kernel under gate} */
    GatedImage read(final TomlTable table) {
        final String name = name(table, names);
        final GatedImage image = new GatedImage(name, beside.apply(table.text("file")), machine(table),
            table.has("budget") ? table.wide("budget", 1, MOST_BUDGET) : BUDGET,
            !table.has("ends") || table.flag("ends"),
            table.has("warm_up") ? table.number("warm_up", 0, MOST_WARM_UP) : 0, paths(table));
        table.end();
        return image;
    }

    private List<GatedPath> paths(final TomlTable table) {
        final List<GatedPath> read = new ArrayList<>();
        final Set<String> used = new HashSet<>();
        for (final TomlTable path : table.tables("path", MOST_PATHS)) {
            if (++paths > MOST_PATHS) {
                throw table.wrong("path", "all images together have at most " + MOST_PATHS + " paths");
            }
            final List<String> to = path.isList("to") ? path.texts("to") : List.of(path.text("to"));
            if (to.size() > MOST_PLACES) {
                throw path.wrong("to", "at most " + MOST_PLACES + " places are wanted");
            }
            read.add(new GatedPath(name(path, used), path.text("from"), to));
            path.end();
        }
        return read;
    }

    private GatedMachine machine(final TomlTable table) {
        final String append = table.has("append") ? table.text("append") : "";
        try {
            MachineConfig.standard().withCommandLine(append);
        } catch (final IllegalArgumentException wrong) {
            throw table.wrong("append", wrong.getMessage());
        }
        return new GatedMachine(append, modules(table), disks(table), boot(table),
            (long) (table.has("memory") ? table.number("memory", LEAST_MEMORY, MOST_MEMORY) : MEMORY) << MEBIBYTE,
            table.has("cpus") ? table.number("cpus", 1, PcLayout.MOST_CPUS) : 1,
            table.has("quantum") ? Optional.of(table.wide("quantum", 1, MachineConfig.LONGEST_QUANTUM))
                : Optional.empty(),
            table.has("seed") ? table.wide("seed", 0, Long.MAX_VALUE) : 0,
            table.has("test_devices") && table.flag("test_devices"),
            table.has("simulated_vmfunc") && table.flag("simulated_vmfunc"));
    }

    /** {@code FILE} or {@code FILE:STRING}. */
    private List<GatedMachine.Module> modules(final TomlTable table) {
        final List<GatedMachine.Module> modules = new ArrayList<>();
        for (final String text : table.has("modules") ? table.texts("modules") : List.<String>of()) {
            final int colon = text.indexOf(':');
            final Path file = beside.apply(colon < 0 ? text : text.substring(0, colon));
            final String string = colon < 0 ? String.valueOf(file.getFileName()) : text.substring(colon + 1);
            try {
                new BootModule(file.toString(), new byte[0], string);
            } catch (final IllegalArgumentException wrong) {
                throw table.wrong("modules", wrong.getMessage());
            }
            modules.add(new GatedMachine.Module(file, string));
        }
        return modules;
    }

    /** {@code FILE}, {@code FILE:overlay} or {@code FILE:read-only}. */
    private List<DiskImage> disks(final TomlTable table) {
        final List<DiskImage> disks = new ArrayList<>();
        for (final String text : table.has("disks") ? table.texts("disks") : List.<String>of()) {
            final int colon = text.lastIndexOf(':');
            final String mode = colon < 0 ? "overlay" : text.substring(colon + 1);
            disks.add(new DiskImage(beside.apply(colon < 0 ? text : text.substring(0, colon)), switch (mode) {
                case "overlay" -> DiskImage.Mode.OVERLAY;
                case "read-only" -> DiskImage.Mode.READ_ONLY;
                default -> throw table.wrong("disks", "'" + mode + "' is none of overlay, read-only");
            }));
        }
        if (disks.size() > PcLayout.MOST_DISKS) {
            throw table.wrong("disks", "at most " + PcLayout.MOST_DISKS + " are wanted");
        }
        return disks;
    }

    private static Optional<BootProtocol> boot(final TomlTable table) {
        if (!table.has("boot")) {
            return Optional.empty();
        }
        final String text = table.text("boot");
        return Optional.of(Arrays.stream(BootProtocol.values()).filter(one -> one.label().equals(text)).findFirst()
            .orElseThrow(() -> table.wrong("boot", "no boot protocol is called " + text)));
    }

    private static String name(final TomlTable table, final Set<String> used) {
        final String name = table.text("name");
        if (!NAME.matcher(name).matches()) {
            throw table.wrong("name", "a name is of letters, digits and _ . + -, at most 80: " + name);
        }
        if (!used.add(name)) {
            throw table.wrong("name", "is taken: " + name);
        }
        return name;
    }
}
