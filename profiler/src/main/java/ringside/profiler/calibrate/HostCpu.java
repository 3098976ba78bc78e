package ringside.profiler.calibrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host's CPU, as its kernel describes it.
 *
 * @param system       operating system and architecture, as Java names them
 * @param model        its name with family and model
 * @param family       0 where unknown
 * @param number       of the model, 0 where unknown
 * @param ticksPerMicrosecond of the time stamp counter, by the kernel's calibration
 * @param flags        what it can do
 */
public record HostCpu(String system, String model, int family, int number, double ticksPerMicrosecond,
        Set<String> flags) {
    private static final String SUPPORTED = "Linux amd64";
    private static final List<String> NEEDED = List.of("constant_tsc", "nonstop_tsc", "rdtscp", "sse4_2", "popcnt");
    private static final double USUAL_TICKS = 3000;

    /** Copies the set. */
    public HostCpu {
        flags = Set.copyOf(flags);
    }

    /** {@return this host's} */
    public static HostCpu ofHost() {
        final String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        try {
            return parse(system, Files.readString(Path.of("/proc/cpuinfo")));
        } catch (final IOException e) {
            return parse(system, "");
        }
    }

    /**
     * {@return the CPU that a text describes}
     *
     * @param system  operating system and architecture
     * @param cpuinfo the text of {@code /proc/cpuinfo}
     */
    public static HostCpu parse(final String system, final String cpuinfo) {
        final int family = number(cpuinfo, "cpu family");
        final int model = number(cpuinfo, "model");
        final double ticks = field(cpuinfo, "bogomips").filter(text -> text.matches("\\d{1,6}\\.\\d{1,4}"))
                .map(text -> Double.parseDouble(text) / 2).orElse(USUAL_TICKS);
        return new HostCpu(system, field(cpuinfo, "model name").orElse("unknown CPU") + " (family " + family
                + " model " + model + ")", family, model, ticks,
                new HashSet<>(Arrays.asList(field(cpuinfo, "flags").orElse("").split(" +"))));
    }

    private static int number(final String cpuinfo, final String name) {
        return field(cpuinfo, name).filter(text -> text.matches("\\d{1,9}")).map(Integer::parseInt).orElse(0);
    }

    private static Optional<String> field(final String cpuinfo, final String name) {
        final Matcher line = Pattern.compile("(?m)^" + name + "\\s*: (.*)$").matcher(cpuinfo);
        return line.find() ? Optional.of(line.group(1).strip()) : Optional.empty();
    }

    /** {@return why nothing can be measured here, or nothing where it can} */
    public Optional<String> refusal() {
        if (!system.equals(SUPPORTED)) {
            return Optional.of("snippets are timed on x86-64 Linux only: host=" + system);
        }
        final List<String> missing = new ArrayList<>(NEEDED);
        missing.removeAll(flags);
        return missing.isEmpty() ? Optional.empty() : Optional.of("this CPU has no time stamp counter to rely on, or "
                + "lacks what snippets use: missing=" + String.join(",", missing));
    }
}
