package ringside.console.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients come and go; the machine stays. */
class GdbClientsTest {
    private static final int ENDLESS = 0;

    @Test
    void interruptStopsARunThatWouldNotEnd() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(ENDLESS)); GdbPeer peer = stand.connect()) {
            // One that is quicker than the run ends it before it begins.
            for (int i = 0; i < 3 || peer.monitor("position").equals("0:0\n"); i++) {
                peer.send("c");
                peer.expect('+');
                peer.raw(new byte[] {3});
                assertTrue(peer.reply().startsWith("T02thread:1;"));
            }
            assertTrue(peer.ask("s").startsWith("T05thread:1;"));
        }
    }

    @Test
    void interruptThatComesJustBehindAStopEndsTheNextRunBeforeItBegins() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(ENDLESS)); GdbPeer peer = stand.connect()) {
            for (final String run : List.of("c", "s", "vCont;s:1;c", "bs", "bc")) {
                peer.monitor("goto 500");
                peer.raw(new byte[] {3});
                assertTrue(peer.ask(run).startsWith("T02thread:1;"), run);
                assertEquals("500:0\n", peer.monitor("position"), run);
                assertTrue(peer.ask("s").startsWith("T05thread:1;"), "and no more than that");
            }
            peer.raw(new byte[] {3});
            assertEquals("?threads\n", peer.monitor("threads"));
            assertTrue(peer.ask("s").startsWith("T05thread:1;"), "a command of the monitor's takes it too");
        }
    }

    @Test
    void interruptStopsAWayBack() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(ENDLESS)); GdbPeer peer = stand.connect()) {
            peer.monitor("goto 30000000");
            assertEquals("OK", peer.ask("Z2," + Long.toHexString(GdbGuest.SPARE) + ",8"));
            peer.send("bc");
            peer.raw(new byte[] {3});
            peer.expect('+');
            final String stop = peer.reply();
            assertTrue(stop.startsWith("T02thread:1;") || stop.startsWith("T05thread:1;replaylog:begin;"), stop);
            assertTrue(peer.ask("s").startsWith("T05thread:1;"));
        }
    }

    @Test
    void whoDetachesFindsTheMachineWhereHeLeftItWithoutHisBreakpoints() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(9))) {
            final long place;
            final String position;
            try (GdbPeer first = stand.connect()) {
                first.ask("Z0," + Long.toHexString(GdbGuest.START + 0x10) + ",1");
                for (int i = 0; i < 7; i++) {
                    first.ask("s");
                }
                place = first.rip();
                position = first.monitor("position");
                assertEquals("OK", first.ask("Qqemu.PhyMemMode:1"));
                assertEquals("OK", first.ask("D"));
                assertEquals("gone", first.reply());
            }
            try (GdbPeer second = stand.connect()) {
                assertTrue(second.ask("?").startsWith("T05thread:1;06:"));
                assertEquals(place, second.rip());
                assertEquals(position, second.monitor("position"));
                assertEquals("0", second.ask("qqemu.PhyMemMode"));
                assertTrue(second.ask("c").startsWith("T05thread:1;replaylog:end;"));
            }
            try (GdbPeer third = stand.connect()) {
                assertTrue(third.ask("bs").startsWith("T05thread:1;"), "who is simply gone leaves it there too");
            }
        }
    }

    @Test
    void whoVanishesWithinAPacketOrARunMakesRoomForTheNext() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(ENDLESS))) {
            try (GdbPeer first = stand.connect()) {
                assertEquals("QC1", first.ask("qC"));
                first.raw("$m1000,");
            }
            try (GdbPeer second = stand.connect()) {
                assertEquals("QC1", second.ask("qC"));
                second.send("c");
                second.expect('+');
            }
            try (GdbPeer third = stand.connect()) {
                assertEquals("QC1", third.ask("qC"));
            }
        }
    }

    @Test
    void whileOneClientIsThereOthersAreTurnedAway() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(9)); GdbPeer first = stand.connect()) {
            assertEquals("QC1", first.ask("qC"));
            try (GdbPeer second = stand.connect()) {
                assertEquals(-1, second.read());
            }
            assertEquals("QC1", first.ask("qC"));
        }
    }

    @Test
    void whoKillsTheMachineEndsTheServer() {
        try (GdbStand stand = new GdbStand(GdbGuest.counting(9)); GdbPeer peer = stand.connect()) {
            assertEquals("OK", peer.ask("vKill;1"));
            stand.await();
        }
        try (GdbStand stand = new GdbStand(GdbGuest.counting(9)); GdbPeer peer = stand.connect()) {
            peer.send("k");
            stand.await();
        }
    }
}
