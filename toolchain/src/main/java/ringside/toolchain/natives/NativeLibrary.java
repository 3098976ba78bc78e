package ringside.toolchain.natives;

import java.util.Locale;

/**
 * A native library that Ringside drives, pinned to one upstream build.
 *
 * <p>The pins stand in {@code natives.lock} next to this class; the launcher's script reads the same file.
 */
public enum NativeLibrary {
    /** The CPU engine. */
    UNICORN,
    /** The instruction encoder. */
    KEYSTONE,
    /** The disassembler. */
    CAPSTONE;

    /** {@return what is pinned for this library} */
    public NativePin pin() {
        return NativeLock.pins().get(this);
    }

    /** {@return the name in {@code natives.lock}} */
    public String lockName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
