package ringside.console.seat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import ringside.console.repl.command.CommandTable;
import ringside.console.repl.command.Desk;
import ringside.console.repl.guest.Bantam;
import ringside.console.repl.guest.RefusedException;
import ringside.console.repl.guest.Registers;
import ringside.console.repl.guest.SystemNames;
import ringside.console.repl.stop.EventType;
import ringside.console.report.ExportFormat;
import ringside.fastpath.view.ThreadView;
import ringside.profiler.model.Microarchitecture;
import ringside.toolchain.image.ImageSymbol;
import ringside.toolchain.image.ObjectSymbol;

/** What TAB offers: commands, what their synopses say comes behind them, and the names that the guest has. */
final class Completion implements Completer {
    private static final int FEW = 5;
    private static final int MOST_FILES = 500;
    /** Commands whose N is the number of a breakpoint. */
    private static final Set<String> OF_BREAKPOINTS = Set.of("delete", "enable", "disable", "ignore", "commands");

    private final Desk desk;
    private final List<CommandTable.Entry> own;

    /**
     * Completes for a desk.
     *
     * @param desk whose names count
     * @param own  commands besides the desk's
     */
    Completion(final Desk desk, final List<CommandTable.Entry> own) {
        this.desk = desk;
        this.own = own;
    }

    @Override
    public void complete(final LineReader reader, final ParsedLine parsed, final List<Candidate> candidates) {
        final TypedLine line = TypedLine.of(parsed.line(), parsed.cursor());
        if (line.wordIndex() == 0) {
            commands(line.word(), candidates);
            return;
        }
        for (final String name : names(line)) {
            final boolean open = name.endsWith("/") || name.endsWith("=");
            candidates.add(new Candidate(name, name, null, null, null, null, !open));
        }
    }

    private Stream<CommandTable.Entry> all() {
        return Stream.concat(CommandTable.all().stream(), own.stream());
    }

    private void commands(final String word, final List<Candidate> candidates) {
        // With what they do beside them names take a line each, and the screen may have only seven.
        final boolean few = all().filter(entry -> entry.name().startsWith(word)).count() <= FEW;
        all().forEach(entry -> Stream.concat(Stream.of(entry.name()), entry.aliases().stream())
            .filter(name -> name.equals(entry.name()) || !word.isEmpty() && name.startsWith(word)
                && !entry.name().startsWith(word))
            .forEach(name -> candidates.add(new Candidate(name, name, null,
                !few ? null : entry.header().replaceAll("\\.$", ""), null, null, true))));
    }

    /** {@return what may stand at the cursor} */
    Set<String> names(final TypedLine line) {
        final Set<String> names = new TreeSet<>();
        final String first = line.words().getFirst();
        final CommandTable.Entry entry;
        try {
            final String name = first.contains("/") ? first.substring(0, first.indexOf('/')) : first;
            entry = all().filter(one -> one.name().equals(name)).findFirst().orElseGet(() -> CommandTable.named(name));
        } catch (final RefusedException none) {
            return names;
        }
        final Set<String> kinds = Synopsis.of(entry.synopsis())
            .at(line.words().subList(1, line.words().size() - 1));
        final boolean begins = line.before().isEmpty();
        for (final String kind : kinds) {
            if (Synopsis.isSmall(kind)) {
                if (begins) {
                    names.add(kind);
                }
            } else {
                add(kind, entry, line, names);
            }
        }
        return names;
    }

    private void add(final String kind, final CommandTable.Entry entry, final TypedLine line, final Set<String> names) {
        final String word = line.word();
        switch (kind) {
            case "COMMAND" -> all().forEach(one -> names.add(one.name()));
            case "FILE" -> files(word, names);
            case "KIND" -> EventType.all(desk.guest().image()).forEach(type -> names.add(type.name()));
            case "ARG" -> arguments(line, names);
            case "VALUE", "THREAD" -> threads(names);
            case "POSITION", "BOOKMARK", "STEPS", "TO" -> names.addAll(desk.bookmarks().keySet());
            case "FORMAT" -> Arrays.stream(ExportFormat.values()).forEach(one -> names.add(one.toString()));
            case "PROCESS" -> processes(names);
            case "RING" -> rings(line, entry, names);
            case "REGISTER" -> registers(word, names);
            case "N", "TIMES" -> numbers(entry, names);
            case "PANEL" -> names.addAll(Panels.NAMES);
            case "SNIPPET" -> names.addAll(List.of("console", "machine", "timeline"));
            case "TEXT", "REGEX", "REASON", "BYTES", "CODE", "SIZE", "LENGTH", "CPU", "NFU", "F" -> { }
            case "NAME" -> name(entry, word, names);
            default -> expression(word, names);
        }
    }

