package ringside.fastpath.interleave;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import ringside.toolchain.disasm.Disassembler;
import ringside.toolchain.disasm.Instruction;
import ringside.toolchain.image.GuestImage;
import ringside.toolchain.image.ImageSegment;
import ringside.toolchain.image.Probe;

/** What matters about an image's instructions when CPUs take turns between them. */
final class CodeFacts implements AutoCloseable {
    /** Instructions of a loop that waits, at most. */
    private static final int LONGEST_LOOP = 32;
    /** What a probe's kind ends with that says that its CPU waits. */
    private static final String WAIT = "_wait";
    private static final Set<String> NO_ACCESS = Set.of("lea", "nop", "prefetcht0", "prefetchw");
    private static final Set<String> NO_STORE = Set.of("cmp", "test", "bt", "push", "call", "jmp", "mul", "div");
    private static final Set<String> ORDERING = Set.of("mfence", "cpuid", "hlt", "iretq", "out", "in");

    private final GuestImage image;
    private final Disassembler disassembler = Disassembler.bits64();
    private final Set<Long> probes = new HashSet<>();
    private final Set<Long> waits = new HashSet<>();
    private final Map<Long, Fact> known = new HashMap<>();

    CodeFacts(final GuestImage image) {
        this.image = image;
        for (final Probe probe : image.probes()) {
            probes.add(probe.address());
            if (probe.kind().endsWith(WAIT)) {
                waits.add(probe.address());
            }
        }
    }

    /**
     * Of one instruction.
     *
     * @param shared whether others could see it or be seen by it: it accesses memory by an operand, or is marked
     * @param stores whether it stores by an operand
     * @param orders whether it waits until all earlier stores have reached the others, as its own does
     */
    record Fact(boolean shared, boolean stores, boolean orders) {
    }

    Fact at(final long address) {
        return known.computeIfAbsent(address, this::decode);
    }

    private Fact decode(final long address) {
        for (final ImageSegment segment : image.segments()) {
            if (segment.contains(address)) {
                final long left = segment.memorySize() - (address - segment.virtual());
                final byte[] bytes = image.memory(address, (int) Math.min(left, Disassembler.LONGEST));
                return disassembler.decode(bytes, 0, bytes.length, address).map(this::fact)
                        .orElse(new Fact(true, true, true));
            }
        }
        return new Fact(true, true, true);
    }

    private Fact fact(final Instruction instruction) {
        final String mnemonic = instruction.mnemonic();
        final boolean memory = instruction.operands().contains("[") && !NO_ACCESS.contains(mnemonic);
        final boolean orders = mnemonic.startsWith("lock ") || ORDERING.contains(mnemonic)
                || memory && mnemonic.equals("xchg");
        final boolean stores = memory && !NO_STORE.contains(mnemonic)
                && (orders || instruction.operands().split(",")[0].contains("["));
        return new Fact(memory || orders || probes.contains(instruction.address()), stores, orders);
    }

    /**
     * {@return how many of the instructions come before nothing but a loop that waits, and once through that: one that
     * stores nothing, or says by a probe that it waits}
     *
     * @param addresses of instructions as they were executed
     */
    int withoutWaiting(final long[] addresses) {
        for (int period = 1; period <= LONGEST_LOOP && 3 * period <= addresses.length; period++) {
            int from = addresses.length - period;
            final boolean loop = waits(addresses, from);
            while (loop && from > 0 && addresses[from - 1] == addresses[from - 1 + period]) {
                from--;
            }
            if (addresses.length - from >= 3 * period) {
                return from + period;
            }
        }
        return addresses.length;
    }

    private boolean waits(final long[] addresses, final int from) {
        return Arrays.stream(addresses, from, addresses.length).allMatch(address -> !at(address).stores())
                || Arrays.stream(addresses, from, addresses.length).anyMatch(waits::contains);
    }

    /**
     * {@return after which of the instructions a switch is unlike one after an earlier one: after those that others can
     * see or be seen by}
     *
     * @param leg with its instructions
     */
    List<Integer> points(final Leg leg) {
        return IntStream.range(1, leg.useful()).filter(count -> at(leg.addresses()[count - 1]).shared()).boxed()
                .toList();
    }

    @Override
    public void close() {
        disassembler.close();
    }
}
