package ringside.fastpath.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import ringside.emulator.machine.MachineConfig;
import ringside.kernel.build.KernelSources;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelException;
import ringside.profiler.profile.WindowSpec;
import ringside.profiler.toml.TomlTable;
import ringside.toolchain.platform.PcLayout;

/** From a TOML file to a {@link Declaration}: no key is ignored, every number has bounds. */
public final class DeclarationReader {
    static final int MOST_POINTS = 256;
    private static final int MOST_VARIANTS = 32;
    private static final int MOST_TRIAL_NUMBERS = 3;
    private static final int MOST_WARM_UP = 1 << 16;
    private static final int WARM_UP = 16;
    private static final long MOST_BUDGET = 10_000_000_000L;
    private static final long BUDGET = 100_000_000;
    private static final long MOST_CONSTANT = 1L << 40;
    private static final int QUANTUM = 50;
    private static final int MEBIBYTE = 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,23}");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern ROW = Pattern.compile("[1-9][0-9]{0,2}[a-z]?");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\\.asm");

    private final LabFiles files;
    private final TomlTable top;

    private DeclarationReader(final LabFiles files) {
        this.files = files;
        top = TomlTable.parse(files.text(), (place, reason) -> new LabException(files.file(), place, reason));
    }

    /**
     * {@return what files declare}
     *
     * @param files of an experiment
     * @throws LabException where they declare none
     */
    public static Declaration read(final LabFiles files) {
        return new DeclarationReader(files).read();
    }

    private Declaration read() {
        final String title = top.text("title");
        final StandKind stand = stand();
        final List<String> sources = units(top, "sources");
        final TreeMap<String, Long> constants = top.has("constants") ? constants(top.table("constants"))
                : new TreeMap<>();
        final MachineSpec machine = machine();
        final SequencedMap<String, List<Long>> sweep = sweep(constants.keySet());
        final List<VariantSpec> variants = variants(stand, constants.keySet(), sweep.keySet());
        final List<TaskSpec> tasks = TaskReader.read(top, stand);
        final List<String> programs = TaskReader.programs(top, stand);
        final List<String> trials = top.has("trial") ? trials() : List.of();
        final List<WindowSpec> windows = windows();
        final int warmUp = top.has("warm_up") ? top.number("warm_up", 0, MOST_WARM_UP) : WARM_UP;
        final boolean stable = !top.has("stable") || top.flag("stable");
        final boolean cold = top.has("cold") && top.flag("cold");
        final List<Microarchitecture> models = top.has("models") ? models() : List.of();
        final long budget = top.has("budget") ? top.wide("budget", 1, MOST_BUDGET) : BUDGET;
        final List<ClaimRule> claims = new ClaimReader(variants, sweep.keySet(), trials, windows, models).read(top);
        top.end();
        return new Declaration(files.name(), files, title, stand, sources, constants, machine, sweep, variants,
                tasks, programs, trials, windows, warmUp, stable, cold, models, budget, claims);
    }

    private StandKind stand() {
        final String key = top.text("stand");
        for (final StandKind one : StandKind.values()) {
            if (one.key().equals(key)) {
                return one;
            }
        }
        throw top.wrong("stand", "bare or bantam is wanted");
    }

    private List<String> units(final TomlTable table, final String key) {
        if (!table.has(key)) {
            return List.of();
        }
        final List<String> units = new ArrayList<>();
        for (final String unit : table.texts(key)) {
            units.add(unit(table, key, unit));
        }
        return units;
    }

    private String unit(final TomlTable table, final String key, final String unit) {
        if (!UNIT.matcher(unit).matches()) {
            throw table.wrong(key, "a unit is a relative path that ends in .asm: " + unit);
        }
        final String path = files.path(unit);
        if (files.sources().read(path).isEmpty()) {
            throw table.wrong(key, "no such file beside the declaration: " + unit);
        }
        return path;
    }

    private static TreeMap<String, Long> constants(final TomlTable table) {
        final TreeMap<String, Long> constants = new TreeMap<>();
        for (final String key : table.keys()) {
            constants.put(constant(table, key), table.wide(key, -MOST_CONSTANT, MOST_CONSTANT));
        }
        return constants;
    }

    private static String constant(final TomlTable table, final String key) {
        if (!CONSTANT.matcher(key).matches() || key.equals(BareStand.CPUS)) {
            throw table.wrong(key, "a constant's name is of capitals, digits and _, and not " + BareStand.CPUS);
        }
        return key;
    }

    private MachineSpec machine() {
        final int mebibytes = top.has("memory") ? top.number("memory", 16, 1024) : 64;
        return new MachineSpec(top.has(MachineSpec.CPUS) ? top.number(MachineSpec.CPUS, 1, PcLayout.MOST_CPUS) : 1,
                top.has(MachineSpec.QUANTUM)
                        ? top.wide(MachineSpec.QUANTUM, 1, MachineConfig.LONGEST_QUANTUM) : QUANTUM,
                top.has(MachineSpec.SEED) ? top.wide(MachineSpec.SEED, 0, Long.MAX_VALUE) : 0,
                (long) mebibytes << MEBIBYTE, top.has("vm_functions") && top.flag("vm_functions"));
    }

    private SequencedMap<String, List<Long>> sweep(final Set<String> constants) {
        final SequencedMap<String, List<Long>> sweep = new LinkedHashMap<>();
        if (!top.has("sweep")) {
            return sweep;
        }
        final TomlTable table = top.table("sweep");
        long points = 1;
        for (final String key : table.keys()) {
            final List<Long> values = switch (key) {
                case MachineSpec.CPUS -> table.wides(key, 1, PcLayout.MOST_CPUS);
                case MachineSpec.QUANTUM -> table.wides(key, 1, MachineConfig.LONGEST_QUANTUM);
                case MachineSpec.SEED -> table.wides(key, 0, Long.MAX_VALUE);
                default -> table.wides(constant(table, key), -MOST_CONSTANT, MOST_CONSTANT);
            };
            if (constants.contains(key) || MachineSpec.IN_SWEEPS.contains(key) && top.has(key)) {
                throw table.wrong(key, "is set as well as swept");
            }
            if (new LinkedHashSet<>(values).size() < values.size()) {
                throw table.wrong(key, "a value is there twice");
            }
            points *= values.size();
            if (points > MOST_POINTS) {
                throw table.wrong(key, "more than " + MOST_POINTS + " combinations");
            }
            sweep.put(key, values);
        }
        return sweep;
    }

    private List<VariantSpec> variants(final StandKind stand, final Set<String> constants, final Set<String> swept) {
        final TomlTable table = top.table("variant");
        final List<VariantSpec> variants = new ArrayList<>();
        for (final String name : table.keys()) {
            if (!NAME.matcher(name).matches()) {
                throw table.wrong(name, "a variant's name is of small letters, digits and hyphens, at most 24");
            }
            variants.add(variant(name, table.table(name), stand, constants, swept));
        }
        table.end();
        if (variants.isEmpty() || variants.size() > MOST_VARIANTS) {
            throw top.wrong("variant", "1 to " + MOST_VARIANTS + " variants are wanted");
        }
        if (variants.stream().filter(VariantSpec::baseline).count() != 1) {
            throw top.wrong("variant", "one of them, and no more, says baseline = true");
        }
        return variants;
    }

    private VariantSpec variant(final String name, final TomlTable table, final StandKind stand,
            final Set<String> constants, final Set<String> swept) {
        final TreeMap<String, Long> own = table.has("constants") ? constants(table.table("constants"))
                : new TreeMap<>();
        for (final String key : own.keySet()) {
            if (swept.contains(key) || constants.contains(key)) {
                throw table.wrong("constants." + key, "is set for all variants, too");
            }
        }
        final Map<String, String> features = new TreeMap<>();
        if (table.has("features")) {
            final TomlTable some = table.table("features");
            if (stand != StandKind.BANTAM) {
                throw table.wrong("features", "the bare stand has none");
            }
            some.keys().forEach(key -> features.put(key, some.text(key)));
        }
        final Map<String, String> replaces = new TreeMap<>();
        if (table.has("replaces")) {
            final TomlTable some = table.table("replaces");
            for (final String unit : some.keys()) {
                if (stand != StandKind.BANTAM || !KernelSources.units().contains(unit)) {
                    throw some.wrong(unit, "no unit of Bantam, or not on its stand");
                }
                replaces.put(unit, unit(some, unit, some.text(unit)));
            }
        }
        final VariantSpec variant = new VariantSpec(name, table.has("baseline") && table.flag("baseline"),
                units(table, "sources"), own, features, replaces,
                table.has("generator") ? Optional.of(table.text("generator")) : Optional.empty());
        table.end();
        return variant;
    }

    private List<String> trials() {
        final List<String> names = top.texts("trial");
        for (final String name : names) {
            if (!WORD.matcher(name).matches() || names.size() > MOST_TRIAL_NUMBERS
                    || new LinkedHashSet<>(names).size() < names.size() || MachineSpec.IN_SWEEPS.contains(name)) {
                throw top.wrong("trial", "at most " + MOST_TRIAL_NUMBERS + " names of small letters are wanted");
            }
        }
        return names;
    }

    private List<WindowSpec> windows() {
        final List<WindowSpec> windows = new ArrayList<>(Declaration.STANDARD);
        if (!top.has("window")) {
            return windows;
        }
        final TomlTable table = top.table("window");
        for (final String name : table.keys()) {
            if (!WORD.matcher(name).matches() || windows.stream().anyMatch(one -> one.name().equals(name))) {
                throw table.wrong(name, "a window's name is a word of small letters that no other window has");
            }
            final TomlTable one = table.table(name);
            windows.add(new WindowSpec(name, one.text("from"), one.text("to")));
            one.end();
        }
        table.end();
        return windows;
    }

    private List<Microarchitecture> models() {
        final List<Microarchitecture> models = new ArrayList<>();
        for (final String name : top.texts("models")) {
            try {
                final Microarchitecture make = Microarchitecture.named(name);
                if (make.hardware().isEmpty()) {
                    throw top.wrong("models", "the machine's own clock is always there: " + name);
                }
                models.add(make);
            } catch (final ModelException refused) {
                throw top.wrong("models", refused.getMessage());
            }
        }
        return models;
    }

    /**
     * {@return rows of the list of claims}
     *
     * @param table of a rule, with or without {@code rows}
     */
    public static List<String> rows(final TomlTable table) {
        if (!table.has("rows")) {
            return List.of();
        }
        final List<String> rows = table.names("rows");
        for (final String row : rows) {
            if (!ROW.matcher(row).matches() || new LinkedHashSet<>(rows).size() < rows.size()) {
                throw table.wrong("rows", "numbers, each once, perhaps with a letter as in \"32b\": " + row);
            }
        }
        return rows;
    }
}
