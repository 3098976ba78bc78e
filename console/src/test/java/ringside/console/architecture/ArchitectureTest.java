package ringside.console.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The "never" rules of ARCHITECTURE.md, read out of the compiled classes of all modules. */
class ArchitectureTest {
    /** Which module may require which: the arrows of the one picture. */
    private static final Map<String, Set<String>> ARROWS = Map.of(
        "ringside.toolchain", Set.of(),
        "ringside.emulator", Set.of("ringside.toolchain"),
        "ringside.kernel", Set.of("ringside.toolchain"),
        "ringside.profiler", Set.of("ringside.emulator"),
        "ringside.fastpath", Set.of("ringside.kernel", "ringside.profiler"),
        "ringside.console", Set.of("ringside.fastpath"));

    /** The host's time and its randomness, by which a result could differ between two runs. */
    private static final Pattern HOST_TIME_OR_CHANCE = Pattern.compile(
        "java\\.lang\\.(Thread\\.sleep|System\\.(currentTimeMillis|nanoTime)|Math\\.random).*"
        + "|java\\.util\\.(Random\\.<init>\\(\\)V|UUID\\.randomUUID.*|concurrent\\.ThreadLocalRandom\\..*)"
        + "|java\\.security\\.SecureRandom\\..*"
        + "|java\\.time\\.(Instant|LocalTime|LocalDate|LocalDateTime|ZonedDateTime|OffsetDateTime)\\.now.*"
        + "|java\\.time\\.Clock\\.system.*");

    private static final List<CompiledModule> MODULES = CompiledModule.all();

    @Test
    void modulesRequireWhatTheArrowsAllow() {
        for (final CompiledModule module : MODULES) {
            assertEquals(ARROWS.get(module.descriptor().name()), module.requires(), module.directory());
        }
    }

    @Test
    void packagesAreWithoutCycles() {
        final Map<String, Set<String>> arrows = new TreeMap<>();
        for (final CompiledClass type : mainClasses()) {
            final Set<String> targets = arrows.computeIfAbsent(type.packageName(), name -> new TreeSet<>());
            type.classes().stream().filter(name -> name.startsWith("ringside.")).map(CompiledClass::packageOf)
                .filter(name -> !name.equals(type.packageName())).forEach(targets::add);
        }
        for (final String start : arrows.keySet()) {
            assertFalse(reachable(arrows, arrows.get(start)).contains(start),
                () -> start + " depends on itself by way of " + arrows.get(start));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ringside.emulator.engine.unicorn, uc_(open|close|version|query|errno|strerror|reg|mem|emu|hook|context|ctl)",
        "ringside.toolchain.asm,           ks_(open|close|version|asm|free|option|errno|strerror|arch_supported)",
        "ringside.toolchain.disasm,        cs_(open|close|version|disasm|free|malloc|option|errno|strerror|support)"})
    void onlyOnePackageNamesANativeLibrarysFunctions(final String owner, final String functions) {
        final Predicate<String> names = Pattern.compile("\\b" + functions).asPredicate();
        final Set<String> packages = new TreeSet<>();
        for (final CompiledClass type : mainClasses()) {
            if (type.texts().stream().anyMatch(names)) {
                packages.add(type.packageName());
            }
        }
        assertEquals(Set.of(owner), packages);
    }

