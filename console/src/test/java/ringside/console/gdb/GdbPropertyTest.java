package ringside.console.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.emulator.travel.Timeline;

/** Packets that nobody in his right mind sends are refused or carried out, and the machine stays sound. */
@Tag("fuzz")
class GdbPropertyTest {
    private static final int FIRST = Integer.getInteger("ringside.fuzz.first", 0);
    private static final int PACKETS = 20_000;
    private static final int FACTOR = Integer.getInteger("ringside.inputs",
            PACKETS * Integer.getInteger("ringside.fuzz.factor", 1)) / PACKETS;
    private static final int STREAMS = 200;
    private static final int FRAMES = 10;
    private static final int ROUND = 300;
    private static final int LONGEST_REPLY = PacketReader.MOST;

    private static final List<String> SOUND = List.of("?", "g", "p10", "p31", "P3=0011223344556677",
            "P11=46020000", "P1d=0010000000000000", "P31=000102030405060708090a0b0c0d0e0f", "m100000,40", "x300000,8",
            "M310000,4:01020304", "X310ffe,4:abcd", "Z0,100000,1", "z0,100000,1", "Z1,100010,1", "Z2,300000,8",
            "Z3,300000,4", "Z4,27fff8,8", "z2,300000,8", "z4,27fff8,8", "Hg1", "Hc-1", "T1", "vCont?", "vCont;s:1;c",
            "vCont;r100000,100010:1", "vCont;c", "s", "c", "bs", "bc", "qC", "qfThreadInfo", "qThreadExtraInfo,1",
            "qSupported:swbreak+", "qXfer:features:read:target.xml:0,fff", "qXfer:threads:read::0,fff", "qAttached",
            "qCRC:100000,20", "qSearch:memory:300000;1000;abc", "qRcmd,706f736974696f6e", "qRcmd,676f746f203230",
            "qRcmd," + Hex.of("who-wrote 0x300000 8"), "qRcmd," + Hex.of("break 0x100010 in 0x1000"),
            "qRcmd," + Hex.of("delete 0x100010 in 0x1000"), "qRcmd," + Hex.of("type hello"), "Qqemu.PhyMemMode:1",
            "Qqemu.sstep=0x7",
            "Z0,100010,1;X7,26000022051327Xa,24003000001a22071327", "qqemu.sstepbits",
            "Qqemu.PhyMemMode:0", "G00", "vMustReplyEmpty", "D", "k", "vKill;1", "QStartNoAckMode");

    private static String mutated(final Random random) {
        final StringBuilder packet = new StringBuilder(SOUND.get(random.nextInt(SOUND.size())));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            final int at = random.nextInt(packet.length() + 1);
            switch (random.nextInt(6)) {
                case 0 -> packet.insert(at, (char) random.nextInt(256));
                case 1 -> packet.insert(at, "0123456789abcdef".charAt(random.nextInt(16)));
                case 2 -> packet.setLength(at);
                case 3 -> packet.insert(at, SOUND.get(random.nextInt(SOUND.size())));
                case 4 -> packet.insert(at, ",;:=-".charAt(random.nextInt(5)));
                default -> {
                    if (at < packet.length()) {
                        packet.setCharAt(at, (char) (packet.charAt(at) ^ 1 << random.nextInt(8)));
                    }
                }
            }
        }
        return packet.toString();
    }

    private static IntStream seeds() {
        return IntStream.range(FIRST, FIRST + FACTOR);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mutatedPacketsAreRefusedOrCarriedOut(final int seed) {
        final Random random = new Random(seed);
        final TreeMap<Character, Integer> replies = new TreeMap<>();
        try (Timeline timeline = GdbGuest.timeline(GdbGuest.counting(50))) {
            final Target target = new Target(timeline, line -> "", said -> { });
            final boolean[] asked = {false};
            final Requests requests = new Requests(target, said -> assertTrue(said.length() <= LONGEST_REPLY),
                    () -> asked[0] = !asked[0], () -> { });
            for (int i = 0; i < PACKETS; i++) {
                if (i % ROUND == 0) {
                    timeline.go(0);
                }
                final String packet = mutated(random);
                final Requests.Reply reply;
                // A run begins, and ends at its first look whether it is to.
                asked[0] = true;
                try {
                    reply = requests.answer(packet.getBytes(StandardCharsets.ISO_8859_1));
                } catch (final RuntimeException e) {
                    throw new AssertionError("seed " + seed + ", packet " + i + ": " + packet, e);
                }
                final String text = reply.payload() == null ? "" : reply.payload();
                assertTrue(text.length() <= LONGEST_REPLY, packet);
                assertTrue(!text.startsWith("E") || text.matches("E(01|0e|16|NABLE=.*)"), packet + ": " + text);
                replies.merge(text.isEmpty() ? ' ' : text.charAt(0), 1, Integer::sum);
            }
            assertEquals(2 * RegisterLayout.BYTES, requests.answer(new byte[] {'g'}).payload().length());
            timeline.go(0);
            assertEquals(0, timeline.position().step());
            assertTrue(timeline.memory() < 64 << 20, "memory=" + timeline.memory());
        }
        assertTrue(replies.get('E') > PACKETS / 20 && replies.get('O') > PACKETS / 20
                && replies.get('T') > PACKETS / 40, "the mutations are worth something: " + replies);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void mutatedStreamsEndInAConversationThatIsOver(final int seed) {
        final Random random = new Random(seed);
        try (Timeline timeline = GdbGuest.timeline(GdbGuest.counting(50))) {
            final Target target = new Target(timeline, line -> "", said -> { });
            for (int i = 0; i < STREAMS; i++) {
                final ByteArrayOutputStream stream = new ByteArrayOutputStream();
                for (int j = 0; j < FRAMES; j++) {
                    final byte[] frame =
                            PacketWriter.frame(mutated(random).getBytes(StandardCharsets.ISO_8859_1));
                    if (random.nextInt(3) == 0) {
                        frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    stream.write(frame, 0, random.nextInt(5) == 0 ? random.nextInt(frame.length) : frame.length);
                }
                final ByteArrayOutputStream out = new ByteArrayOutputStream();
                new Conversation(target, new ByteArrayInputStream(stream.toByteArray()), out).hold();
                assertTrue(out.size() <= FRAMES * (LONGEST_REPLY + 8), "size=" + out.size());
            }
            assertEquals(0, timeline.go(0).position().step());
        }
    }

    @Test
    void aPacketWithoutEndIsNotKept() throws IOException {
        final long[] left = {64L << 20};
        final PacketReader reader = new PacketReader(new InputStream() {
            @Override
            public int read() {
                left[0]--;
                return left[0] == (64L << 20) - 1 ? '$' : left[0] > 1 ? 'x' : left[0] == 1 ? '#' : '0';
            }
        });
        assertEquals(PacketReader.Kind.DAMAGED, reader.next(() -> { }).kind());
        assertTrue(left[0] < 1, "all of it was read: " + left[0]);
    }
}
