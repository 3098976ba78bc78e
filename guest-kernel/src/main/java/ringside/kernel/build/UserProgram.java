package ringside.kernel.build;

import java.util.List;
import java.util.Objects;
import ringside.toolchain.image.ObjectCode;

/**
 * A user program: code that one or more processes have in their memory.
 *
 * @param name    lower case; the program is all that is in the sections {@code .text.NAME}, {@code .rodata.NAME} and
 *                {@code .bss.NAME}
 * @param sources paths of assembly units, as {@link KernelSources} has them
 * @param objects units that were generated
 */
public record UserProgram(String name, List<String> sources, List<ObjectCode> objects) {
    /** Copies the lists. */
    public UserProgram {
        Objects.requireNonNull(name, "name");
        sources = List.copyOf(sources);
        objects = List.copyOf(objects);
    }

    /**
     * A program of assembly that {@link KernelSources} has: {@code user/NAME.asm}.
     *
     * @param name the program's
     * @return the program
     */
    public static UserProgram assembled(final String name) {
        return new UserProgram(name, KernelSources.program(name), List.of());
    }

    /**
     * A program that Java emitted; {@link ringside.kernel.user.UserCode#program()} makes one.
     *
     * @param name    the program's
     * @param objects its units
     * @return the program
     */
    public static UserProgram generated(final String name, final List<ObjectCode> objects) {
        return new UserProgram(name, List.of(), objects);
    }
}
