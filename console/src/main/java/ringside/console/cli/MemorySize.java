package ringside.console.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.emulator.machine.MachineConfig;
import ringside.toolchain.platform.PcLayout;

/** Reads an amount of RAM: bytes, or with K, M or G so many times 1024; within what a machine can have. */
final class MemorySize implements ITypeConverter<Long> {
    private static final int PAGE = 4096;
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})([KMG]?)");

    @Override
    public Long convert(final String text) {
        final Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no size such as 64M");
        }
        final int shift = switch (form.group(2)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        final long count = Long.parseLong(form.group(1));
        final long bytes = count << shift;
        if (bytes >> shift != count || bytes % PAGE != 0 || bytes < MachineConfig.LEAST_MEMORY
                || bytes > PcLayout.RAM_MAX_SIZE) {
            throw new TypeConversionException("'" + text + "' is not whole pages from 2M to 2G");
        }
        return bytes;
    }
}
