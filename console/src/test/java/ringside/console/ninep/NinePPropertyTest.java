package ringside.console.ninep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ringside.console.ninep.Harness.Answer;
import ringside.console.ninep.Harness.Outcome;
import ringside.console.ninep.Harness.Request;
import ringside.console.ninep.Harness.Server;
import ringside.kernel.abi.NinePAbi;
import ringside.kernel.build.KernelSources;

/** The file server, in the machine, says to random requests what the model says. */
class NinePPropertyTest {
    private static final int REQUESTS = Integer.getInteger("ringside.ninep.requests", 3000);
    private static final long FIRST_SEED = Long.getLong("ringside.ninep.seed", 1);
    private static final long SEEDS = Long.getLong("ringside.ninep.seeds", 6);
    private static final int TYPE_AT = 4;
    private static final long ENOUGH_SEEDS = 6;
    private static final int ENOUGH_REQUESTS = 3000;
    private static final Server ROOMY = new Server(40, 40 * 4096, 4096);
    private static final Server NARROW = new Server(9, 5 * 4096, NinePAbi.LEAST_MSIZE);

    private static final Set<String> FAILURES = new TreeSet<>();

    @AfterAll
    static void everyFailureThatTheSourceNamesWasSeen() {
        final Set<String> named = Pattern.compile("FAILURE \\w+, \"(.+)\"").matcher(KernelSources.bundled()
            .read("user/ninep/failures.asm").orElseThrow()).results().map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
        if (SEEDS >= ENOUGH_SEEDS && REQUESTS >= ENOUGH_REQUESTS) {
            assertEquals(named, FAILURES);
        }
    }

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomAndDamagedRequestsAreAnsweredAsTheModelAnswersThem(final long seed) {
        final Server server = seed % 3 == 0 ? NARROW : ROOMY;
        final Random random = new Random(seed);
        final int blockCount = Harness.run(server, List.of()).blockCount();
        final Model model = new Model(server.files(), blockCount, server.msize(), Server.BEFORE);
        final Requests requests = new Requests(random, model, server.msize());
        final List<Request> sent = new ArrayList<>();
        final List<Answer> expected = new ArrayList<>();
        final Map<String, Integer> kinds = new TreeMap<>();
        for (final byte[] request : requests.beginning()) {
            final Request first = new Request(request, server.msize());
            expected.add(answer(model, first, kinds));
            sent.add(first);
        }
        for (int i = 0; i < REQUESTS; i++) {
            final Request request = random.nextInt(400) == 0 ? Request.GONE
                : new Request(requests.next(), random.nextInt(8) == 0 ? 250 + random.nextInt(300) : server.msize());
            expected.add(answer(model, request, kinds));
            sent.add(request);
        }
        for (final byte[] request : Cleaning.requests(model)) {
            final Request last = new Request(request, server.msize());
            expected.add(answer(model, last, kinds));
            sent.add(last);
        }
        assertEquals(List.of(1, 0, 0), List.of(model.files, model.blocks, model.fids.size()), "the model is clean");

        final Outcome outcome = Harness.run(server, sent);

        for (int i = 0; i < sent.size(); i++) {
            final int number = i;
            final Answer wanted = expected.get(i);
            final Answer got = outcome.answers().get(i);
            assertArrayEquals(wanted.reply(), got.reply(), () -> "seed " + seed + ", request " + number + ": "
                + HexFormat.of().formatHex(sent.get(number).bytes()) + "\nwants " + text(wanted.reply())
                + "\nhas   " + text(got.reply()));
            assertEquals(List.of(wanted.files(), wanted.blocks(), wanted.fids()),
                List.of(got.files(), got.blocks(), got.fids()), () -> "seed " + seed + ", after request " + number);
        }
        assertEquals(server.files() - 1, outcome.freeFiles(), "no file record is lost");
        assertEquals(blockCount, outcome.freeBlocks(), "no block is lost");
        // A generator that asks only for failures would prove nothing.
        for (int type = NinePAbi.TVERSION; type < NinePAbi.TYPE_END; type += 2) {
            if (type != NinePAbi.TAUTH && type != NinePAbi.TATTACH + 2 && REQUESTS >= ENOUGH_REQUESTS) {
                assertTrue(kinds.getOrDefault("R" + (type + 1), 0) > 0, "never answered: " + type + " of " + kinds);
            }
        }
    }

    @Test
    void aStoreThatFitsNoBlockIsRefused() {
        assertEquals(0, Harness.run(new Server(40, 4096, 4096), List.of()).blockCount());
        assertEquals(0, Harness.run(new Server(0, 8 * 4096, 4096), List.of()).blockCount());
        assertEquals(0, Harness.run(new Server(NinePAbi.MOST_FILES + 1, 8 * 4096, 4096), List.of()).blockCount());
    }

    private static Answer answer(final Model model, final Request request, final Map<String, Integer> kinds) {
        byte[] reply = new byte[0];
        if (request == Request.GONE) {
            model.reset();
        } else {
            reply = model.serve(request.bytes(), request.capacity());
            if (reply.length > 0 && reply[TYPE_AT] == NinePAbi.RERROR) {
                FAILURES.add(new String(reply, NinePAbi.HEADER + 2, reply.length - NinePAbi.HEADER - 2,
                    StandardCharsets.ISO_8859_1));
            }
            kinds.merge(reply.length == 0 ? "closed" : "R" + reply[TYPE_AT], 1, Integer::sum);
        }
        return new Answer(reply, model.files, model.blocks, model.fids.size());
    }

    private static String text(final byte[] reply) {
        return HexFormat.of().formatHex(reply) + " " + new String(reply, StandardCharsets.ISO_8859_1)
            .replaceAll("[^ -~]", ".");
    }
}
