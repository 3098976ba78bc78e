package ringside.console.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.toolchain.image.BootProtocol;

/** Reads the name of a boot protocol. */
final class ProtocolName implements ITypeConverter<BootProtocol> {
    @Override
    public BootProtocol convert(final String text) {
        return Arrays.stream(BootProtocol.values()).filter(protocol -> protocol.label().equals(text)).findFirst()
            .orElseThrow(() -> new TypeConversionException("'" + text + "' is none of "
                + Arrays.stream(BootProtocol.values()).map(BootProtocol::label).collect(Collectors.joining(", "))));
    }
}
