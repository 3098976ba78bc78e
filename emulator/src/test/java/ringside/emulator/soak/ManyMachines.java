package ringside.emulator.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import ringside.emulator.event.EventKind;
import ringside.emulator.event.MachineObserver;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.toolchain.image.GuestImage;

/**
 * Opens, runs, observes and closes machines one after the other, and prints what memory the process has when the first
 * fifth is done and at the end: two numbers, bytes. Its own program, so that nothing else is in the figure.
 */
public final class ManyMachines {
    private static final long STEPS = 5_000;
    private static final int CPUS = 4;

    private ManyMachines() {
    }

    /** Takes the image's file and the number of machines. */
    public static void main(final String[] arguments) throws IOException {
        final GuestImage image = GuestImage.read(Path.of(arguments[0]));
        final int count = Integer.parseInt(arguments[1]);
        for (int i = 0; i < count; i++) {
            if (i == count / 5) {
                System.out.println(residentBytes());
            }
            final MachineConfig config = MachineConfig.standard().withVcpus(1 + i % CPUS);
            try (Machine machine = Machine.boot(config, image)) {
                machine.addObserver(new MachineObserver() {
                    @Override
                    public Set<EventKind> interests() {
                        return EnumSet.allOf(EventKind.class);
                    }
                });
                machine.run(Budget.steps(STEPS));
            }
        }
        System.out.println(residentBytes());
    }

    private static long residentBytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }
}
