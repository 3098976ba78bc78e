package ringside.kernel.build;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How to boot an image of Bantam in QEMU so that it can referee: no devices but those that Bantam uses, and a clock
 * that counts instructions.
 */
public final class QemuCommand {
    /** The program's name. */
    public static final String PROGRAM = "qemu-system-x86_64";
    /** What QEMU exits with when Bantam is content: the debug exit of v is 2v+1. */
    public static final int EXIT_GOOD = 1;
    /** What QEMU exits with after a panic. */
    public static final int EXIT_PANIC = 3;

    private QemuCommand() {
    }

    /**
     * {@return the command line; the serial port is standard output}
     *
     * @param image a file
     */
    public static List<String> boot(final Path image) {
        return boot(image, List.of("-accel", "tcg", "-icount", "shift=0,sleep=off"));
    }

    /**
     * {@return the command line for several CPUs, each a thread of the host; the clock is the host's}
     *
     * @param image a file
     * @param cpus  how many
     */
    public static List<String> boot(final Path image, final int cpus) {
        // With a clock that counts instructions QEMU gives a turn to no other CPU than one that never waits.
        return boot(image, List.of("-accel", "tcg,thread=multi", "-smp", Integer.toString(cpus)));
    }

    private static List<String> boot(final Path image, final List<String> engine) {
        return Stream.of(
                        List.of(PROGRAM, "-M", "q35"),
                        engine,
                        List.of("-cpu", "max", "-m", "64", "-display", "none", "-nodefaults", "-serial", "stdio",
                                "-no-reboot", "-device", "isa-debug-exit,iobase=0xf4,iosize=4", "-kernel",
                                image.toString()))
                .flatMap(List::stream)
                .toList();
    }
}
