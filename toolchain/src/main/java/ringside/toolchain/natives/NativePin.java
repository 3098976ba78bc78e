package ringside.toolchain.natives;

import java.util.regex.Pattern;

/**
 * One line of {@code natives.lock}: the exact upstream build of a library.
 *
 * @param requirement   as pip takes it, e.g. {@code capstone==5.0.9}
 * @param wheelSha256   of the wheel, 64 lower-case hex digits
 * @param pathInWheel   where the library lies in the wheel, forward slashes
 * @param librarySha256 of the library itself, 64 lower-case hex digits
 */
public record NativePin(String requirement, String wheelSha256, String pathInWheel, String librarySha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Refuses a hash that is not one. */
    public NativePin {
        requireSha256("wheelSha256", wheelSha256);
        requireSha256("librarySha256", librarySha256);
    }

    /** {@return the name the library has in a natives directory} */
    public String fileName() {
        return pathInWheel.substring(pathInWheel.lastIndexOf('/') + 1);
    }

    private static void requireSha256(final String name, final String value) {
        if (!SHA256.matcher(value).matches()) {
            throw new IllegalArgumentException("a SHA-256 has 64 lower-case hex digits: " + name + "=" + value);
        }
    }
}
