package ringside.kernel.build;

import java.nio.file.Path;
import java.util.List;

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
        return List.of(PROGRAM, "-M", "q35", "-accel", "tcg", "-cpu", "max", "-m", "64", "-display", "none",
                "-nodefaults", "-serial", "stdio", "-no-reboot", "-device", "isa-debug-exit,iobase=0xf4,iosize=4",
                "-icount", "shift=0,sleep=off", "-kernel", image.toString());
    }
}
