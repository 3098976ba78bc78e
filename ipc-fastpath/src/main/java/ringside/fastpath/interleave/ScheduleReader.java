package ringside.fastpath.interleave;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabException;
import ringside.fastpath.lab.LabFiles;
import ringside.profiler.toml.TomlTable;

/** From a TOML file to a {@link ScheduleDeclaration}: no key is ignored, every number has bounds. */
public final class ScheduleReader {
    private static final String ACTORS = "lib/actors.asm";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final List<String> OWN =
            List.of("CPUS", "CAPACITY", "FILL", "LAST", "SCRIPT_0", "SCRIPT_1", "SCRIPT_2");
    private static final int MOST_CPUS = 3;
    private static final int MOST_STEPS = 10;
    private static final int MOST_VALUES = 63;
    private static final int MOST_NAMED = 64;
    private static final long MOST_LIMIT = 100_000_000;
    private static final long LIMIT = 1_000_000;
    private static final long MOST_CONSTANT = 1L << 40;

    private final LabFiles files;
    private final TomlTable top;

    private ScheduleReader(final LabFiles files) {
        this.files = files;
        top = TomlTable.parse(files.text(), (place, reason) -> new LabException(files.file(), place, reason));
    }

    /**
     * {@return what files declare}
     *
     * @param files of a declaration
     * @throws LabException where they declare none
     */
    public static ScheduleDeclaration read(final LabFiles files) {
        return new ScheduleReader(files).read();
    }

    private ScheduleDeclaration read() {
        final String title = top.text("title");
        final Optional<String> generator =
                top.has("generator") ? Optional.of(top.text("generator")) : Optional.empty();
        final List<String> units = new ArrayList<>();
        if (generator.isEmpty() || top.has("sources")) {
            for (final String unit : top.texts("sources")) {
                units.add(source(top, "sources", unit));
            }
        }
        units.add(top.has("actors") ? source(top, "actors", top.text("actors")) : ACTORS);
        final ModelKind model = choice(top, "model", ModelKind.values(), ModelKind::key);
        final Set<Spurious> spurious = top.has("spurious") ? spurious(top) : Set.of();
        final boolean waits = !top.has("waits") || top.flag("waits");
        final boolean lists = model == ModelKind.QUEUE || model == ModelKind.STACK;
        final boolean drain = top.has("drain") ? top.flag("drain") : lists;
        final TreeMap<String, Long> constants = constants("constants", OWN);
        final TreeMap<String, Long> emitted = constants("emitted", List.of());
        if (generator.isEmpty() && !emitted.isEmpty()) {
            throw top.wrong("emitted", "nothing is: there is no generator");
        }
        final List<Scenario> scenarios = named("scenario", this::scenario);
        if (scenarios.isEmpty()) {
            throw top.wrong("scenario", "at least one is wanted");
        }
        final List<Mutant> mutants = top.has("mutant")
                ? named("mutant", (name, table) -> mutant(name, table, units)) : List.of();
        final List<ScheduleClaim> claims = new ArrayList<>();
        if (top.has("claim")) {
            for (final TomlTable table : top.tables("claim")) {
                claims.add(claim(table, scenarios, mutants));
                table.end();
            }
        }
        top.end();
        final ScheduleDeclaration declaration = new ScheduleDeclaration(files, title, units, generator, constants,
                emitted, model, spurious, waits, drain, scenarios, mutants, claims);
        mutants.forEach(mutant -> requirePlace(declaration, mutant));
        return declaration;
    }

    private TreeMap<String, Long> constants(final String name, final List<String> taken) {
        final TreeMap<String, Long> constants = new TreeMap<>();
        if (top.has(name)) {
            final TomlTable table = top.table(name);
            for (final String key : table.keys()) {
                if (!CONSTANT.matcher(key).matches() || taken.contains(key)) {
                    throw table.wrong(key, "a constant's name is of capitals, digits and _"
                            + (taken.isEmpty() ? "" : ", and none of " + String.join(", ", taken)));
                }
                constants.put(key, table.wide(key, -MOST_CONSTANT, MOST_CONSTANT));
            }
        }
        return constants;
    }

    /** Refuses a bug of emitted code whose lines no scenario's code has. */
    private static void requirePlace(final ScheduleDeclaration declaration, final Mutant mutant) {
        Optional<String> reason = Optional.empty();
        for (final Scenario scenario : declaration.scenarios()) {
            reason = Emission.obstacle(declaration, scenario, mutant);
            if (reason.isEmpty()) {
                return;
            }
        }
        reason.ifPresent(words -> {
            throw new LabException(declaration.files().file(), "mutant." + mutant.name() + ".replace", words);
        });
    }

    private static Set<Spurious> spurious(final TomlTable table) {
        final Set<Spurious> all = EnumSet.noneOf(Spurious.class);
        for (final String word : table.texts("spurious")) {
            all.add(choice(table, "spurious", word, Spurious.values(), Spurious::key));
        }
        return all;
    }

