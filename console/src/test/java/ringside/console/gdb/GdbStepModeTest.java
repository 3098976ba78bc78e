package ringside.console.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.travel.Timeline;
import ringside.fastpath.experiment.BantamImages;
import ringside.fastpath.experiment.Variant;
import ringside.kernel.build.TaskPlan;
import ringside.toolchain.image.GuestImage;

/** A step where an interrupt is due, in each of QEMU's modes. */
class GdbStepModeTest {
    private static GuestImage image() {
        try (BantamImages images = BantamImages.open()) {
            return images.build(Variant.FAST_ASM, false, TaskPlan.STANDARD);
        }
    }

    private static long position(final GdbPeer peer) {
        return Long.parseLong(peer.monitor("position").lines().findFirst().orElseThrow().split(":")[0]);
    }

    /** Goes where the next step is a timer's interrupt of code in user mode. */
    private static void beforeAnInterrupt(final GdbPeer peer, final long handler) {
        // $r15 != 0: somebody who counts in user mode.
        assertEquals("OK", peer.ask("Z0," + Long.toHexString(handler) + ",1;X6,26000f0e0e27"));
        assertTrue(peer.ask("c").startsWith("T05thread:1;swbreak:;"));
        assertEquals("OK", peer.ask("z0," + Long.toHexString(handler) + ",1"));
        for (int i = 0; peer.rip() < 0 && i < 1000; i++) {
            peer.ask("bs");
        }
        assertTrue(peer.rip() > 0, "it was interrupted in user mode");
    }

    @Test
    void aStepGoesIntoTheHandlerOrPastIt() {
        final GuestImage image = image();
        final long handler = image.symbols().byName("timer_tick").orElseThrow().address();
        try (GdbStand stand = new GdbStand(Timeline.boot(MachineConfig.standard().withMemory(64 << 20), image,
                64 << 20, 1_000_000)); GdbPeer peer = stand.connect()) {
            assertEquals("sstepbits;sstep;PhyMemMode", peer.ask("qqemu.Supported"));
            assertEquals("ENABLE=1,NOIRQ=2,NOTIMER=4", peer.ask("qqemu.sstepbits"));
            assertEquals("0x1", peer.ask("qqemu.sstep"));
            beforeAnInterrupt(peer, handler);
            final long place = peer.rip();
            final long from = position(peer);
            assertTrue(peer.ask("s").startsWith("T05thread:1;06:"));
            assertTrue(peer.rip() < 0, "in the handler");
            peer.ask("bs");
            assertEquals(place, peer.rip());
            for (final String way : new String[] {"s", "vCont;r" + Long.toHexString(place) + ","
                    + Long.toHexString(place + 1) + ":1"}) {
                assertEquals("OK", peer.ask("Qqemu.sstep=0x7"));
                assertEquals("0x7", peer.ask("qqemu.sstep"));
                assertTrue(peer.ask(way).startsWith("T05thread:1;06:"), way);
                assertTrue(peer.rip() > 0 && peer.rip() != place, "past the handler: " + Long.toHexString(peer.rip()));
                assertTrue(position(peer) > from + 20, "it ran: " + from + " " + position(peer));
                assertEquals(from + ":0\n", peer.monitor("goto " + from));
            }
            assertEquals("OK", peer.ask("Z0," + Long.toHexString(handler) + ",1"));
            assertTrue(peer.ask("s").startsWith("T05thread:1;swbreak:;"), "breakpoints count on the way");
            assertEquals(handler, peer.rip());
        }
    }

    @Test
    void theNextClientStepsPlainly() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(3))) {
            try (GdbPeer first = stand.connect()) {
                assertEquals("OK", first.ask("Qqemu.sstep=0x3"));
                assertEquals("OK", first.ask("D"));
            }
            try (GdbPeer second = stand.connect()) {
                assertEquals("0x1", second.ask("qqemu.sstep"));
            }
        }
    }
}
