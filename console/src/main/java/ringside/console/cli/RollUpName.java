package ringside.console.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.console.report.RollUp;

/** What {@code --by} takes. */
final class RollUpName implements ITypeConverter<RollUp> {
    @Override
    public RollUp convert(final String text) {
        return Arrays.stream(RollUp.values()).filter(by -> by.toString().equals(text)).findFirst()
            .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                + Arrays.stream(RollUp.values()).map(RollUp::toString).collect(Collectors.joining(", "))));
    }
}