    /** Reads one of several tables. */
    private interface Part<T> {
        T of(String name, TomlTable table);
    }

    private <T> List<T> named(final String key, final Part<T> part) {
        final TomlTable all = top.table(key);
        final List<T> parts = new ArrayList<>();
        for (final String name : all.keys()) {
            if (!NAME.matcher(name).matches()) {
                throw all.wrong(name, "a name is of small letters, digits and hyphens, at most 40");
            }
            if (parts.size() == MOST_NAMED) {
                throw top.wrong(key, "more than " + MOST_NAMED);
            }
            final TomlTable table = all.table(name);
            parts.add(part.of(name, table));
            table.end();
        }
        all.end();
        return parts;
    }

    private String source(final TomlTable table, final String key, final String unit) {
        return files.unit(unit)
                .orElseThrow(() -> table.wrong(key, "no such source beside the declaration: " + unit));
    }

    private Scenario scenario(final String name, final TomlTable table) {
        final List<List<Integer>> scripts = new ArrayList<>();
        for (final String script : table.texts("scripts")) {
            scripts.add(script(table, script));
        }
        if (scripts.size() < 2 || scripts.size() > MOST_CPUS) {
            throw table.wrong("scripts", "2 or " + MOST_CPUS + " are wanted, one a CPU");
        }
        final int capacity = table.has("capacity") ? table.number("capacity", 1, MOST_VALUES) : 2;
        final Set<Spurious> spurious = table.has("spurious") ? spurious(table) : Set.of();
        return new Scenario(name, scripts, capacity, table.has("fill") ? table.number("fill", 0, capacity) : 0,
                table.has("memory") ? choice(table, "memory", MemoryOrder.values(), MemoryOrder::key) : MemoryOrder.SC,
                table.has("preemptions") ? table.number("preemptions", 0, 2) : 1,
                table.has("limit") ? table.wide("limit", 1, MOST_LIMIT) : LIMIT, spurious);
    }

    private static List<Integer> script(final TomlTable table, final String text) {
        final List<Integer> kinds = new ArrayList<>();
        for (final String word : text.strip().split(" +")) {
            kinds.add(switch (word) {
                case "put", "lock" -> SequentialModel.PUT;
                case "take", "unlock" -> SequentialModel.TAKE;
                default -> throw table.wrong("scripts", "put, take, lock or unlock is wanted: " + word);
            });
        }
        if (kinds.size() > MOST_STEPS) {
            throw table.wrong("scripts", "more than " + MOST_STEPS + " operations");
        }
        return kinds;
    }

    private Mutant mutant(final String name, final TomlTable table, final List<String> units) {
        final String text = table.text("text");
        final List<String> replace = table.texts("replace");
        final List<String> with = table.has("with") ? table.texts("with") : List.of();
        if (table.has("routine")) {
            if (!top.has("generator")) {
                throw table.wrong("routine", "none is emitted: there is no generator");
            }
            return new Mutant(name, text, true, table.text("routine"), replace, with);
        }
        final String wanted = table.text("file");
        final Mutant within = new Mutant(name, text, false, wanted, replace, with);
        final boolean included = units.stream().anyMatch(unit -> within.isIncluded(files.sources(), unit));
        final Mutant mutant = included ? within
                : new Mutant(name, text, false, source(table, "file", wanted), replace, with);
        if (!included && !units.contains(mutant.file())) {
            throw table.wrong("file", "is none of the sources, and none of them includes it: " + mutant.file());
        }
        try {
            mutant.plant(files.sources());
        } catch (final IllegalArgumentException nowhere) {
            throw table.wrong("replace", nowhere.getMessage());
        }
        return mutant;
    }

    private static ScheduleClaim claim(final TomlTable table, final List<Scenario> scenarios,
            final List<Mutant> mutants) {
        final String scenario = table.text("survives");
        final Optional<String> mutant = table.has("mutant") ? Optional.of(table.text("mutant")) : Optional.empty();
        return new ScheduleClaim(DeclarationReader.rows(table), table.text("text"),
                scenarios.stream().filter(one -> one.name().equals(scenario)).findFirst()
                        .orElseThrow(() -> table.wrong("survives", "no such scenario: " + scenario)),
                mutant.map(name -> mutants.stream().filter(one -> one.name().equals(name)).findFirst()
                        .orElseThrow(() -> table.wrong("mutant", "no such mutant: " + name))));
    }

    private static <E> E choice(final TomlTable table, final String key, final E[] all,
            final Function<E, String> name) {
        return choice(table, key, table.text(key), all, name);
    }

    private static <E> E choice(final TomlTable table, final String key, final String text, final E[] all,
            final Function<E, String> name) {
        return Stream.of(all).filter(one -> name.apply(one).equals(text)).findFirst().orElseThrow(
                () -> table.wrong(key, "one of these is wanted: "
                        + String.join(", ", Stream.of(all).map(name).toList())));
    }
}