    private void name(final CommandTable.Entry entry, final String word, final Set<String> names) {
        switch (entry.name()) {
            case "regs" -> registers(word, names);
            case "bookmark" -> names.addAll(desk.bookmarks().keySet());
            case "cache", "tlb" -> names.addAll(Microarchitecture.SHIPPED);
            case "snapshot" -> names.addAll(desk.snapshotNames());
            default -> expression(word, names);
        }
    }

    private void numbers(final CommandTable.Entry entry, final Set<String> names) {
        if (OF_BREAKPOINTS.contains(entry.name())) {
            desk.breakpoints().all().forEach(one -> names.add(Integer.toString(one.number())));
        } else if ("cpu".equals(entry.name())) {
            for (int cpu = 0; cpu < desk.guest().cpus(); cpu++) {
                names.add(Integer.toString(cpu));
            }
        }
    }

    /** Arguments of the event that the line names, and what they may be. */
    private void arguments(final TypedLine line, final Set<String> names) {
        if (!line.before().isEmpty()) {
            threads(names);
            return;
        }
        line.words().stream().flatMap(word -> EventType.named(desk.guest().image(), word).stream())
            .forEach(type -> Stream.concat(Stream.of("cpu"), type.arguments().stream())
                .forEach(argument -> names.add(argument + "=")));
    }

    private void expression(final String word, final Set<String> names) {
        if (word.startsWith("$")) {
            registers(word, names);
            return;
        }
        // Without a letter there would be thousands, and the few words of the command would not be seen.
        if (!word.isEmpty()) {
            registers(word, names);
            desk.guest().image().symbols().all().stream()
                .filter(symbol -> symbol.kind() != ObjectSymbol.Kind.PROBE).map(ImageSymbol::name)
                .filter(name -> name.matches("[\\w.$@]+")).forEach(names::add);
        }
    }

    private static void registers(final String word, final Set<String> names) {
        Stream.concat(Registers.all(), SystemNames.all())
            .forEach(name -> names.add(word.startsWith("$") ? "$" + name : name));
    }

    /** Ends of rings: behind a process's name and a colon the addresses of its own. */
    private void rings(final TypedLine line, final CommandTable.Entry entry, final Set<String> names) {
        final String before = line.before();
        new Rings(desk).names().stream().filter(name -> name.startsWith(before))
            .forEach(name -> names.add(name.substring(before.length())));
        name(entry, line.word(), names);
    }

    private void processes(final Set<String> names) {
        try {
            final Bantam bantam = Bantam.of(desk.guest());
            bantam.state().spaces().forEach(space -> names.add(bantam.name(space)));
        } catch (final RefusedException none) {
            // Such a guest has no processes, or none yet.
            return;
        }
    }

    private void threads(final Set<String> names) {
        try {
            final Bantam bantam = Bantam.of(desk.guest());
            for (final ThreadView thread : bantam.state().threads()) {
                names.add(bantam.thread(thread.address()));
            }
        } catch (final RefusedException none) {
            // A guest without such names, or one that has none yet: there is nothing to offer.
            return;
        }
    }

    private static void files(final String word, final Set<String> names) {
        final int slash = word.lastIndexOf('/');
        final String folder = slash < 0 ? "" : word.substring(0, slash + 1);
        final List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder.isEmpty() ? "." : folder))) {
            for (final Path file : files) {
                final String name = file.getFileName().toString();
                if (!name.startsWith(".") && name.chars().noneMatch(letter -> letter <= ' ')
                        && found.size() < MOST_FILES) {
                    found.add(folder + name + (Files.isDirectory(file) ? "/" : ""));
                }
            }
        } catch (final IOException | InvalidPathException none) {
            // Nothing is offered of a folder that cannot be read.
            return;
        }
        names.addAll(found);
    }
}
