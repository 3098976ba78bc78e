package ringside.console.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import ringside.emulator.device.virtio.DiskImage;
import ringside.emulator.device.virtio.DiskSource;
import ringside.emulator.machine.MachineConfig;
import ringside.fastpath.experiment.Variant;
import ringside.profiler.trace.Trace;
import ringside.profiler.trace.TraceException;

/** The part of a command line that says which guest, and in what machine: taken out of one, and read again later. */
@Command(name = "guest")
final class GuestLine {
    private static final Pattern PROGRAM_IN_JAVA = Pattern.compile("--program=.*\\.java");

    @Mixin
    private GuestOptions guest;

    private static CommandLine parser(final GuestLine line) {
        return new CommandLine(line).registerConverter(Variant.class, Bantam::variant).setExpandAtFiles(false);
    }

    /**
     * {@return the options of a command line that say so, each as one word}
     *
     * @param parsed the command line
     */
    static List<String> of(final ParseResult parsed) {
        final Map<String, OptionSpec> known = parser(new GuestLine()).getCommandSpec().optionsMap();
        final Set<OptionSpec> matched = new LinkedHashSet<>(parsed.matchedOptions());
        final List<String> words = new ArrayList<>();
        for (final OptionSpec option : matched) {
            if (known.containsKey(option.longestName())) {
                if (option.arity().max() == 0) {
                    words.add(option.longestName());
                } else {
                    option.originalStringValues().forEach(value -> words.add(option.longestName() + "=" + value));
                }
            }
        }
        return words;
    }

    /**
     * {@return the options that a trace was recorded with}
     *
     * @param trace   from anywhere: nothing that it says is run or written to
     * @param image   the image's file, or the empty text for the one that Ringside builds
     * @param trusted whether its programs in Java may run
     * @throws TraceException when they are no such options
     */
    static GuestOptions of(final Trace trace, final String image, final boolean trusted) {
        final String file = trace.file().toString();
        final List<String> words = new ArrayList<>(trace.head().arguments());
        final Map<String, OptionSpec> known = parser(new GuestLine()).getCommandSpec().optionsMap();
        for (final String word : words) {
            final int equals = word.indexOf('=');
            final String name = equals < 0 ? word : word.substring(0, equals);
            if (!name.startsWith("--") || !known.containsKey(name)
                    || equals < 0 != (known.get(name).arity().max() == 0)) {
                throw new TraceException(file, "options", "this is no option of a guest: '" + word + "'");
            }
            if (PROGRAM_IN_JAVA.matcher(word).matches() && !trusted) {
                throw new TraceException(file, "options",
                    "'" + word + "' is Java that would run here; --trust lets it");
            }
        }
        if (!image.isEmpty()) {
            words.add("--");
            words.add(image);
        }
        final GuestLine line = new GuestLine();
        try {
            parser(line).parseArgs(words.toArray(String[]::new));
        } catch (final ParameterException refused) {
            throw new TraceException(file, "options", Failures.oneLine(refused.getMessage()));
        }
        return line.guest;
    }

    /**
     * Refuses a disk whose file the guest would write: the run could not be had again, and its file would be lost.
     *
     * @param config what a machine is made of
     * @return the same
     */
    static MachineConfig requireKept(final MachineConfig config) {
        for (final DiskSource disk : config.disks()) {
            if (disk instanceof DiskImage image && image.mode() == DiskImage.Mode.WRITE_THROUGH) {
                throw new WrongUseException("--disk=" + image.path() + ": a run that is to come again cannot write to "
                    + "the disk's file: add :overlay or :read-only");
            }
        }
        return config;
    }
}
