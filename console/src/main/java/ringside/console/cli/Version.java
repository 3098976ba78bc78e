package ringside.console.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which Ringside this is, as the build recorded it in the module. */
final class Version implements IVersionProvider {
    private static final String HERE = "ringside/console/cli/Version.class";

    /** {@return the module's version, e.g. {@code 0.1.0}} */
    static String current() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor()).or(Version::beside)
            .flatMap(ModuleDescriptor::rawVersion).orElse("unversioned");
    }

    /** {@return what the module says of itself, on the class path, where it is none} */
    private static Optional<ModuleDescriptor> beside() {
        final String place = Version.class.getResource("Version.class").toString();
        if (!place.endsWith(HERE)) {
            return Optional.empty();
        }
        final URI module = URI.create(place.substring(0, place.length() - HERE.length()) + "module-info.class");
        try (InputStream in = module.toURL().openStream()) {
            return Optional.of(ModuleDescriptor.read(in));
        } catch (final IOException unreadable) {
            throw new UncheckedIOException("no module beside " + place, unreadable);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"ringside " + current()};
    }
}
