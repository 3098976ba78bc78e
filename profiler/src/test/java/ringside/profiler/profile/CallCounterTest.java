package ringside.profiler.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ringside.toolchain.image.Probe;

/** System calls of threads on two CPUs, told by hand. */
class CallCounterTest {
    private static final List<Probe> PROBES = List.of(new Probe("context_switch", 0, List.of("rax")),
        new Probe("thread_create", 0, List.of("rdi", "rsi", "rax")), new Probe("message", 0, List.of("rdi", "rsi")),
        new Probe("result", 0, List.of("rax")));
    private static final CallMarks MARKS =
        new CallMarks("result", "message", Map.of(1L, "call", 2L, "answer"), Map.of(0L, "ok", -5L, "dead"));
    private static final int CLIENT = 0x100;
    private static final int SERVER = 0x200;

    private final CallCounter counter = new CallCounter(MARKS, new GuestCode() {
        @Override
        public String routine(final long address) {
            return address == 1 ? "client" : "server";
        }

        @Override
        public Flow flow(final long address) {
            return Flow.NONE;
        }
    }, PROBES, 2);

    private void probe(final long cycle, final int cpu, final String kind, final long first, final long second) {
        counter.probe(cycle, cpu, PROBES.stream().map(Probe::kind).toList().indexOf(kind), first, second, 0);
    }

    private void makeThreads() {
        probe(0, 0, "thread_create", CLIENT, 1);
        probe(0, 0, "thread_create", SERVER, 2);
    }

    private static CallCount fine(
            final String client, final String call, final String peer, final Distribution cycles) {
        return new CallCount(client, call, Optional.ofNullable(peer), Optional.of("ok"), true, cycles, cycles.count());
    }

    /** The server's receive ends when the call arrives, the call when the answer does, on whichever CPU. */
    @Test
    void aCallLastsUntilItsThreadReturnsWhateverRunsMeanwhile() {
        makeThreads();
        probe(10, 1, "context_switch", SERVER, 0);
        counter.syscall(11, 1, 0, 2);
        probe(12, 1, "context_switch", 0, 0);
        probe(100, 0, "context_switch", CLIENT, 0);
        counter.syscall(110, 0, 0, 1);
        probe(115, 0, "message", CLIENT, SERVER);
        probe(120, 0, "context_switch", SERVER, 0);
        probe(125, 0, "result", 0, 0);
        counter.syscall(150, 0, 0, 2);
        probe(155, 0, "message", SERVER, CLIENT);
        probe(156, 0, "message", SERVER, SERVER);
        probe(160, 1, "context_switch", CLIENT, 0);
        probe(170, 1, "result", 0, 0);
        assertEquals(List.of(
            fine("client", "call", "server", Distribution.of(60)),
            fine("server", "answer", null, Distribution.of(114)),
            new CallCount("server", "answer", Optional.of("client"), Optional.empty(), false, Distribution.of(), 1)),
            counter.counts());
    }

    @Test
    void callsAreToldApartByThreadNumberPeerAndResult() {
        makeThreads();
        probe(0, 0, "context_switch", CLIENT, 0);
        for (final long status : new long[] {0, -5, -5, -77}) {
            counter.syscall(100, 0, 0, 0x1_0000_0001L);
            probe(103, 0, "result", status, 0);
        }
        counter.syscall(100, 0, 0, 99);
        probe(103, 0, "result", 0, 0);
        final Distribution twice = Distribution.of(3, 3);
        final Distribution once = Distribution.of(3);
        assertEquals(List.of(
            new CallCount("client", "call", Optional.empty(), Optional.of("dead"), false, twice, 2),
            fine("client", "99", null, once),
            new CallCount("client", "call", Optional.empty(), Optional.of("-77"), false, once, 1),
            fine("client", "call", null, once)), counter.counts());
        assertTrue(counter.counts().getFirst().failed());
    }

    @Test
    void callsOfThreadsThatEndOrAMachineThatBootsAnewHaveNoResult() {
        makeThreads();
        probe(0, 0, "context_switch", CLIENT, 0);
        counter.syscall(1, 0, 0, 1);
        counter.syscall(2, 0, 0, 1);
        counter.reset(3, 0, "reset");
        probe(4, 0, "result", 0, 0);
        counter.syscall(5, 0, 0, 1);
        final List<CallCount> counts = counter.counts();
        assertEquals(List.of(
            new CallCount("client", "call", Optional.empty(), Optional.empty(), false, Distribution.of(), 2)), counts);
        assertFalse(counts.getFirst().failed());
    }

    @Test
    void beyondALimitRowsAreAddedUp() {
        makeThreads();
        probe(0, 0, "context_switch", CLIENT, 0);
        for (int call = 1000; call < 11_000; call++) {
            counter.syscall(call, 0, 0, call);
            probe(call + 1, 0, "result", 0, 0);
        }
        assertEquals(10_000, counter.counts().stream().mapToLong(CallCount::count).sum());
        assertEquals(4097, counter.counts().size());
    }
}