    @ParameterizedTest
    @CsvSource({
        "ringside.emulator.event,   ringside\\.(?!emulator\\.event).*",
        "ringside.emulator.timing,  ringside\\.(?!emulator\\.(timing|event)).*",
        "ringside.emulator.bus,     ringside\\.(?!emulator\\.(bus|state|timing|event)).*",
        "ringside.emulator.device,  ringside\\.emulator\\.(machine|engine|snapshot|bus\\.AddressBus).*",
        "ringside.emulator.pages,   ringside\\.emulator\\.(machine|engine|device|snapshot).*",
        "ringside.emulator.engine,  ringside\\.emulator\\.(machine|device|bus).*",
        "ringside.emulator,         ringside\\.(kernel|fastpath|profiler|console).*",
        "ringside.console.repl,     ringside\\.console\\.(seat|panel|cli).*",
        "ringside.console.gdb,      ringside\\.(console\\.(?!gdb)|kernel|fastpath|profiler).*",
        "ringside.profiler.profile, ringside\\.emulator\\.(machine|engine|device|bus).*",
        "ringside.profiler.calibrate, ringside\\.emulator\\.(engine|device|bus).*",
        "ringside.toolchain.image,  ringside\\.toolchain\\.(asm|codegen|disasm|natives).*"})
    void aPackageStaysAwayFromWhatItMustNotKnow(final String packages, final String forbidden) {
        final Pattern never = Pattern.compile(forbidden);
        final List<String> broken = new ArrayList<>();
        for (final CompiledClass type : mainClasses()) {
            if (inside(type.packageName(), packages)) {
                type.classes().stream().filter(name -> never.matcher(name).matches())
                    .forEach(name -> broken.add(type.name() + " -> " + name));
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void noDeviceKnowsAnother() {
        final String devices = "ringside.emulator.device.";
        for (final CompiledClass type : mainClasses()) {
            if (type.name().startsWith(devices)) {
                type.classes().stream().filter(name -> name.startsWith(devices))
                    .forEach(name -> assertEquals(type.packageName(), CompiledClass.packageOf(name), type.name()));
            }
        }
    }

    @Test
    void profilesTracesAndTheGateReachNoNativeLibrary() {
        final Map<String, Set<String>> arrows = new TreeMap<>();
        final List<String> starts = new ArrayList<>();
        for (final CompiledClass type : mainClasses()) {
            arrows.put(type.name(), type.classes());
            if (List.of("ringside.profiler.profile", "ringside.profiler.export", "ringside.profiler.trace",
                "ringside.profiler.gate").contains(type.packageName())) {
                starts.add(type.name());
            }
        }
        assertFalse(starts.isEmpty());
        for (final String name : reachable(arrows, starts)) {
            assertFalse(name.startsWith("ringside.emulator.engine") || name.startsWith("ringside.toolchain.natives")
                || name.startsWith("java.lang.foreign.Linker") || name.startsWith("java.lang.foreign.SymbolLookup"),
                name);
        }
    }

    @Test
    void noResultDependsOnTheHostsTimeOrChance() {
        // How fast the guest ran, in the bar at the bottom of a person's screen: no result.
        final String eyes = "ringside.console.seat.Stopwatch uses java.lang.System.nanoTime";
        assertEquals(List.of(), users(mainClasses(), HOST_TIME_OR_CHANCE).stream()
            .filter(use -> !use.startsWith(eyes)).toList());
    }

    @Test
    void onlyTheSeatKnowsTheTerminalsLibraryAndPanelsKnowNothingOfAGuest() {
        for (final CompiledClass type : mainClasses()) {
            for (final String name : type.classes()) {
                assertFalse(name.startsWith("org.jline.") && !type.packageName().equals("ringside.console.seat"),
                    () -> type.name() + " -> " + name);
                assertFalse(type.packageName().equals("ringside.console.panel")
                    && !name.matches("(java\\.(lang|util)|ringside\\.console\\.panel)\\..*"),
                    () -> type.name() + " -> " + name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ringside.console.history, (org\\.sqlite|java\\.sql)\\..*",
        "ringside.console.html,    com\\.samskivert\\..*"})
    void onlyOnePackageKnowsALibrary(final String owner, final String library) {
        final Pattern names = Pattern.compile(library);
        final Set<String> packages = new TreeSet<>();
        mainClasses().stream().filter(type -> type.classes().stream().anyMatch(names.asMatchPredicate()))
            .forEach(type -> packages.add(type.packageName()));
        assertEquals(Set.of(owner), packages);
    }

    @Test
    void noTestSleepsOrReadsTheClock() {
        final List<CompiledClass> tests = MODULES.stream().flatMap(module -> module.tests().stream())
            .filter(type -> !type.outermost().endsWith("Benchmark")).toList();
        assertTrue(tests.size() > MODULES.size());
        assertEquals(List.of(), users(tests, HOST_TIME_OR_CHANCE));
    }

    @Test
    void onlyTheCommandLineEndsTheProcessOrWritesToItsStreams() {
        final Pattern process = Pattern.compile("java\\.lang\\.(System\\.(exit|out|err|in)|Runtime\\.(exit|halt)).*");
        for (final String use : users(mainClasses(), process)) {
            assertTrue(use.startsWith("ringside.console.cli."), use);
        }
    }

    private static List<String> users(final List<CompiledClass> classes, final Pattern members) {
        final List<String> found = new ArrayList<>();
        for (final CompiledClass type : classes) {
            type.members().stream().filter(member -> members.matcher(member).matches())
                .forEach(member -> found.add(type.name() + " uses " + member));
        }
        return found;
    }

    private static List<CompiledClass> mainClasses() {
        return MODULES.stream().flatMap(module -> module.main().stream()).toList();
    }

    private static boolean inside(final String packageName, final String ancestor) {
        return packageName.equals(ancestor) || packageName.startsWith(ancestor + ".");
    }

    private static Set<String> reachable(final Map<String, Set<String>> arrows, final Iterable<String> starts) {
        final Set<String> seen = new TreeSet<>();
        final Deque<String> open = new ArrayDeque<>();
        starts.forEach(open::add);
        while (!open.isEmpty()) {
            final String next = open.remove();
            if (seen.add(next)) {
                open.addAll(arrows.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }
}
