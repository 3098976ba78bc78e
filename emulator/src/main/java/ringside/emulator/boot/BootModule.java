package ringside.emulator.boot;

import java.util.Objects;

/**
 * A file that the boot loader leaves in RAM for the kernel.
 *
 * @param name       says which file in messages
 * @param content    its bytes; the machine keeps the array and only reads it
 * @param parameters the string that multiboot hands over with it; ASCII, shorter than a page
 */
public record BootModule(String name, byte[] content, String parameters) {
    private static final int LONGEST = 4096;

    /** Refuses a string that no protocol can hand over. */
    public BootModule {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
        if (parameters.length() >= LONGEST || !parameters.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a module's string is printable ASCII, shorter than " + LONGEST
                    + " bytes: module=" + name + " length=" + parameters.length());
        }
    }
}
