package ringside.emulator.foreign;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where {@code scripts/foreign-kernels} leaves what it fetches, and an initial RAM disk made of it. */
final class ForeignFiles {
    private static final int DIRECTORY = 0x41ED;
    private static final int PROGRAM = 0x81ED;
    private static final int TERMINAL = 0x2180;
    private static final int CONSOLE_MAJOR = 5;
    private static final int CONSOLE_MINOR = 1;
    private static final int ALIGNMENT = 4;

    private ForeignFiles() {
    }

    /** {@return a fetched file, or skips the test and says how to get it} */
    static Path require(final String name) {
        final Path file = cache().resolve("foreign").resolve(name);
        assumeTrue(Files.isRegularFile(file), "no " + file + ": scripts/foreign-kernels --fetch gets it");
        return file;
    }

    private static Path cache() {
        final String named = System.getenv("RINGSIDE_CACHE");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        final String shared = System.getenv("XDG_CACHE_HOME");
        return shared != null && !shared.isEmpty() ? Path.of(shared, "ringside")
                : Path.of(System.getenv("HOME"), ".cache", "ringside");
    }

    /** {@return an initial RAM disk ("newc", Linux's early-userspace document) with one program and a script to run} */
    static byte[] initialDisk(final byte[] busyBox, final String script) throws IOException {
        try (var out = new ByteArrayOutputStream()) {
            add(out, "bin", DIRECTORY, new byte[0], 0, 0);
            add(out, "dev", DIRECTORY, new byte[0], 0, 0);
            add(out, "dev/console", TERMINAL, new byte[0], CONSOLE_MAJOR, CONSOLE_MINOR);
            add(out, "bin/busybox", PROGRAM, busyBox, 0, 0);
            add(out, "init", PROGRAM, script.getBytes(StandardCharsets.US_ASCII), 0, 0);
            add(out, "TRAILER!!!", 0, new byte[0], 0, 0);
            return out.toByteArray();
        }
    }

    private static void add(final ByteArrayOutputStream out, final String name, final int mode,
            final byte[] content, final int major, final int minor) throws IOException {
        final int[] fields = {out.size(), mode, 0, 0, 1, 0, content.length, 0, 0, major, minor, name.length() + 1, 0};
        final StringBuilder header = new StringBuilder("070701");
        for (final int field : fields) {
            header.append("%08x".formatted(field));
        }
        out.write((header + name + '\0').getBytes(StandardCharsets.US_ASCII));
        align(out);
        out.write(content);
        align(out);
    }

    private static void align(final ByteArrayOutputStream out) {
        while (out.size() % ALIGNMENT != 0) {
            out.write(0);
        }
    }
}
