package ringside.console.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import ringside.toolchain.image.GuestImage;

/** The emulator's random guests, from its compiled tests. */
final class PlausibleGuests implements AutoCloseable {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..").normalize();

    private final URLClassLoader loader;
    private final Method make;
    private final Method image;

    private PlausibleGuests(final URLClassLoader loader) throws ReflectiveOperationException {
        this.loader = loader;
        make = loader.loadClass("ringside.emulator.testing.PlausibleGuest").getMethod("of", int.class, int.class);
        image = make.getReturnType().getMethod("image");
    }

    /** Opens them; a test is skipped where the emulator's tests are not compiled. */
    static PlausibleGuests open() throws ReflectiveOperationException, IOException {
        final Path classes = ROOT.resolve("emulator/target/test-classes");
        Assumptions.assumeTrue(Files.isDirectory(classes.resolve("ringside/emulator/testing")),
            "the emulator's compiled tests: not there");
        return new PlausibleGuests(new URLClassLoader(new URL[] {classes.toUri().toURL()},
            PlausibleGuests.class.getClassLoader()));
    }

    GuestImage image(final int seed, final int cpus) {
        try {
            return (GuestImage) image.invoke(make.invoke(null, seed, cpus));
        } catch (final ReflectiveOperationException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
