package ringside.console.repl.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import ringside.console.repl.guest.RefusedException;

/** All commands, in groups, by name. */
public final class CommandTable {
    private static final int WIDTH = 80;
    /** The one command that a terminal has besides. */
    private static final String SCREEN = "layout";
    private static final Map<String, List<Supplier<DeskCommand>>> GROUPS = new LinkedHashMap<>();
    private static final List<Entry> ENTRIES = new ArrayList<>();
    private static final Map<String, Entry> BY_NAME = new TreeMap<>();

    static {
        GROUPS.put("Forward", List.of(ContinueCommand::new, StepCommand::new, NextCommand::new, StepiCommand::new,
            NextiCommand::new, FinishCommand::new, UntilCommand::new, StopCommand::new,
            TypeCommand::new));
        GROUPS.put("Back, and to places", List.of(ReverseContinueCommand::new, ReverseStepCommand::new,
            ReverseNextCommand::new, ReverseStepiCommand::new, ReverseNextiCommand::new, ReverseFinishCommand::new,
            WhoWroteCommand::new, GotoCommand::new, PositionCommand::new, BookmarkCommand::new, CpuCommand::new));
        GROUPS.put("Where to stop", List.of(BreakCommand::new, TbreakCommand::new, WatchCommand::new,
            RwatchCommand::new, AwatchCommand::new, XwatchCommand::new, DeleteCommand::new, EnableCommand::new,
            DisableCommand::new, IgnoreCommand::new, CommandsCommand::new, EventsCommand::new));
        GROUPS.put("Looks and changes", List.of(PrintCommand::new, ExamineCommand::new, RegsCommand::new,
            SetCommand::new, DisassembleCommand::new, ListCommand::new, BacktraceCommand::new, DisplayCommand::new,
            UndisplayCommand::new, InfoCommand::new, FindCommand::new, PagewalkCommand::new, MapsCommand::new,
            IdtCommand::new, GdtCommand::new, TssCommand::new, ApicCommand::new,
            CacheCommand::new, TlbCommand::new));
        GROUPS.put("Bantam's objects", List.of(ThreadsCommand::new, ProcessesCommand::new, HandlesCommand::new,
            EndpointsCommand::new,
            QueuesCommand::new, LocksCommand::new, RingsCommand::new));
        GROUPS.put("Where the time went", List.of(TopCommand::new, AnnotateCommand::new, SwitchesCommand::new,
            CallsCommand::new, ExportCommand::new));
        GROUPS.put("Sessions and scripts", List.of(ExpectCommand::new, IncludeCommand::new, JavaCommand::new,
            LogCommand::new, SnapshotCommand::new, EchoCommand::new, HelpCommand::new, QuitCommand::new));
        GROUPS.forEach((group, commands) -> commands.forEach(maker -> add(group, maker)));
    }

    private CommandTable() {
    }

    /**
     * A command as it is described.
     *
     * @param name     in full
     * @param aliases  other names, short ones
     * @param header   what it does, in one sentence
     * @param synopsis how it is written
     * @param group    that it stands in
     * @param maker    makes one for a line
     */
    public record Entry(String name, List<String> aliases, String header, String synopsis, String group,
                        Supplier<DeskCommand> maker) {
        /** Copies the list. */
        public Entry {
            aliases = List.copyOf(aliases);
        }
    }

    private static void add(final String group, final Supplier<DeskCommand> maker) {
        final Command said = maker.get().getClass().getAnnotation(Command.class);
        final Entry entry = new Entry(said.name(), Arrays.asList(said.aliases()), said.header()[0],
            String.join("\n", said.customSynopsis()), group, maker);
        ENTRIES.add(entry);
        put(entry.name(), entry);
        entry.aliases().forEach(alias -> put(alias, entry));
    }

    private static void put(final String name, final Entry entry) {
        if (BY_NAME.put(name, entry) != null) {
            throw new IllegalStateException("two commands are called " + name);
        }
    }

    /** {@return all commands, group by group} */
    public static List<Entry> all() {
        return List.copyOf(ENTRIES);
    }

    /**
     * {@return the command that a word means: its name, another name of it, or how its name alone begins}
     *
     * @param word of a line
     * @throws RefusedException when it means none, or several
     */
    public static Entry named(final String word) {
        final Entry exact = BY_NAME.get(word);
        if (exact != null) {
            return exact;
        }
        final List<Entry> found = ENTRIES.stream().filter(entry -> entry.name().startsWith(word)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (SCREEN.equals(word)) {
            throw new RefusedException(SCREEN + " shows panels, and needs a terminal on which the cursor can be moved");
        }
        throw new RefusedException(found.isEmpty() || word.isEmpty()
            ? "no command '" + word + "': 'help' tells which there are"
            : "'" + word + "' may be " + String.join(", ", found.stream().map(Entry::name).toList()));
    }

    /**
     * Does what a line says.
     *
     * @param desk at which
     * @param line not blank
     * @return whether an empty line behind it does the same again, and whether what it said is an output
     */
    static Nature perform(final Desk desk, final String line) {
        final List<String> words = new ArrayList<>(Words.of(line));
        final String first = words.removeFirst();
        final int slash = first.indexOf('/');
        if (slash > 0) {
            words.addFirst(first.substring(slash));
        }
        final DeskCommand command = named(slash > 0 ? first.substring(0, slash) : first).maker().get();
        try {
            parser(command).parseArgs(words.toArray(String[]::new));
        } catch (final ParameterException wrong) {
            throw new RefusedException(wrong.getMessage().replaceAll("\\s+", " "));
        }
        command.at(desk).behind(line.substring(Math.min(line.length(), first.length())).strip()).run();
        return new Nature(command.repeats(), command.speaks());
    }

    /**
     * What is to be known of a command that was done.
     *
     * @param repeats whether an empty line does it again
     * @param speaks  whether what it said is an output to expect something of
     */
    record Nature(boolean repeats, boolean speaks) {
    }

    private static CommandLine parser(final DeskCommand command) {
        final CommandLine parser = new CommandLine(command);
        parser.setUnmatchedOptionsArePositionalParams(true).setExpandAtFiles(false);
        parser.getCommandSpec().parser().endOfOptionsDelimiter("\0");
        return parser;
    }

    /** {@return all commands with a sentence each, in groups} */
    public static String overview() {
        final StringBuilder text = new StringBuilder();
        GROUPS.keySet().forEach(group -> {
            text.append(text.isEmpty() ? "" : "\n").append(group).append(":\n");
            ENTRIES.stream().filter(entry -> entry.group().equals(group)).forEach(entry -> text.append(String.format(
                "  %-21s%s\n", entry.aliases().isEmpty() ? entry.name()
                    : entry.name() + ", " + entry.aliases().getFirst(), entry.header())));
        });
        return text + "\nhelp COMMAND tells more. The beginning of a name will do if it is clear.\n";
    }

    /**
     * {@return what is to be known of a command, with examples}
     *
     * @param name in full
     */
    public static String help(final String name) {
        final Entry entry = named(name);
        final CommandLine line = parser(entry.maker().get()).setUsageHelpWidth(WIDTH);
        return line.getUsageMessage(Ansi.OFF) + (entry.aliases().isEmpty() ? ""
            : "\nAlso: " + String.join(", ", entry.aliases()) + "\n");
    }
}
