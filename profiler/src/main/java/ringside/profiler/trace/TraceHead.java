package ringside.profiler.trace;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Who recorded what, and how.
 *
 * @param build     of Ringside that recorded it, for people
 * @param behaviour number of what machines do: two builds with the same one run a guest alike
 * @param image     the image's file as the user named it; empty for one that Ringside builds
 * @param sha256    of the image, 64 hex digits
 * @param make      what the machine is made of, one line
 * @param model     id of the model of time
 * @param seed      by which vCPUs are shuffled
 * @param cpus      how many vCPUs, at least 1
 * @param interval  steps from checkpoint to checkpoint, about
 * @param events    whether the event stream was recorded
 * @param arguments options of the command line by which the machine is made again
 * @param registers names of the registers that a checkpoint holds of each vCPU
 */
public record TraceHead(
        String build, int behaviour, String image, String sha256, String make, String model, long seed, int cpus,
        long interval, boolean events, List<String> arguments, List<String> registers) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern REGISTER = Pattern.compile("[A-Z0-9_]{1,16}");

    /** Refuses what no recording has. */
    public TraceHead {
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(make, "make");
        Objects.requireNonNull(model, "model");
        arguments = List.copyOf(arguments);
        registers = List.copyOf(registers);
        requireText("a build", build);
        requireText("an image", image);
        requireText("a make", make);
        requireText("a model", model);
        arguments.forEach(argument -> requireText("an option", argument));
        if (arguments.size() > TraceLimits.ARGUMENTS) {
            throw new IllegalArgumentException("at most " + TraceLimits.ARGUMENTS + " options and values: "
                    + arguments.size());
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("an image is named by its SHA-256: sha256=" + sha256);
        }
        if (cpus < 1 || cpus > TraceLimits.CPUS) {
            throw new IllegalArgumentException("1 to " + TraceLimits.CPUS + " vCPUs: cpus=" + cpus);
        }
        if (interval < 1) {
            throw new IllegalArgumentException("checkpoints are at least a step apart: interval=" + interval);
        }
        if (registers.isEmpty() || registers.size() > TraceLimits.REGISTERS
                || !registers.stream().allMatch(name -> REGISTER.matcher(name).matches())) {
            throw new IllegalArgumentException("1 to " + TraceLimits.REGISTERS + " registers with names: registers="
                    + registers.size());
        }
    }

    private static void requireText(final String what, final String text) {
        if (!TraceCursor.isLine(text) || text.getBytes(StandardCharsets.UTF_8).length > TraceLimits.TEXT) {
            throw new IllegalArgumentException(what + " is one line of at most " + TraceLimits.TEXT + " bytes");
        }
    }
}
