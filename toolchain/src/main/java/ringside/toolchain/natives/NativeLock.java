package ringside.toolchain.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** Reads {@code natives.lock}, the one place that pins the native libraries; every library has one line. */
final class NativeLock {
    private static final String RESOURCE = "natives.lock";
    private static final int FIELDS = 5;
    private static final Map<NativeLibrary, NativePin> PINS = parse(load());

    private NativeLock() {
    }

    static Map<NativeLibrary, NativePin> pins() {
        return PINS;
    }

    /** Parses the text of a lock; comments start with {@code #}. */
    static Map<NativeLibrary, NativePin> parse(final String text) {
        final Map<NativeLibrary, NativePin> pins = new EnumMap<>(NativeLibrary.class);
        for (final String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            final String[] field = line.split("\\s+");
            if (field.length != FIELDS) {
                throw new IllegalStateException(RESOURCE + ": a line has five fields: " + line);
            }
            pins.put(byLockName(field[0]), new NativePin(field[1], field[2], field[3], field[4]));
        }
        if (pins.size() != NativeLibrary.values().length) {
            throw new IllegalStateException(RESOURCE + ": a library is missing, found only " + pins.keySet());
        }
        return pins;
    }

    private static NativeLibrary byLockName(final String name) {
        for (final NativeLibrary library : NativeLibrary.values()) {
            if (library.lockName().equals(name)) {
                return library;
            }
        }
        throw new IllegalStateException(RESOURCE + ": no such library: name=" + name);
    }

    private static String load() {
        try (InputStream in = NativeLock.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the toolchain's resources");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
