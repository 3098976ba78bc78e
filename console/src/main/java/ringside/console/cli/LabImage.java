package ringside.console.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import ringside.fastpath.lab.Declaration;
import ringside.fastpath.lab.DeclarationReader;
import ringside.fastpath.lab.LabFiles;
import ringside.fastpath.lab.Laboratory;
import ringside.fastpath.lab.MachineSpec;
import ringside.fastpath.lab.Point;
import ringside.toolchain.image.GuestImage;

/** {@code ringside bench EXPERIMENT --image VARIANT}: an image as a file, and the machine that it needs. */
final class LabImage {
    private static final int MIB_SHIFT = 20;

    private final Terminal terminal;

    LabImage(final Terminal terminal) {
        this.terminal = terminal;
    }

    int call(final String experiment, final String variant, final Map<String, Long> at, final Path file,
            final OutputFile outputs) {
        final Declaration declaration = DeclarationReader.read(LabFiles.find(experiment));
        final Point point = Laboratory.points(declaration).stream().filter(one -> one.has(at)).findFirst()
            .orElseThrow(() -> new WrongUseException("--at: there is no such place"));
        final GuestImage image;
        try {
            image = Laboratory.image(declaration, variant, point);
        } catch (final IllegalArgumentException unknown) {
            throw new WrongUseException("--image: " + unknown.getMessage());
        }
        outputs.require("--output", file, Stream.empty(), there -> ImageFile.obstacle(there, image));
        ImageFile.write(image, file);
        terminal.out().println((variant + " " + point).strip() + ": ringside run " + file
            + options(declaration.machine().at(point)));
        return ExitStatus.FINE.code();
    }

    private static String options(final MachineSpec machine) {
        return " --memory " + (machine.memory() >> MIB_SHIFT) + "M --quantum " + machine.quantum()
            + (machine.cpus() > 1 ? " --smp " + machine.cpus() : "")
            + (machine.seed() != 0 ? " --seed " + machine.seed() : "")
            + (machine.vmFunctions() ? " --simulated-vmfunc" : "");
    }
}
