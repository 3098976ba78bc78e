package ringside.console.ninep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ringside.emulator.boot.BootModule;
import ringside.emulator.machine.Budget;
import ringside.emulator.machine.Machine;
import ringside.emulator.machine.MachineConfig;
import ringside.emulator.machine.RunResult;
import ringside.kernel.build.KernelSources;
import ringside.kernel.build.NinePImage;
import ringside.toolchain.asm.SourceTree;
import ringside.toolchain.image.GuestImage;

/** The file server in the machine, its buffers between pages that are not mapped: many requests in one run. */
final class Harness {
    /** Bytes that the guest has for the store at most. */
    static final int MOST_STORE = 64 * 4096;

    private static final long MEMORY = 16L << 20;
    private static final long MOST_STEPS = 2_000_000_000L;
    private static final GuestImage IMAGE = image();

    private Harness() {
    }

    /**
     * A server.
     *
     * @param files      in its tree at most
     * @param storeBytes of memory for the tree
     * @param msize      the session's limit
     */
    record Server(int files, int storeBytes, int msize) {
        /** The time of the first request is one more. */
        static final int BEFORE = 1_000;
    }

    /**
     * One request.
     *
     * @param bytes    of it
     * @param capacity room for the reply; 0: no request, but the connection is gone
     */
    record Request(byte[] bytes, int capacity) {
        static final Request GONE = new Request(new byte[0], 0);
    }

    /**
     * What came of a request.
     *
     * @param reply  empty: close
     * @param files  in use
     * @param blocks in use
     * @param fids   in use
     */
    record Answer(byte[] reply, int files, int blocks, int fids) {
    }

    /**
     * What came of a run.
     *
     * @param blockCount in the arena
     * @param answers    one a request
     * @param freeFiles  in the list at the end
     * @param freeBlocks in the list at the end
     */
    record Outcome(int blockCount, List<Answer> answers, int freeFiles, int freeBlocks) {
    }

    static Outcome run(final Server server, final List<Request> requests) {
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        final MachineConfig config = MachineConfig.standard().withMemory(MEMORY).withDebug(said::write)
            .withModules(List.of(new BootModule("requests", module(server, requests), "")));
        try (Machine machine = Machine.boot(config, IMAGE)) {
            final RunResult result = machine.run(Budget.steps(MOST_STEPS));
            assertEquals(new RunResult.Exited(0), result, () -> "after " + said.size() + " bytes");
        }
        final ByteBuffer in = ByteBuffer.wrap(said.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        final int blockCount = in.getInt();
        final List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            final byte[] reply = new byte[in.getInt()];
            in.get(reply);
            answers.add(new Answer(reply, in.getInt(), in.getInt(), in.getInt()));
        }
        final Outcome outcome = new Outcome(blockCount, answers, in.getInt(), in.getInt());
        assertEquals(0, in.remaining());
        return outcome;
    }

    private static byte[] module(final Server server, final List<Request> requests) {
        final int bytes = requests.stream().mapToInt(request -> 2 * Integer.BYTES + request.bytes().length).sum();
        final ByteBuffer out = ByteBuffer.allocate(6 * Integer.BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(server.files()).putInt(server.storeBytes()).putInt(server.msize()).putInt(Server.BEFORE);
        for (final Request request : requests) {
            out.putInt(request.bytes().length).putInt(request.capacity()).put(request.bytes());
        }
        return out.putInt(-1).putInt(0).array();
    }

    private static GuestImage image() {
        try (InputStream in = Harness.class.getResourceAsStream("harness.asm")) {
            final SourceTree sources = SourceTree.of(Map.of("harness.asm",
                new String(in.readAllBytes(), StandardCharsets.UTF_8))).over(KernelSources.bundled());
            return NinePImage.build("ninep-harness.elf", sources, List.of("harness.asm"));
        } catch (final IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
