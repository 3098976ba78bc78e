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
 * @param plain   whether its units were written for no name: with sections {@code .text}, {@code .rodata} and
 *                {@code .bss}, and labels that other programs may have too; they get its name in the image
 */
public record UserProgram(String name, List<String> sources, List<ObjectCode> objects, boolean plain) {
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
        return new UserProgram(name, KernelSources.program(name), List.of(), false);
    }

    /**
     * A program that Java emitted; {@link ringside.kernel.user.UserCode#program()} makes one.
     *
     * @param name    the program's
     * @param objects its units
     * @return the program
     */
    public static UserProgram generated(final String name, final List<ObjectCode> objects) {
        return new UserProgram(name, List.of(), objects, false);
    }

    /**
     * A program of one assembly file that does not know its name; its entry is the label {@code main}.
     *
     * @param name   the program's
     * @param source the file's path, as the builder's sources have it
     * @return the program
     */
    public static UserProgram plain(final String name, final String source) {
        return new UserProgram(name, List.of(source), List.of(), true);
    }
}
