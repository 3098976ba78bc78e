package ringside.console.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import ringside.emulator.state.WholeFile;
import ringside.toolchain.natives.NativeLibraries;
import ringside.toolchain.natives.NativeLibraryException;

/**
 * SQLite itself, which is in its driver's jar. Left alone the driver unpacks it to the host's temporary files each
 * time, and a process that is killed leaves it there; so it lies in the cache, once for each version, and is loaded
 * from there while its bytes are the jar's.
 */
final class SqliteLibrary {
    private static final String PATH = "org.sqlite.lib.path";
    private static final String TEMPORARY = "org.sqlite.tmpdir";

    private SqliteLibrary() {
    }

    /** Sees that the driver finds its library. */
    static synchronized void need() {
        if (System.getProperty(PATH) != null) {
            return;
        }
        final Path directory = NativeLibraries.cache().resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
        final byte[] wanted = wanted();
        try {
            Files.createDirectories(directory);
            final Path file = directory.resolve(LibraryLoaderUtil.getNativeLibName());
            if (!Files.isRegularFile(file) || Files.size(file) != wanted.length
                    || !Arrays.equals(Files.readAllBytes(file), wanted)) {
                WholeFile.write(file, out -> out.write(wanted));
            }
        } catch (final IOException failure) {
            throw new NativeLibraryException("cannot keep SQLite's library in " + directory + ": " + failure, failure);
        }
        System.setProperty(TEMPORARY, directory.toString());
        System.setProperty(PATH, directory.toString());
    }

    private static byte[] wanted() {
        final String name = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
        try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new NativeLibraryException("SQLite's driver has no library for this machine: " + name, null);
            }
            return in.readAllBytes();
        } catch (final IOException failure) {
            throw new UncheckedIOException("SQLite's driver cannot be read", failure);
        }
    }
}
