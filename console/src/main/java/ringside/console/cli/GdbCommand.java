package ringside.console.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import ringside.console.gdb.GdbServer;
import ringside.console.gdb.Monitor;
import ringside.console.repl.Session;
import ringside.emulator.travel.Condition;
import ringside.emulator.travel.Stop;
import ringside.emulator.travel.Timeline;
import ringside.toolchain.image.GuestImage;

/** {@code ringside gdb}: a machine that gdb debugs, forward and back. */
@Command(
    name = "gdb",
    header = "Let gdb debug a kernel, forward and back.",
    description = {"",
        "The machine stands before its first instruction and waits for gdb on the loopback interface, one client at a "
            + "time; who detaches and comes back finds it where he left it. Each CPU is a thread. Breakpoints are held "
            + "outside of the guest's memory, so they can be set before there is paging or a page.", "",
        "All of the run is kept: reverse-stepi, reverse-continue and the others work from anywhere. Who writes a "
            + "register or memory changes the history: what had happened behind that place has not then.", "",
        "What the guest sends to COM1 is the command's output, when gdb has passed it. In gdb, 'monitor help' lists "
            + "what it has no commands of its own for."},
    parameterListHeading = "%n",
    optionListHeading = "%n",
    footer = {"", "Examples:",
        "  ringside gdb --port 1234 --write-image bantam.elf",
        "  gdb bantam.elf -ex 'target remote :1234' -ex 'break timer_tick'",
        "  ringside gdb kernel.elf --port 0 --once --smp 2 --append quiet"},
    mixinStandardHelpOptions = true)
final class GdbCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;

    @ParentCommand
    private RingsideCommand ringside;

    @Mixin
    private GuestOptions guest;

    @Option(names = "--port", paramLabel = "N", defaultValue = "1234",
        description = "Where to listen on 127.0.0.1, 0 for any that is free; otherwise ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--once", description = "End when the first client is gone.")
    private boolean once;

    @Option(names = "--write-image", paramLabel = "FILE",
        description = "Write the image to FILE, for gdb's symbols and source lines.")
    private Optional<Path> written = Optional.empty();

    @Mixin
    private OutputFile outputs;

    @Override
    public Integer call() {
        if (port < 0 || port > MOST_PORT) {
            throw new WrongUseException("--port=" + port + ": ports go from 0 to " + MOST_PORT);
        }
        final PrintStream out = ringside.terminal().out();
        final GuestImage image = guest.image();
        written.ifPresent(file -> {
            outputs.require("--write-image", file, guest.inputs(), there -> ImageFile.obstacle(there, image));
            ImageFile.write(image, file);
        });
        try (Timeline timeline = Timeline.boot(guest.config(), image);
                Session session = Session.over(timeline, guest.sources());
                GdbServer server = open(timeline, session, said -> {
                    out.writeBytes(said);
                    out.flush();
                })) {
            ringside.terminal().err().println("ringside: gdb: target remote 127.0.0.1:" + server.port());
            ringside.terminal().err().flush();
            server.serve(once);
        }
        return ExitStatus.FINE.code();
    }

    private GdbServer open(final Timeline timeline, final Session session, final Consumer<byte[]> console) {
        session.refuseFiles();
        try {
            return GdbServer.open(port, timeline, new Console(session), console);
        } catch (final IOException refused) {
            throw new WrongUseException("--port=" + port + ": " + refused.getMessage());
        }
    }

    /** What gdb's monitor hands on. */
    private record Console(Session session) implements Monitor {
        @Override
        public String run(final String line) {
            return session.execute(line).whole();
        }

        @Override
        public void interrupt() {
            session.interrupt();
        }

        @Override
        public List<Condition> conditions() {
            return session.desk().runner().conditions();
        }

        @Override
        public Optional<Met> met(final Stop stop, final boolean forward) {
            return session.desk().runner().met(stop, forward)
                .map(halt -> new Met(session.desk().guest().cpu(), halt.text()));
        }
    }
}
