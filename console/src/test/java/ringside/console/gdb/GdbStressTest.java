package ringside.console.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.console.repl.Session;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.travel.Timeline;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.KernelSources;
import ringside.kernel.build.TaskPlan;
import ringside.toolchain.image.GuestImage;

/**
 * Whatever legal things a client does in whatever order, each has its reply, and ^C ends each run: on four CPUs, with
 * the console behind the monitor.
 */
@Tag("fuzz")
class GdbStressTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int FACTOR = Integer.getInteger("ringside.fuzz.factor", 1);
    private static final int MOVES = 120;
    private static final int CPUS = 4;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final List<String> PLACES = List.of("syscall_entry", "boot_pvh_entry", "timer_tick", "cpu_block",
            "scheduler_pick", "idt_start", "trap_entry", "syscall_slow");
    private static final List<String> MONITOR = List.of("goto 0", "goto 600000", "goto 90000", "position", "cycles",
            "continue", "reverse-continue", "stepi", "reverse-stepi 3", "step", "next", "finish", "continue 200000",
            "break syscall_entry", "break 0xffffffff80110540 in 0x123", "breaks", "delete", "cpu 2",
            "cpu 0", "watch cpu_block", "who-wrote cpu_block", "top 1000", "threads", "regs", "backtrace", "p 1/0",
            "snapshot load nothing", "include /etc/passwd", "expect rax == 1", "goto 5:9", "x/4xg rsp",
            "break event syscall", "events", "bookmark here", "goto here", "quit 3", "info break", "calls 10000",
            "break timer_tick if u64[cpu_block] == 1");
    private static final List<String> ALL = Stream.concat(MONITOR.stream(),
            Stream.of("set rax = 0x77", "set u64[rsp] = 0", "type hello")).toList();
    private static final List<String> RUNS = List.of("c", "bc", "vCont;c", "vCont;s:2;c:-1", "vCont;s:1", "s", "bs",
            "vCont;c:1;s:3", "vCont;rffffffff80110000,ffffffff80110fff:1", "C05", "vCont;C05:1;c");

    private static GuestImage bantam;

    private static synchronized GuestImage image() {
        if (bantam == null) {
            try (BantamImages images = BantamImages.open()) {
                bantam = images.build(Variant.FAST_ASM, true, TaskPlan.STANDARD);
            }
        }
        return bantam;
    }

    private static IntStream seeds() {
        return IntStream.range(FIRST, FIRST + FACTOR);
    }

    private static long address(final String name) {
        return image().symbols().byName(name).map(symbol -> symbol.address()).orElse(0x10_0000L);
    }

    /** One client after the other, and what they did. */
    private static final class Client {
        private final Random random;
        private final boolean sets;
        private final GdbStand stand;
        private final List<String> moves = new ArrayList<>();
        private GdbPeer peer;

        Client(final Random random, final boolean sets, final GdbStand stand) {
            this.random = random;
            this.sets = sets;
            this.stand = stand;
            connect();
        }

        private void connect() {
            peer = stand.connect();
            peer.patience(PATIENCE_MILLIS);
            ask("qSupported:swbreak+;hwbreak+");
            assertTrue(ask("?").startsWith("T05thread:"), moves::toString);
        }

        private String ask(final String packet) {
            moves.add(packet);
            return answered(peer.ask(packet));
        }

        private String answered(final String reply) {
            if (reply.equals("gone")) {
                throw new AssertionError("no reply: " + moves);
            }
            return reply;
        }

        private String one(final List<String> of) {
            return of.get(random.nextInt(of.size()));
        }

        private String place() {
            return Long.toHexString(address(one(PLACES)) + (random.nextInt(3) == 0 ? random.nextInt(8) : 0));
        }

        private void move() {
            // A register or memory that is set soon leads a kernel astray: half of the machines are left alone.
            switch (sets && random.nextInt(4) == 0 ? random.nextInt(3) : 3 + random.nextInt(14)) {
                case 0 -> ask("P10=" + Hex.of(Hex.little(address(one(PLACES)), Long.BYTES)));
                case 1 -> ask("P" + Integer.toHexString(random.nextInt(17)) + "="
                        + Hex.of(Hex.little(random.nextLong(), Long.BYTES)));
                case 2 -> ask("M" + place() + ",8:" + Hex.of(Hex.little(random.nextLong(), Long.BYTES)));
                case 3, 4 -> ask((random.nextBoolean() ? "Z" : "z") + random.nextInt(2) + "," + place() + ",1");
                case 5 -> ask((random.nextBoolean() ? "Z" : "z") + (2 + random.nextInt(3)) + "," + place() + ",8");
                case 6 -> ask("H" + one(List.of("g", "c")) + (1 + random.nextInt(CPUS)));
                case 7 -> ask("m" + place() + ",10");
                case 8 -> ask("g");
                case 9 -> leave();
                case 10, 11, 12 -> run(one(RUNS));
                default -> run("qRcmd," + Hex.of(one(sets ? ALL : MONITOR)));
            }
        }

        /** Sends what may take for ever, ^C behind it. */
        private void run(final String packet) {
            moves.add(packet.startsWith("qRcmd") ? "monitor " + new String(Hex.bytes(packet.substring(6)))
                    : packet);
            peer.send(packet);
            peer.expect('+');
            peer.raw(new byte[] {3});
            answered(peer.reply());
        }

        private void leave() {
            switch (random.nextInt(3)) {
                case 0 -> ask("D");
                case 1 -> {
                    moves.add("gone");
                    peer.close();
                }
                default -> {
                    moves.add("gone while it runs");
                    peer.send("c");
                    peer.expect('+');
                    peer.close();
                }
            }
            peer.close();
            connect();
        }
    }

    @Test
    void monitorsBreakpointHoldsInAddressSpacesThatAreNotThereYetAndNothingIsBeyond32Bits() {
        try (GdbStand stand = new GdbStand(Timeline.boot(MachineConfig.standard().withMemory(64 << 20).withVcpus(2),
                image(), 64 << 20, 1_000_000)); GdbPeer peer = stand.connect()) {
            assertEquals("", peer.monitor("break syscall_entry"));
            assertEquals("E0e", peer.ask("m100100000,4"));
            assertEquals("no memory: 0x100100000\n", peer.monitor("who-wrote 0x100100000"));
            assertTrue(peer.ask("c").startsWith("T00"));
            assertTrue(peer.told().endsWith(" syscall_entry\n"), peer.told());
            assertEquals(address("syscall_entry"), peer.rip());
            assertEquals("", peer.monitor("delete syscall_entry"));
            assertEquals("none\n", peer.monitor("breaks"));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyLegalMoveIsAnsweredAndEveryRunCanBeStopped(final int seed) {
        final MachineConfig config = MachineConfig.standard().withMemory(64 << 20).withVcpus(CPUS).withSeed(seed);
        final Timeline timeline = Timeline.boot(config, image(), 64 << 20, 1_000_000);
        try (Session session = Session.over(timeline, KernelSources.bundled())) {
            session.refuseFiles();
            try (GdbStand stand = new GdbStand(timeline, GdbStand.monitor(session))) {
                final Client client = new Client(new Random(seed), seed % 2 == 1, stand);
                for (int i = 0; i < MOVES; i++) {
                    client.move();
                }
                client.ask("D");
                client.peer.close();
            }
        }
    }
}
