package ringside.console.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import ringside.console.verify.ScenarioFile;

/** A command line whose IMAGE is a scenario, as one without. */
final class ScenarioArguments {
    private static final String DASHES = "--";
    private static final Set<String> PATHS = Set.of("input", "module", "disk");

    private ScenarioArguments() {
    }

    /** {@return the command line from the command's name on} */
    static List<String> of(final CommandSpec spec) {
        final List<String> all = spec.parent().commandLine().getParseResult().originalArgs();
        return all.subList(all.indexOf(spec.name()), all.size());
    }

    /**
     * {@return the command line with what a scenario says; what it says itself goes before that}
     *
     * @param file       the scenario
     * @param spec       the command's options
     * @param arguments  the command line
     * @param notInFiles options that no scenario has
     * @param ignored    fields that mean nothing to this command
     */
    static List<String> with(final Path file, final CommandSpec spec, final List<String> arguments,
            final Set<String> notInFiles, final Set<String> ignored) {
        final Set<String> known = spec.optionsMap().keySet().stream().filter(name -> name.startsWith(DASHES))
            .map(name -> name.substring(DASHES.length())).filter(name -> !notInFiles.contains(name))
            .collect(Collectors.toSet());
        known.addAll(ignored);
        final Set<String> given = arguments.stream().filter(argument -> argument.startsWith(DASHES))
            .map(ScenarioArguments::nameOf).collect(Collectors.toCollection(HashSet::new));
        ignored.forEach(name -> given.add(DASHES + name));
        final List<String> all = new ArrayList<>(arguments);
        all.remove(file.toString());
        ScenarioFile.arguments(file, known, PATHS).stream()
            .filter(argument -> !argument.startsWith(DASHES) || !given.contains(nameOf(argument))).forEach(all::add);
        return all;
    }

    private static String nameOf(final String argument) {
        final int value = argument.indexOf('=');
        return value < 0 ? argument : argument.substring(0, value);
    }
}
