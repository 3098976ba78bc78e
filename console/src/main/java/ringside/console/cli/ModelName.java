package ringside.console.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ringside.profiler.model.Microarchitecture;
import ringside.profiler.model.ModelException;

/** A processor's model as an option's value: the name of one that is shipped, or a file like theirs. */
final class ModelName implements ITypeConverter<Microarchitecture> {
    @Override
    public Microarchitecture convert(final String value) {
        try {
            return Microarchitecture.SHIPPED.contains(value)
                ? Microarchitecture.named(value) : Microarchitecture.load(Path.of(value));
        } catch (final ModelException refused) {
            throw new TypeConversionException(refused.getMessage());
        }
    }
}
