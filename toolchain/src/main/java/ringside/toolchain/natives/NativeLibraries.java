package ringside.toolchain.natives;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The one directory that holds the native libraries of this run.
 *
 * <p>It is {@code RINGSIDE_NATIVES} where that is set: named by hand, used as is, its hashes reported and not
 * enforced. Otherwise it is {@code ${RINGSIDE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ringside}/natives}, and a
 * library from there is opened only while its SHA-256 is the pinned one.
 */
public final class NativeLibraries {
    /** Names a directory with libraries by hand. */
    public static final String DIRECTORY_VARIABLE = "RINGSIDE_NATIVES";
    /** Names the cache that the launcher fills. */
    public static final String CACHE_VARIABLE = "RINGSIDE_CACHE";

    private static final int BUFFER_BYTES = 1 << 18;
    private static final byte[] ELF_MAGIC = {0x7f, 'E', 'L', 'F'};

    private final Path directory;
    private final boolean pinned;
    /** What was read already: a library is 25 MB, and two may want to know. */
    private final Map<NativeLibrary, String> hashes = new EnumMap<>(NativeLibrary.class);

    private NativeLibraries(final Path directory, final boolean pinned) {
        this.directory = directory;
        this.pinned = pinned;
    }

    /** {@return the natives directory that this process's environment names; it need not exist yet} */
    public static NativeLibraries locate() {
        return locate(System.getenv());
    }

    static NativeLibraries locate(final Map<String, String> environment) {
        final String byHand = environment.getOrDefault(DIRECTORY_VARIABLE, "");
        if (!byHand.isEmpty()) {
            return new NativeLibraries(Path.of(byHand).toAbsolutePath().normalize(), false);
        }
        return new NativeLibraries(cache(environment).resolve("natives").toAbsolutePath().normalize(), true);
    }

    /** {@return the directory that this process's environment names for what can be made again; it need not exist} */
    public static Path cache() {
        return cache(System.getenv()).toAbsolutePath().normalize();
    }

    private static Path cache(final Map<String, String> environment) {
        final String cache = environment.getOrDefault(CACHE_VARIABLE, "");
        if (!cache.isEmpty()) {
            return Path.of(cache);
        }
        final String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!xdg.isEmpty()) {
            return Path.of(xdg, "ringside");
        }
        return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache", "ringside");
    }

    /** {@return where the libraries are looked for} */
    public Path directory() {
        return directory;
    }

    /**
     * {@return the file of a library}
     *
     * @param library which
     * @throws NativeLibraryException when there is no such file
     */
    public Path path(final NativeLibrary library) {
        final Path file = directory.resolve(library.pin().fileName());
        if (!Files.isRegularFile(file)) {
            throw new NativeLibraryException(missing(library, file), null);
        }
        return file;
    }

    private String missing(final NativeLibrary library, final Path file) {
        final NativePin pin = library.pin();
        final String why = pinned ? "the cache that the launcher fills" : "the directory that "
                + DIRECTORY_VARIABLE + " names";
        return "no " + library.lockName() + " library: looked for " + file + " (" + why + "). Run scripts/ringside, "
                + "which fetches it with pip; or take " + pin.pathInWheel() + " out of the wheel of "
                + pin.requirement() + " and put it there; or let " + DIRECTORY_VARIABLE
                + " name a directory that holds " + pin.fileName();
    }

    /**
     * Loads a library, after its hash was checked where this directory is not named by hand.
     *
     * @param library which
     * @param arena   the library stays loaded while this lives
     * @return its symbols
     * @throws NativeLibraryException when it is missing, not the pinned build, or does not load
     */
    public SymbolLookup open(final NativeLibrary library, final Arena arena) {
        final Path file = path(library);
        if (pinned) {
            requirePinned(library, file);
        }
        requireElf(library, file);
        try {
            return SymbolLookup.libraryLookup(file, arena);
        } catch (final IllegalArgumentException e) {
            throw unloadable(library, file, e);
        }
    }

    /** The loader's own verdict on other files comes with warnings on standard error. */
    private static void requireElf(final NativeLibrary library, final Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(ELF_MAGIC.length), ELF_MAGIC)) {
                throw unloadable(library, file, null);
            }
        } catch (final IOException e) {
            throw unloadable(library, file, e);
        }
    }

    private static NativeLibraryException unloadable(final NativeLibrary library, final Path file,
            final Exception cause) {
        return new NativeLibraryException("cannot load " + file + ", the " + library.lockName()
                + " library: it is not a shared library for this machine", cause);
    }

    private void requirePinned(final NativeLibrary library, final Path file) {
        final String expected = library.pin().librarySha256();
        final String found = sha256(library);
        if (!found.equals(expected)) {
            throw new NativeLibraryException(file + " is not the pinned build of " + library.pin().requirement()
                    + ": sha256=" + found + " expected=" + expected + ". Delete it and run scripts/ringside, or let "
                    + DIRECTORY_VARIABLE + " name a directory whose libraries you vouch for", null);
        }
    }

    /**
     * {@return the SHA-256 of the library's file, 64 lower-case hex digits}
     *
     * @param library which
     * @throws NativeLibraryException when it is missing or cannot be read
     */
    public synchronized String sha256(final NativeLibrary library) {
        return hashes.computeIfAbsent(library, this::hash);
    }

    private String hash(final NativeLibrary library) {
        final Path file = path(library);
        try (InputStream in = Files.newInputStream(file)) {
            final MessageDigest digest = MessageDigest.getInstance("SHA-256");
            final byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (final IOException e) {
            throw new NativeLibraryException("cannot read " + file + ": " + e, e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
